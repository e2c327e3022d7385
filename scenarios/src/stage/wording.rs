//! How a claim puts into words what it saw: no word of the interface reaches a reader.

/// Words in a row; なし for none.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    if words.is_empty() {
        "なし".to_owned()
    } else {
        words.join("、")
    }
}

/// A state of the set-up as staff would say it; a word that the interface does not have stays as it is.
pub(super) fn state_in_words(state: &str) -> &str {
    match state {
        "" => "示されない",
        "not_started" => "未開始",
        "running" => "実行中",
        "waiting_for_correction" => "訂正待ち",
        "interrupted" => "中断",
        "completed" => "完了",
        other => other,
    }
}

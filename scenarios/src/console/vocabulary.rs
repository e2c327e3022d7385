//! Japanese words for the words of the interface that its schemas do not explain beside them.

const WORDS: [(&str, &str); 43] = [
    ("number", "番号"),
    ("name", "名称"),
    ("prefecture", "都道府県"),
    ("on", "日付"),
    ("state", "状況"),
    ("form", "申請書の様式"),
    ("by", "届出を受けた機関"),
    ("mode", "連携方式"),
    ("reason", "理由"),
    ("changes", "変更する項目"),
    ("birth", "生年月日"),
    ("insurer", "保険者"),
    ("notified_on", "届出年月日"),
    ("valid_from", "有効期間の始め"),
    ("valid_to", "有効期間の終わり"),
    ("care_level", "要介護状態区分"),
    ("first_judgement", "一次判定"),
    ("confirmed_date", "確認された日"),
    ("service_start_date", "利用開始日"),
    ("set", "組の番号"),
    ("at", "日時"),
    ("api", "方式①（API連携・バッチ処理）"),
    ("file", "方式②（ファイル連携）"),
    ("verification", "検証環境"),
    ("production", "本番環境"),
    ("female", "女"),
    ("male", "男"),
    ("given", "同意する"),
    ("refused", "同意しない"),
    ("blank", "空欄"),
    ("withdrawn", "撤回"),
    ("none", "なし"),
    ("exported", "出力した"),
    ("confirmed", "結果を取り込んだ"),
    ("follows", "試験の業務日時に従う"),
    ("machine", "機械の時計に従う"),
    ("cards", "被保険者証"),
    ("burden_ratios", "負担割合証"),
    ("reductions", "減額・減免等の認定証"),
    ("survey", "認定調査票"),
    ("home_modifications", "住宅改修"),
    ("equipment_purchases", "福祉用具購入"),
    ("applications", "要介護認定の申請"),
];

/// The Japanese for a word of the interface, if it is one that is not explained beside it.
pub(super) fn word_for(word: &str) -> Option<&'static str> {
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found.map(|(_, japanese)| *japanese)
}

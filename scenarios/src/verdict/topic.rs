//! 題目: the chapter of the catalogue that a rule belongs to.

/// Prefix of the id and the chapter, in the order of the catalogue.
const TOPICS: [(&str, &str); 16] = [
    ("CONN", "接続方式と環境"),
    ("UNION", "広域連合・一部事務組合"),
    ("PREP", "事前準備"),
    ("SCHED", "日程"),
    ("SETUP", "初期セットアップ"),
    ("SYNC", "差分連携"),
    ("CONSENT", "包括同意"),
    ("ID", "本人確認"),
    ("VIEW", "閲覧"),
    ("OPIN", "主治医意見書"),
    ("PLAN", "居宅サービス計画作成依頼届出"),
    ("BOARD", "審査会資料"),
    ("PORTAL", "ポータル"),
    ("FAULT", "障害時"),
    ("SEC", "安全管理"),
    ("FORM", "形式"),
];

/// The chapter of a rule; its prefix, if the chapter is not known.
#[must_use]
pub fn topic_title(requirement: &str) -> &str {
    let prefix = requirement
        .rsplit_once('-')
        .map_or(requirement, |(prefix, _)| prefix);
    TOPICS
        .iter()
        .find(|(known, _)| *known == prefix)
        .map_or(prefix, |(_, title)| title)
}

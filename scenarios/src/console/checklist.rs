//! 準備の確認: what must be so before the first instruction.

use tekigo_simulator::AttestedMatter;

/// What is ticked, by the id of its box.
pub(super) const CHECKS: [(&str, &str); 5] = [
    (
        "check-copy",
        "試すのは試験用の介護保険システムで、本番のデータは入っていない",
    ),
    (
        "check-undo",
        "導入した直後の状態に、何度でも戻せる（複製やバックアップの用意がある）",
    ),
    (
        "check-account",
        "業務の操作、連携の操作、設定の変更ができる利用者でログインできる",
    ),
    (
        "check-apart",
        "実在する人の情報を、この画面にも、画面の写しにも入れない",
    ),
    (
        "check-time",
        "途中でやめてもよいことを知っている。同じフォルダーで起動し直せば、続けられる（方式①では、途中だった試験を初めからやり直す）",
    ),
];

/// What can be attested: the word in the form, the matter, and the rule it is about.
pub(super) const MATTERS: [(&str, AttestedMatter, &str); 4] = [
    ("pia", AttestedMatter::PrivacyAssessment, "PREP-04"),
    ("contract", AttestedMatter::ThreePartyContract, "PREP-05"),
    ("no-contract", AttestedMatter::NoContractNeeded, "UNION-05"),
    (
        "standardisation",
        AttestedMatter::Standardisation,
        "SCHED-09",
    ),
];

//! Why somebody was refused, in words of an officer.

use tekigo_simulator::viewer::Denial;

/// The true reason: a sentence without its full stop.
pub(super) fn reason(denial: Denial) -> &'static str {
    match denial {
        Denial::CertificateWrong => "クライアント証明書が、その事業所や医療機関のものでない",
        Denial::LogInFailed => "ログインIDかパスワードが違う",
        Denial::NotLoggedIn => "ログインしていない",
        Denial::TokenExpired => "ログインの有効時間が過ぎた（更新すれば続けられる）",
        Denial::SessionEnded => "ログインの有効時間が終わった",
        Denial::AccountNotReady => "PMHへの初回ログインとパスワードの変更が終わっていない",
        Denial::BrowserOnly => "介護ソフトからはできず、介護WEBサービスの画面からだけできる",
        Denial::FaceNotCompared => "券面の顔写真と本人を見比べていない",
        Denial::NoCard => "そのマイナンバーカードはない",
        Denial::CardLost => "紛失の届出があるマイナンバーカードである",
        Denial::CardExpired => "マイナンバーカードの有効期限が過ぎている",
        Denial::CardNotInsurance => "マイナンバーカードに健康保険証の利用登録がない",
        Denial::SmartphoneNotYet => "スマートフォンでの読み取りは、まだ始まっていない",
        Denial::CardUnknown => "そのカードの人の情報が、基盤に届いていない",
        Denial::NotEntitled => "その種類の事業所には認められていない",
        Denial::MunicipalityNotOpen => "保険者の情報が、まだ見られる時期でない",
        Denial::PersonUnknown => "その番号の人の情報が、基盤に届いていない",
        Denial::PersonDeleted => "資格の喪失などで、基盤から取り消された人である",
        Denial::PersonHidden => "不開示とされた人である",
        Denial::FourItemsDiffer => "入力した4情報が一致しない",
        Denial::IdentityNotChecked => "本人確認が済んでいない",
        Denial::IdentityTooOld => "本人確認から24時間がたっている",
        Denial::NotSelf => "本人でない人の情報である",
        Denial::NotOwnInsured => "ほかの保険者の被保険者である",
        Denial::NotResponsible => "担当事業所として登録されていない",
        Denial::AlreadyResponsible => "すでに担当事業所である",
        Denial::NotOfMeeting => "その人の審査会資料の委員でない",
        Denial::NotAsked => "主治医意見書の作成を依頼されていない",
        Denial::NotForViewer => "その人や職種に認められた情報でない",
        Denial::ConsentMissing => "包括同意がない",
        Denial::ConsentRefused => "同意しないと答えている",
        Denial::ConsentWithdrawn => "同意が撤回されている",
        Denial::ConsentBeforeLaw => "令和8年4月1日より前の日付の同意しかない",
        Denial::ConsentNotYet => "先の日付の同意しかない",
        Denial::NotCertified => "いま要介護認定を受けていない",
        Denial::AppliedSince => "新しい様式で申請しており、市町村が同意を確かめる",
        Denial::ConsentGiven => "すでに同意している",
        Denial::NotAssented => "届出に利用者の承諾がない",
        Denial::AlreadySent => "すでに送られている",
        Denial::Content => "記入の内容に誤りがある",
    }
}

//! Why a viewer is refused, and what the viewer is told of it.

use serde::{Deserialize, Serialize};

/// The true reason of a refusal, in the order in which the gates are passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    // ---- the door
    /// No certificate, or not the one of who says so.
    CertificateWrong,
    /// No such user, or another password.
    LogInFailed,
    /// Too many wrong passwords in a row: the id is locked for a while.
    LogInLocked,
    /// Not logged in, or logged out.
    NotLoggedIn,
    /// The access token has ended; it can be renewed.
    TokenExpired,
    /// The log-in is over.
    SessionEnded,
    /// The municipality's staff have not finished their first log-in to PMH.
    AccountNotReady,
    /// Care software cannot do this.
    BrowserOnly,
    // ---- the card
    /// The photo was not compared with the person.
    FaceNotCompared,
    /// There is no such card.
    NoCard,
    /// It is reported lost.
    CardLost,
    /// Its last day has passed.
    CardExpired,
    /// It is not registered as a health-insurance card.
    CardNotInsurance,
    /// Smartphones do not read cards yet.
    SmartphoneNotYet,
    /// Nobody has been registered with this card's number.
    CardUnknown,
    // ---- what the asker may do at all
    /// This kind of office may not do this.
    NotEntitled,
    // ---- the municipality
    /// The municipality's data cannot be seen yet.
    MunicipalityNotOpen,
    // ---- the person
    /// Nobody has these numbers.
    PersonUnknown,
    /// The person has been deleted: moved away, dead, or registered by mistake.
    PersonDeleted,
    /// The person is marked not to be disclosed (不開示).
    PersonHidden,
    /// Not all of the four items (4情報) agree.
    FourItemsDiffer,
    // ---- identity
    /// The asker has not checked who the person is (本人確認).
    IdentityNotChecked,
    /// The check is too old.
    IdentityTooOld,
    /// The person asks about somebody else.
    NotSelf,
    /// The staff ask about somebody of another insurer.
    NotOwnInsured,
    // ---- relation
    /// The office is not registered as responsible (担当事業所).
    NotResponsible,
    /// It is already.
    AlreadyResponsible,
    /// The member is not named in any material of the person.
    NotOfMeeting,
    /// The opinion was not asked for from this institution.
    NotAsked,
    // ---- the matrix
    /// This kind of data is not for this viewer.
    NotForViewer,
    // ---- consent
    /// None is known.
    ConsentMissing,
    /// The person refused.
    ConsentRefused,
    /// It was withdrawn.
    ConsentWithdrawn,
    /// It is dated before the law came into force: an old form covers less.
    ConsentBeforeLaw,
    /// It is dated in the future.
    ConsentNotYet,
    // ---- what was to be done
    /// The person is not certified now.
    NotCertified,
    /// The person has applied since the new form: the municipality asks itself.
    AppliedSince,
    /// The person has consented already.
    ConsentGiven,
    /// The person has not assented to the notice.
    NotAssented,
    /// The opinion has been sent already.
    AlreadySent,
    /// What was written does not fit the layout.
    Content,
}

impl Denial {
    /// What the asker is told. It never says more than the asker may know: whether a number is
    /// somebody's, and why a person's data stay closed, looks the same from outside.
    #[must_use]
    pub fn shown(self) -> Shown {
        match self {
            Self::CertificateWrong => Shown::Certificate,
            Self::LogInFailed => Shown::LogIn,
            Self::LogInLocked => Shown::LogInLocked,
            Self::NotLoggedIn | Self::TokenExpired | Self::SessionEnded => Shown::Session,
            Self::AccountNotReady => Shown::Account,
            Self::BrowserOnly => Shown::BrowserOnly,
            Self::FaceNotCompared => Shown::Face,
            Self::NoCard | Self::CardLost | Self::CardExpired | Self::CardNotInsurance => {
                Shown::Card
            }
            Self::SmartphoneNotYet => Shown::Smartphone,
            Self::NotEntitled => Shown::Entitlement,
            Self::MunicipalityNotOpen => Shown::Municipality,
            Self::CardUnknown
            | Self::PersonUnknown
            | Self::PersonDeleted
            | Self::PersonHidden
            | Self::FourItemsDiffer
            | Self::IdentityNotChecked
            | Self::NotSelf
            | Self::NotOwnInsured
            | Self::NotOfMeeting
            | Self::NotAsked => Shown::NotFound,
            Self::IdentityTooOld => Shown::Identity,
            Self::NotResponsible => Shown::Responsibility,
            Self::AlreadyResponsible => Shown::AlreadyDone,
            Self::NotForViewer => Shown::NotForYou,
            Self::ConsentMissing
            | Self::ConsentRefused
            | Self::ConsentWithdrawn
            | Self::ConsentBeforeLaw
            | Self::ConsentNotYet => Shown::Consent,
            Self::NotCertified | Self::AppliedSince => Shown::ConsentByMunicipality,
            Self::ConsentGiven | Self::AlreadySent => Shown::AlreadyDone,
            Self::NotAssented => Shown::Assent,
            Self::Content => Shown::Content,
        }
    }
}

/// What an asker is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The certificate.
    Certificate,
    /// Log-in failed.
    LogIn,
    /// Log-in failed too often; the id cannot be used for a while.
    LogInLocked,
    /// Log in again.
    Session,
    /// The account.
    Account,
    /// In the pages only.
    BrowserOnly,
    /// The photo.
    Face,
    /// The card.
    Card,
    /// The smartphone.
    Smartphone,
    /// Not this kind of office.
    Entitlement,
    /// Not this municipality yet.
    Municipality,
    /// Nobody like this.
    NotFound,
    /// Check the person again.
    Identity,
    /// Not responsible.
    Responsibility,
    /// Done already.
    AlreadyDone,
    /// Not for this viewer.
    NotForYou,
    /// No consent.
    Consent,
    /// The municipality takes the consent.
    ConsentByMunicipality,
    /// No assent.
    Assent,
    /// What was written.
    Content,
}

impl Shown {
    /// In words.
    #[must_use]
    pub fn ja(self) -> &'static str {
        match self {
            Self::Certificate => "クライアント証明書を確認できません",
            Self::LogIn => "ログインIDかパスワードが違います",
            Self::LogInLocked => {
                "誤ったログインが続いたため、このログインIDはしばらく使えません。時間をおいて、ログインし直してください"
            }
            Self::Session => "ログインしていないか、有効時間が過ぎました。ログインし直してください",
            Self::Account => "PMHへの初回ログインとパスワードの変更が終わっていません",
            Self::BrowserOnly => "この操作と閲覧は、介護WEBサービスの画面からだけできます",
            Self::Face => "券面の顔写真と本人を目視で確認してから、カードを読み取ってください",
            Self::Card => "このカードでは確認できません",
            Self::Smartphone => "スマートフォンでの読み取りは、まだ始まっていません",
            Self::Entitlement => "この種類の事業所ではできません",
            Self::Municipality => "この保険者の情報は、まだ利用できません",
            Self::NotFound => {
                "該当する利用者が見つかりません。番号と入力した内容、本人確認を確かめてください"
            }
            Self::Identity => "本人確認から時間がたっています。もう一度、本人確認をしてください",
            Self::Responsibility => "担当事業所として登録されていません",
            Self::AlreadyDone => "すでに受け付けています",
            Self::NotForYou => "この情報は表示できません",
            Self::Consent => "包括同意がないため、表示できません",
            Self::ConsentByMunicipality => {
                "事業所では同意を取得できません。市町村の窓口か次の認定申請で取得します"
            }
            Self::Assent => "利用者の承諾がありません",
            Self::Content => "記入内容に誤りがあります",
        }
    }
}

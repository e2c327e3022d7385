//! 語: 日程の段階, 時期, 再確認の理由, ポータルの断り, 便り, 申請者: what the portal is told and what it says.

use super::words::words;

words! {
    /// 語: 日程の段階.
    Milestone of "日程の段階" {
        /// The survey is answered, and nothing speaks against making a schedule.
        Answered = "アンケートの回答";
        /// Dates are proposed.
        Notified = "通知";
        /// The reply asks for other dates.
        ChangeAsked = "変更の希望";
        /// The reply accepts the dates.
        Confirmed = "承諾";
        /// The dates are published.
        Published = "公開";
    }
}

impl Milestone {
    /// The stage's name in the journal.
    #[must_use]
    pub const fn stage(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Notified => "notified",
            Self::ChangeAsked => "change_asked",
            Self::Confirmed => "confirmed",
            Self::Published => "published",
        }
    }
}

words! {
    /// 語: 時期.
    WishedMonth of "時期" {
        /// The month of today.
        This = "今月";
        /// The month after.
        Next = "来月";
        /// Nothing is written.
        Blank = "無記入";
    }
}

words! {
    /// 語: 再確認の理由.
    RecheckGround of "再確認の理由" {
        /// 回答内容自体の不備.
        Deficient = "回答に不備がある";
        /// 広域連合・一部事務組合内の齟齬.
        Union = "広域連合の中で時期がずれている";
        /// 初期セットアップ可能時期との齟齬.
        Vendor = "ベンダの時期とずれている";
    }
}

impl RecheckGround {
    /// The ground's name in the journal.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Deficient => "deficient",
            Self::Union => "union",
            Self::Vendor => "vendor",
        }
    }
}

words! {
    /// 語: ポータルの断り.
    PortalRefusal of "ポータルの断り" {
        /// Dates without an acceptance are not published.
        NotAccepted = "日程が承諾されていない";
        /// Somebody who sets up together with the insurer has not accepted.
        OthersNotAccepted = "構成市町村の承諾がそろっていない";
        /// There is no notice that a reply is awaited to.
        NothingToReplyTo = "返信を待つ通知がない";
        /// The service would start before set-up is complete.
        StartTooEarly = "利用開始日が完了日より前になる";
        /// No address that an account could be told of.
        NoAddress = "アンケートの連絡先がない";
        /// The subject of an inquiry is too long, or there is none.
        Subject = "件名の文字数が合わない";
        /// Applications are not taken on this day.
        Window = "受付期間でない";
        /// More card readers than the services of the office may have.
        Readers = "カードリーダーが多すぎる";
    }
}

impl PortalRefusal {
    /// The code in the portal's answer.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAccepted => "not_accepted",
            Self::OthersNotAccepted => "others_not_accepted",
            Self::NothingToReplyTo => "nothing_to_reply_to",
            Self::StartTooEarly => "start_before_completion",
            Self::NoAddress => "no_address",
            Self::Subject => "inquiry_subject",
            Self::Window => "subsidy_window",
            Self::Readers => "subsidy_readers",
        }
    }
}

words! {
    /// 語: 便り.
    Letter of "便り" {
        /// 通知.
        Notice = "日程の通知";
        /// 再確認.
        Recheck = "再確認のお願い";
        /// 公開.
        Published = "日程の公開";
        /// A new account.
        Account = "ログインIDと初期パスワード";
        /// お問い合わせの受付.
        Inquiry = "問い合わせの受付";
    }
}

impl Letter {
    /// What its subject contains.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Notice => "初期セットアップ日程（案）の通知",
            Self::Recheck => "アンケート回答内容の再確認のお願い",
            Self::Published => "初期セットアップ日程の公開",
            Self::Account => "ログインIDと初期パスワードのお知らせ",
            Self::Inquiry => "お問い合わせの受付",
        }
    }
}

words! {
    /// 語: 申請者.
    Applicant of "申請者" {
        /// 訪問・通所・短期滞在系.
        Visiting = "訪問介護の事業所";
        /// 居住・入所系.
        Facility = "介護老人福祉施設";
        /// その他.
        CareManagement = "居宅介護支援事業所";
        /// 介護予防支援, read as 居宅介護支援.
        SupportCentre = "地域包括支援センター";
        /// Two services of one group.
        VisitingAndDay = "訪問介護と通所介護の事業所";
        /// Two services of two groups.
        VisitingAndManagement = "訪問介護と居宅介護支援の事業所";
        /// A large hospital.
        LargeHospital = "200床の病院";
        /// One that is just too small to be large.
        SmallHospital = "199床の病院";
        /// 診療所.
        Clinic = "診療所";
    }
}

impl Applicant {
    /// サービス種類コード of an office's services; none of a medical institution.
    #[must_use]
    pub const fn services(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Visiting => Some(&["11"]),
            Self::Facility => Some(&["51"]),
            Self::CareManagement => Some(&["43"]),
            Self::SupportCentre => Some(&["46"]),
            Self::VisitingAndDay => Some(&["11", "15"]),
            Self::VisitingAndManagement => Some(&["11", "43"]),
            Self::LargeHospital | Self::SmallHospital | Self::Clinic => None,
        }
    }

    /// 病床数 of a hospital.
    #[must_use]
    pub const fn beds(self) -> Option<u32> {
        match self {
            Self::LargeHospital => Some(200),
            Self::SmallHospital => Some(199),
            Self::Visiting
            | Self::Facility
            | Self::CareManagement
            | Self::SupportCentre
            | Self::VisitingAndDay
            | Self::VisitingAndManagement
            | Self::Clinic => None,
        }
    }
}

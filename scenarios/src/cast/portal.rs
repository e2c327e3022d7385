//! 語: 日程の段階, 時期, 再確認の理由, ポータルの断り, 便り: what the portal is told and what it says.

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
        /// There is no notice that a reply is awaited to.
        NothingToReplyTo = "返信を待つ通知がない";
        /// The service would start before set-up is complete.
        StartTooEarly = "利用開始日が完了日より前になる";
    }
}

impl PortalRefusal {
    /// The code in the portal's answer.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAccepted => "not_accepted",
            Self::NothingToReplyTo => "nothing_to_reply_to",
            Self::StartTooEarly => "start_before_completion",
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
        }
    }
}

//! 閲覧の決まり: who may see what and on what condition, as the profile has it.

use jiff::civil::Date;

use super::layout::KindId;
use super::settings::{Setting, Standing};

/// Everything `access.toml` decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRules {
    /// The open questions, answered one way or the other.
    pub policy: AccessPolicy,
    /// Lifetimes and dates.
    pub limits: AccessLimits,
    /// What kinds of office may do.
    pub entitlement: Entitlements,
    /// What care software (介護ソフト) cannot do.
    pub browser_only: BrowserOnly,
    pub(super) services: Vec<Service>,
    pub(super) data: Vec<DataKind>,
    pub(super) viewers: Vec<ViewerRole>,
}

/// The answers to questions that the sources leave open, each named after its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPolicy {
    /// From which day data can be seen [domain 7.2 S1].
    pub view_gate: Setting<ViewGate>,
    /// Whether offices need consent for the other kinds too [domain 7.2 S7].
    pub consent_for_ungated_kinds: Setting<bool>,
    /// Which identity checks grow old [domain 7.2 S5].
    pub idcheck_scope: Setting<CheckScope>,
    /// Whether a check that is exactly as old as the limit still counts.
    pub idcheck_at_limit: Setting<AtLimit>,
    /// Whether a responsible office need not check again [domain 7.2 S9].
    pub second_visit_waiver: Setting<bool>,
    /// From when the card shows in マイナポータル [domain 7.2 S4].
    pub portal_card_gate: Setting<PortalCardGate>,
    /// What becomes of a notice without the person's assent [domain 7.2 S10].
    pub plan_request_without_assent: Setting<WithoutAssent>,
}

/// `view_gate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewGate {
    /// From the day set-up is complete (初期セットアップ完了日).
    Completion,
    /// From the municipality's start of service (利用開始日).
    Start,
}

/// `idcheck_scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckScope {
    /// Only readings of a card grow old.
    Card,
    /// The four items (4情報) do as well.
    Both,
}

/// `idcheck_at_limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtLimit {
    /// It has just ended.
    Expired,
    /// It still counts.
    Valid,
}

/// `portal_card_gate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalCardGate {
    /// From the day the law is in force.
    Law,
    /// Like everything else.
    Gate,
}

/// `plan_request_without_assent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutAssent {
    /// It is refused.
    Refuse,
    /// It is taken, and says so.
    Accept,
}

/// Lifetimes and dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLimits {
    /// Hours an identity check (本人確認) counts.
    pub idcheck_hours: Setting<u32>,
    /// From when a smartphone may read cards.
    pub smartphone_reading_from: Setting<Date>,
    /// Minutes an access token is good.
    pub access_minutes: Setting<u32>,
    /// Hours after log-in until which it can be renewed.
    pub refresh_hours: Setting<u32>,
    /// Minutes of a visit to マイナポータル.
    pub portal_minutes: Setting<u32>,
}

/// Which kinds of office may do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlements {
    /// Take a comprehensive consent in the municipality's place.
    pub take_consent: Setting<Vec<ServiceId>>,
    /// Submit 居宅サービス計画作成依頼届出.
    pub submit_plan_request: Setting<Vec<ServiceId>>,
    /// Submit 介護予防サービス計画作成依頼届出.
    pub submit_preventive_plan_request: Setting<Vec<ServiceId>>,
    /// Write and send 主治医意見書.
    pub send_opinion: Setting<Vec<ServiceId>>,
    /// Register ケアプラン情報.
    pub register_care_plan: Setting<Vec<ServiceId>>,
    /// Register LIFE情報.
    pub register_life: Setting<Vec<ServiceId>>,
}

/// What can be done in the pages only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserOnly {
    /// Actions.
    pub actions: Setting<Vec<OfficeDuty>>,
    /// Data that cannot be viewed.
    pub data: Setting<Vec<String>>,
}

/// Something an office does beside viewing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficeDuty {
    /// 4情報による利用者登録.
    RegisterUser,
    /// マイナンバーカードの読み取り.
    ReadCard,
    /// 担当事業所登録.
    BecomeResponsible,
    /// Its end.
    EndResponsibility,
    /// 同意の取得.
    TakeConsent,
    /// 計画作成依頼届出.
    SubmitPlanRequest,
    /// 主治医意見書の電送.
    SendOpinion,
    /// ケアプラン情報の登録.
    RegisterCarePlan,
    /// LIFE情報の登録.
    RegisterLife,
}

/// A kind of service (介護サービスの種類), by its place in the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceId(pub(super) u8);

/// A kind of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Name, e.g. `care_management`.
    pub id: String,
    /// Japanese name.
    pub ja: String,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// What a user of an office is (職種).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    /// 介護支援専門員.
    CareManager,
    /// その他の職員.
    Staff,
    /// 管理者.
    Administrator,
}

impl Job {
    /// Every job, with the word the profile and scenarios use.
    pub const WORDS: &[(&str, Self)] = &[
        ("care_manager", Self::CareManager),
        ("staff", Self::Staff),
        ("administrator", Self::Administrator),
    ];

    /// The job of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(name, _)| *name == word);
        found.map(|(_, job)| *job)
    }

    /// Japanese name.
    #[must_use]
    pub fn ja(self) -> &'static str {
        match self {
            Self::CareManager => "介護支援専門員",
            Self::Staff => "その他の職員",
            Self::Administrator => "管理者",
        }
    }
}

/// Data that can be viewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKind {
    /// Name, e.g. `surveySheet`.
    pub id: String,
    /// Japanese name.
    pub ja: String,
    /// Where the platform has it from.
    pub held: Held,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// Where the platform has data from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Records that municipalities link.
    Record(KindId),
    /// What offices register.
    Paper(PaperKind),
}

/// What offices register on the platform themselves; the link interface does not know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// ケアプラン情報.
    CarePlan,
    /// LIFE情報（一部）.
    LifeData,
}

/// Who a viewer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// 本人.
    Person,
    /// 自治体.
    Municipality,
    /// 介護事業所.
    Office,
    /// 医療機関.
    Institution,
    /// 審査会委員.
    BoardMember,
}

/// A row of the access matrix (閲覧権限表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewerRole {
    /// Name, e.g. `care_manager`.
    pub id: String,
    /// Japanese name.
    pub ja: String,
    /// Who it is.
    pub who: Who,
    /// Of an office: the kinds of service that make one of this role.
    pub services: Vec<ServiceId>,
    /// Of an office: the jobs that do.
    pub jobs: Vec<Job>,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
    /// One cell for each kind of data, in their order.
    pub cells: Vec<Cell>,
}

/// A cell of the access matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub access: Access,
    /// How sure it is.
    pub standing: Standing,
    /// Where it is from.
    pub source: String,
}

/// What a cell of the access matrix says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Never.
    No,
    /// Yes.
    Yes,
    /// Yes, unless `consent_for_ungated_kinds` asks for consent.
    Ungated,
    /// With comprehensive consent (包括同意).
    Consent,
    /// With it, what the viewer wrote.
    Own,
}

impl AccessRules {
    /// The kinds of service.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// A kind of service by name.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<ServiceId> {
        let found = self.services.iter().position(|service| service.id == id)?;
        u8::try_from(found).ok().map(ServiceId)
    }

    /// The data that can be viewed.
    #[must_use]
    pub fn data(&self) -> &[DataKind] {
        &self.data
    }

    /// The rows of the matrix.
    #[must_use]
    pub fn viewers(&self) -> &[ViewerRole] {
        &self.viewers
    }

    /// The row of a viewer that is no office.
    #[must_use]
    pub fn role(&self, who: Who) -> Option<&ViewerRole> {
        self.viewers.iter().find(|role| role.who == who)
    }

    /// The row of an office's user: the first that fits kind of service and job.
    #[must_use]
    pub fn office_role(&self, service: ServiceId, job: Job) -> Option<&ViewerRole> {
        self.viewers.iter().find(|role| {
            role.who == Who::Office && role.services.contains(&service) && role.jobs.contains(&job)
        })
    }

    /// Data by name, with what a role may do with it.
    #[must_use]
    pub fn cell<'a>(&'a self, role: &'a ViewerRole, data: &str) -> Option<(&'a DataKind, Access)> {
        let place = self.data.iter().position(|kind| kind.id == data)?;
        Some((&self.data[place], role.cells.get(place)?.access))
    }
}

//! Finding a person by what a scenario says about the person.

use std::fmt;

use super::{
    Application, ApplicationForm, CareLevel, Category, ConsentState, Ledger, LossReason,
    NotInsured, NotInsuredReason, Person, Table,
};

/// Declares the traits with the words a scenario uses for them.
macro_rules! traits {
    ($($(#[$doc:meta])* $variant:ident = $ja:literal;)+) => {
        /// 人物像: what a scenario says about the person it needs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Trait {
            $($(#[$doc])* $variant,)+
        }

        impl Trait {
            /// Every trait.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words of the scenarios.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $ja),+ }
            }
        }
    };
}

traits! {
    /// Certified, holds a My Number card, disclosed, plain characters: the usual person of a scenario.
    CertifiedCardHolder = "認定のあるカード保有者";
    /// Certified, without a My Number card.
    CertifiedWithoutMyNumberCard = "認定があるカード未保有者";
    /// First category without any certification.
    Uncertified = "認定のない人";
    /// 事業対象者.
    ProgramTarget = "事業対象者";
    /// The newest decision is 非該当.
    NotEligible = "非該当の人";
    /// Second category.
    SecondCategory = "第2号被保険者";
    /// 支援措置などで不開示.
    NotDisclosed = "不開示の人";
    /// A private-use character in the name or address.
    Gaiji = "外字のある人";
    /// A third-level kanji of JIS X 0213 in the name.
    ThirdLevelKanji = "第三水準漢字の人";
    /// A character outside JIS X 0213 in the name.
    OutsideJisX0213 = "JIS X 0213にない文字の人";
    /// A character of a supplementary plane in the name (two UTF-16 units).
    SupplementaryPlane = "サロゲートペアの人";
    /// An ideographic variation sequence in the name.
    VariationSequence = "異体字セレクタの人";
    /// 小書きかな in the kana.
    SmallKana = "小書きかなの人";
    /// A long vowel mark in the kana.
    LongVowel = "長音の人";
    /// ヴ in the kana.
    Vu = "ヴの人";
    /// A name in Latin letters or with a middle dot.
    Foreign = "外国人氏名の人";
    /// Consent given on the new form.
    ConsentGiven = "同意した人";
    /// Consent refused on the new form.
    ConsentRefused = "同意しなかった人";
    /// Consent box of the new form left blank.
    ConsentBlank = "同意欄が空欄の人";
    /// Consent withdrawn.
    ConsentWithdrawn = "同意を撤回した人";
    /// Consent only on the old form.
    ConsentOldForm = "旧様式で同意した人";
    /// Nothing known about consent.
    ConsentNone = "同意を尋ねられていない人";
    /// Consent offered at the counter, without an application on the new form.
    ConsentIndividual = "個別に同意した人";
    /// Has rows of 負担割合証.
    WithBurdenRatio = "負担割合証のある人";
    /// Has rows of 減免減額認定証.
    WithReduction = "減免減額認定証のある人";
    /// Has rows of 住宅改修費.
    WithHomeModification = "住宅改修のある人";
    /// Has rows of 福祉用具購入費.
    WithEquipmentPurchase = "福祉用具購入のある人";
    /// Has rows in all five tables.
    WithEveryTable = "五つの表すべてに履歴のある人";
    /// The card names a 居宅介護支援事業者.
    WithPlanOffice = "居宅介護支援事業者のある人";
    /// Application accepted, nothing more.
    ApplicationAccepted = "申請を受け付けただけの人";
    /// Survey done, opinion not requested.
    ApplicationSurveyed = "調査まで済んだ人";
    /// Opinion requested and awaited.
    ApplicationOpinionAwaited = "意見書を待っている人";
    /// Opinion there, no meeting fixed.
    ApplicationOpinionReceived = "意見書が届いた人";
    /// Meeting fixed, not decided.
    ApplicationBoardScheduled = "審査会を待っている人";
    /// Has an older 被保険者番号.
    Renumbered = "付番替えした人";
    /// 転出.
    MovedOut = "転出した人";
    /// 死亡.
    Died = "死亡した人";
    /// 誤登録.
    Mistaken = "誤登録だった人";
}

impl fmt::Display for Trait {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::str::FromStr for Trait {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .iter()
            .copied()
            .find(|wanted| wanted.name() == name)
            .ok_or_else(|| format!("「{name}」という人物像はありません"))
    }
}

impl Ledger {
    /// The first person (in the order of the books) with the trait. Only the traits of loss find lost people.
    #[must_use]
    pub fn person_like(&self, wanted: Trait) -> Option<&Person> {
        self.people_like(wanted).next()
    }

    /// Everyone with the trait, in the order of the books.
    pub fn people_like(&self, wanted: Trait) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(move |person| person.is_like(wanted))
    }

    /// The first person who is not insured for this reason.
    #[must_use]
    pub fn not_insured_because(&self, reason: NotInsuredReason) -> Option<&NotInsured> {
        self.not_insured
            .iter()
            .find(|resident| resident.reason == reason)
    }
}

impl Person {
    /// Whether the person has the trait.
    #[must_use]
    pub fn is_like(&self, wanted: Trait) -> bool {
        match self.lost.map(|lost| lost.reason) {
            None => self.present_is_like(wanted),
            Some(LossReason::MovedOut) => wanted == Trait::MovedOut,
            Some(LossReason::Died) => wanted == Trait::Died,
            Some(LossReason::Mistaken) => wanted == Trait::Mistaken,
            Some(LossReason::Lost) => false,
        }
    }

    fn present_is_like(&self, wanted: Trait) -> bool {
        match wanted {
            Trait::CertifiedCardHolder => self.is_usual() && self.card_holder,
            Trait::CertifiedWithoutMyNumberCard => self.is_usual() && !self.card_holder,
            Trait::Uncertified => {
                self.category == Category::First
                    && self.care_level().is_none()
                    && self.applications.is_empty()
            }
            Trait::ProgramTarget => self.care_level() == Some(CareLevel::ProgramTarget),
            Trait::NotEligible => self
                .applications
                .last()
                .and_then(|application| application.decision.as_ref())
                .is_some_and(|decision| decision.care_level == CareLevel::NotEligible),
            Trait::SecondCategory => self.category == Category::Second,
            Trait::NotDisclosed => self.not_disclosed,
            Trait::Renumbered => !self.previous_numbers.is_empty(),
            Trait::WithBurdenRatio => self.has_rows(Table::BurdenRatios),
            Trait::WithReduction => self.has_rows(Table::Reductions),
            Trait::WithHomeModification => self.has_rows(Table::HomeModifications),
            Trait::WithEquipmentPurchase => self.has_rows(Table::EquipmentPurchases),
            Trait::WithEveryTable => Table::ALL.into_iter().all(|table| self.has_rows(table)),
            Trait::WithPlanOffice => self
                .cards
                .last()
                .is_some_and(|card| card.plan_office.is_some()),
            Trait::ApplicationAccepted => self.last_application_is(Stage::Accepted),
            Trait::ApplicationSurveyed => self.last_application_is(Stage::Surveyed),
            Trait::ApplicationOpinionAwaited => self.last_application_is(Stage::OpinionAwaited),
            Trait::ApplicationOpinionReceived => self.last_application_is(Stage::OpinionReceived),
            Trait::ApplicationBoardScheduled => self.last_application_is(Stage::BoardScheduled),
            Trait::ConsentGiven
            | Trait::ConsentRefused
            | Trait::ConsentBlank
            | Trait::ConsentWithdrawn
            | Trait::ConsentOldForm
            | Trait::ConsentNone
            | Trait::ConsentIndividual => self.consent_is_like(wanted),
            Trait::Gaiji => self.has_gaiji(),
            Trait::ThirdLevelKanji => self.has_third_level_kanji(),
            Trait::OutsideJisX0213 => self.has_kanji_outside_jis_x0213(),
            Trait::SupplementaryPlane => self.has_supplementary_kanji(),
            Trait::VariationSequence => self.has_variation_sequence(),
            Trait::SmallKana => self.has_small_kana(),
            Trait::LongVowel => self.kana.contains('ー'),
            Trait::Vu => self.kana.contains('ヴ'),
            Trait::Foreign => self.has_foreign_name(),
            Trait::MovedOut | Trait::Died | Trait::Mistaken => false,
        }
    }

    fn is_usual(&self) -> bool {
        self.is_certified()
            && self.category == Category::First
            && !self.not_disclosed
            && self.previous_numbers.is_empty()
            && !self.has_gaiji()
            && self
                .applications
                .last()
                .is_some_and(|application| application.decision.is_some())
    }

    const fn has_rows(&self, table: Table) -> bool {
        !match table {
            Table::Cards => self.cards.is_empty(),
            Table::BurdenRatios => self.burden_ratios.is_empty(),
            Table::Reductions => self.reductions.is_empty(),
            Table::HomeModifications => self.home_modifications.is_empty(),
            Table::EquipmentPurchases => self.equipment_purchases.is_empty(),
        }
    }

    fn consent_is_like(&self, wanted: Trait) -> bool {
        let Some(consent) = self.consent else {
            return wanted == Trait::ConsentNone;
        };
        let on_new_form = consent.form == ApplicationForm::From2026;
        let has_new_application = self
            .applications
            .iter()
            .any(|application| application.form == ApplicationForm::From2026);
        match consent.state {
            ConsentState::Given if on_new_form => {
                wanted == Trait::ConsentGiven
                    || (wanted == Trait::ConsentIndividual && !has_new_application)
            }
            ConsentState::Given => wanted == Trait::ConsentOldForm,
            ConsentState::Refused => on_new_form && wanted == Trait::ConsentRefused,
            ConsentState::Blank => on_new_form && wanted == Trait::ConsentBlank,
            ConsentState::Withdrawn => on_new_form && wanted == Trait::ConsentWithdrawn,
        }
    }

    fn last_application_is(&self, stage: Stage) -> bool {
        self.applications
            .last()
            .is_some_and(|application| Stage::of(application) == stage)
    }
}

/// How far an application has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Accepted,
    Surveyed,
    OpinionAwaited,
    OpinionReceived,
    BoardScheduled,
    Decided,
}

impl Stage {
    const fn of(application: &Application) -> Self {
        if application.decision.is_some() {
            Self::Decided
        } else if application.board_date.is_some() {
            Self::BoardScheduled
        } else if application.opinion.is_some() {
            Self::OpinionReceived
        } else if application.opinion_requested_on.is_some() {
            Self::OpinionAwaited
        } else if application.survey.is_some() {
            Self::Surveyed
        } else {
            Self::Accepted
        }
    }
}

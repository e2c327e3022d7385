//! Pages of the books to link records: kinds, item names and codes [profile if-2.0-assumed, kinds/].

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::ledger::{
    Application, BurdenRatioCard, Card, Consent, ConsentState, Decision, EquipmentPurchase,
    HomeModification, Opinion, Person, Reduction, Survey,
};

use super::books::{BoardMaterial, counts};
use super::codes;

pub(super) const PERSON: &str = "person";
pub(super) const INSURANCE_CARD: &str = "insuranceCard";
pub(super) const BURDEN_RATIO_CARD: &str = "burdenRatioCard";
pub(super) const REDUCTION_CARD: &str = "reductionCard";
pub(super) const HOME_MODIFICATION_USE: &str = "homeModificationUse";
pub(super) const EQUIPMENT_PURCHASE_USE: &str = "equipmentPurchaseUse";
pub(super) const CERTIFICATION_PROGRESS: &str = "certificationProgress";
pub(super) const CERTIFICATION: &str = "certification";
pub(super) const SURVEY_SHEET: &str = "surveySheet";
pub(super) const PHYSICIAN_OPINION: &str = "physicianOpinion";
pub(super) const BOARD_MATERIAL: &str = "boardMaterial";
pub(super) const CONSENT: &str = "consent";

/// What stands in the place of a character that cannot be sent.
const REPLACEMENT: char = '〓';

/// A record in the making. Absent items are left out, texts are made sendable.
struct Record(Map<String, Value>);

impl Record {
    fn of(insurer_number: &str, person: &Person) -> Self {
        Self(Map::new())
            .text("insurerNumber", insurer_number)
            .text("insuredNumber", &person.insured_number)
    }

    fn row(insurer_number: &str, person: &Person, history_number: u32) -> Self {
        Self::of(insurer_number, person)
            .text("historyKey", &history_number.to_string())
            .present()
    }

    fn paper(insurer_number: &str, person: &Person, application_number: &str) -> Self {
        Self::of(insurer_number, person)
            .text("applicationNumber", application_number)
            .present()
    }

    fn present(mut self) -> Self {
        self.0.insert("isDeleted".to_owned(), Value::Bool(false));
        self
    }

    fn text(mut self, item: &str, text: &str) -> Self {
        self.0
            .insert(item.to_owned(), Value::String(sendable(text)));
        self
    }

    fn text_if(self, item: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(item, text),
            None => self,
        }
    }

    fn date(self, item: &str, date: Date) -> Self {
        self.text(item, &date.to_string())
    }

    fn date_if(self, item: &str, date: Option<Date>) -> Self {
        match date {
            Some(date) => self.date(item, date),
            None => self,
        }
    }

    fn number(mut self, item: &str, number: u32) -> Self {
        self.0.insert(item.to_owned(), Value::from(number));
        self
    }

    fn number_if(self, item: &str, number: Option<u32>) -> Self {
        match number {
            Some(number) => self.number(item, number),
            None => self,
        }
    }
}

/// 外字 (private use) cannot be sent.
fn sendable(text: &str) -> String {
    let private =
        |character: char| matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    text.chars()
        .map(|character| {
            if private(character) {
                REPLACEMENT
            } else {
                character
            }
        })
        .collect()
}

/// 被保険者. `my_number` comes as the reader of the record will see it.
pub(super) fn person(
    insurer_number: &str,
    person: &Person,
    my_number: String,
) -> Map<String, Value> {
    let mut record = Record::of(insurer_number, person)
        .text("municipalityIdentityKey", &person.resident_key)
        .text("insuredCategory", codes::insured_category(person.category))
        .date("qualificationAcquiredDate", person.acquired_on)
        .date_if("qualificationLostDate", person.lost.map(|lost| lost.on))
        .text("modificationSeg", "1")
        .0;
    record.insert("myNumber".to_owned(), Value::String(my_number));
    record.insert(
        "isNotDisclosed".to_owned(),
        Value::Bool(person.not_disclosed),
    );
    let five = json!({
        "name": sendable(&person.name),
        "nameKana": sendable(&person.kana),
        "address": sendable(&person.address),
        "dateOfBirth": person.birth.to_string(),
        "sex": codes::sex(person.sex),
    });
    record.insert("basicFiveInfo".to_owned(), five);
    record
}

/// 被保険者証.
pub(super) fn card(insurer_number: &str, person: &Person, card: &Card) -> Map<String, Value> {
    let office = card.plan_office.as_ref();
    Record::row(insurer_number, person, card.history_number)
        .text("cardInsurerNumber", &card.card_insurer_number)
        .date("issueDate", card.issued_on)
        .date_if("expiryDate", card.expires_on)
        .text_if("careLevel", card.care_level.map(codes::care_level))
        .date_if("certifiedDate", card.certified_on)
        .date_if("certificationFrom", card.certified_from)
        .date_if("certificationTo", card.certified_to)
        .number_if("benefitLimitUnits", card.limit_units)
        .text_if("boardOpinion", card.board_opinion.as_deref())
        .text_if("benefitRestriction", card.restriction.as_deref())
        .text_if(
            "planOfficeNumber",
            office.map(|office| office.number.as_str()),
        )
        .text_if("planOfficeName", office.map(|office| office.name.as_str()))
        .date_if("planNotifiedDate", office.map(|office| office.notified_on))
        .0
}

/// 負担割合証.
pub(super) fn burden_ratio(
    insurer_number: &str,
    person: &Person,
    row: &BurdenRatioCard,
) -> Map<String, Value> {
    Record::row(insurer_number, person, row.history_number)
        .date("issueDate", row.issued_on)
        .text("burdenRatio", codes::burden_ratio(row.ratio))
        .date("validFrom", row.valid_from)
        .date("validTo", row.valid_to)
        .0
}

/// 減免減額認定証.
pub(super) fn reduction(
    insurer_number: &str,
    person: &Person,
    row: &Reduction,
) -> Map<String, Value> {
    Record::row(insurer_number, person, row.history_number)
        .text("certificateType", codes::reduction_type(row.kind))
        .date("issueDate", row.issued_on)
        .date("validFrom", row.valid_from)
        .date("validTo", row.valid_to)
        .text("burdenStage", codes::burden_stage(row.stage))
        .number_if("foodLimit", row.food_limit)
        .number_if("residenceLimit", row.residence_limit)
        .0
}

/// 住宅改修費利用情報.
pub(super) fn home_modification(
    insurer_number: &str,
    person: &Person,
    row: &HomeModification,
) -> Map<String, Value> {
    Record::row(insurer_number, person, row.history_number)
        .date("applicationDate", row.applied_on)
        .date("completionDate", row.completed_on)
        .number("costAmount", row.cost)
        .number("paidAmount", row.paid)
        .number("remainingAllowance", row.remaining)
        .0
}

/// 福祉用具購入費利用情報.
pub(super) fn equipment_purchase(
    insurer_number: &str,
    person: &Person,
    row: &EquipmentPurchase,
) -> Map<String, Value> {
    Record::row(insurer_number, person, row.history_number)
        .date("purchaseDate", row.purchased_on)
        .text("equipmentItem", codes::equipment_item(row.item))
        .text("equipmentName", &row.name)
        .number("costAmount", row.cost)
        .number("paidAmount", row.paid)
        .number("remainingAllowance", row.remaining)
        .0
}

/// The records of one application: progress always, the papers as far as they are there.
pub(super) fn application(
    insurer_number: &str,
    person: &Person,
    application: &Application,
) -> Vec<(&'static str, Map<String, Value>)> {
    let paper = || Record::paper(insurer_number, person, &application.application_number);
    let papers = [
        (CERTIFICATION_PROGRESS, Some(progress(paper(), application))),
        (
            SURVEY_SHEET,
            application
                .survey
                .as_ref()
                .map(|survey| survey_sheet(paper(), survey)),
        ),
        (
            PHYSICIAN_OPINION,
            application
                .opinion
                .as_ref()
                .map(|opinion| physician_opinion(paper(), opinion)),
        ),
        (
            CERTIFICATION,
            application
                .decision
                .as_ref()
                .map(|decision| certification(paper(), application, decision)),
        ),
    ];
    papers
        .into_iter()
        .filter_map(|(kind, record)| Some((kind, record?.0)))
        .collect()
}

/// 認定審査進捗. The books keep one date of an opinion, the day it was written; it stands for 入手 as well.
fn progress(record: Record, application: &Application) -> Record {
    record
        .date("applicationDate", application.date)
        .text("applicationType", codes::application_type(application.kind))
        .date_if(
            "surveyDate",
            application.survey.as_ref().map(|survey| survey.date),
        )
        .date_if("opinionRequestedDate", application.opinion_requested_on)
        .date_if(
            "opinionReceivedDate",
            application
                .opinion
                .as_ref()
                .map(|opinion| opinion.written_on),
        )
        .date_if("boardDate", application.board_date)
        .date_if(
            "decidedDate",
            application
                .decision
                .as_ref()
                .map(|decision| decision.decided_on),
        )
}

fn survey_sheet(record: Record, survey: &Survey) -> Record {
    record
        .date("surveyDate", survey.date)
        .text("surveyPlace", codes::survey_place(survey.place))
        .text("surveyorOrganization", &survey.organization)
        .text("basicItems", &survey.basic_items)
        .text_if("remarks", survey.remarks.as_deref())
}

fn physician_opinion(record: Record, opinion: &Opinion) -> Record {
    record
        .date("writtenDate", opinion.written_on)
        .text("institutionCode", &opinion.institution_code)
        .text("institutionName", &opinion.institution_name)
        .text("physicianName", &opinion.physician_name)
        .text("diagnosis", &opinion.diagnosis)
        .text_if("mentalAndPhysicalState", opinion.state.as_deref())
        .text_if("remarks", opinion.remarks.as_deref())
}

fn certification(record: Record, application: &Application, decision: &Decision) -> Record {
    record
        .date("applicationDate", application.date)
        .text("applicationType", codes::application_type(application.kind))
        .date("decidedDate", decision.decided_on)
        .text("careLevel", codes::care_level(decision.care_level))
        .date_if("validFrom", decision.valid_from)
        .date_if("validTo", decision.valid_to)
        .text_if(
            "firstJudgement",
            decision.first_judgement.map(codes::care_level),
        )
        .text_if("boardOpinion", decision.board_opinion.as_deref())
}

/// 審査会資料.
pub(super) fn board_material(
    insurer_number: &str,
    person: &Person,
    application_number: &str,
    material: &BoardMaterial,
) -> Map<String, Value> {
    Record::paper(insurer_number, person, application_number)
        .text("meetingNumber", &material.meeting_number)
        .date("meetingDate", material.meeting_date)
        .text("memberNumbers", &material.member_numbers.join(";"))
        .text("material", &material.contents)
        .0
}

/// 同意情報, if this consent is one that is linked at all: on the new form, since the law is in force.
pub(super) fn consent(
    insurer_number: &str,
    person: &Person,
    consent: Consent,
    office_number: Option<&str>,
) -> Option<Map<String, Value>> {
    let state = match consent.state {
        ConsentState::Given => "1",
        ConsentState::Refused => "2",
        ConsentState::Withdrawn => "3",
        ConsentState::Blank => return None,
    };
    counts(consent).then(|| {
        Record::of(insurer_number, person)
            .text("consentState", state)
            .date("takenDate", consent.on)
            .text("takenBy", codes::consent_taker(consent.by))
            .text_if("officeNumber", office_number)
            .0
    })
}

//! What happens to people, their rows and consents, to cards and offices; and how time passes.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use serde_json::json;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::viewer::{AskedOpinion, Directory, ServiceStart};

use super::lots::Lots;
use super::player::{INSTITUTIONS, INSURERS, JOBS, OFFICES, PEOPLE, Player};

const LAW: Date = date(2026, 4, 1);
pub(super) const KANA: [&str; 3] = [
    "ツキミ　シヨウイチ",
    "ツキミ　ショウイチ",
    "ツキミ　シヨウジ",
];
pub(super) const BIRTHS: [&str; 2] = ["1940-05-06", "1940-06-05"];

impl Player {
    pub(super) fn today(&self) -> Date {
        self.world.now().date()
    }

    fn some_day(&self, lots: &mut Lots) -> Date {
        let days = |days: i32| -> Span { days.days() };
        match lots.pick(6) {
            0 => LAW,
            1 => LAW.saturating_sub(days(1)),
            2 | 3 => self.today(),
            4 => self.today().saturating_sub(days(1)),
            _ => self.today().saturating_add(days(1)),
        }
    }

    /// A person as registered; `change` chooses among variants.
    pub(super) fn link_person(&mut self, person: usize, change: u32) {
        let mut lots = Lots(change);
        let (insurer, number, human) = PEOPLE[person];
        let kana = KANA[lots.pick(KANA.len())];
        let birth = BIRTHS[lots.pick(BIRTHS.len())];
        let sex = ["1", "2"][lots.pick(2)];
        let is_hidden = lots.pick(3) == 2;
        let is_deleted = lots.pick(3) == 2;
        // The municipality has found out that the number was another human's.
        let is_corrected = lots.pick(5) == 4;
        let human = if is_corrected { 1 } else { human };
        let mut record = json!({
            "insuredNumber": number,
            "myNumber": self.card(human),
            "basicFiveInfo": {
                "name": "月見 昭一", "nameKana": kana, "address": "月影県", "dateOfBirth": birth, "sex": sex,
            },
            "isNotDisclosed": is_hidden,
            "insuredCategory": "1",
            "qualificationAcquiredDate": "2005-05-05",
            "modificationSeg": if is_deleted { "2" } else { "1" },
        });
        if is_deleted {
            record["deletionReason"] = json!(["1", "2", "3", "4"][lots.pick(4)]);
            record["changeDate"] = json!(self.today().to_string());
        }
        self.link(insurer, "person", record);
    }

    pub(super) fn change_person(&mut self, lots: &mut Lots) {
        let person = lots.one(&[0, 0, 1, 2, 3]);
        self.link_person(person, lots.0);
    }

    pub(super) fn change_row(&mut self, lots: &mut Lots) {
        let person = lots.one(&[0, 0, 0, 1, 2, 3]);
        let kind = lots.one(&[0, 1, 2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 7, 8, 9]);
        let row = lots.pick(2);
        let is_deleted = lots.seldom(4);
        let on = self.some_day(lots);
        self.link_row(person, kind, row, is_deleted, on, lots.0);
    }

    /// One row of one kind, with a day and a number that make variants of it.
    pub(super) fn link_row(
        &mut self,
        person: usize,
        kind: usize,
        row: usize,
        is_deleted: bool,
        on: Date,
        variant: u32,
    ) {
        let (insurer, number, _) = PEOPLE[person];
        let mut lots = Lots(variant);
        let day = on.to_string();
        let (kind, mut record) = match kind {
            0 => (
                "insuranceCard",
                json!({
                    "historyKey": (row + 1).to_string(), "cardInsurerNumber": INSURERS[insurer],
                    "issueDate": day, "careLevel": lots.one(&["12", "21"]),
                }),
            ),
            1 => (
                "burdenRatioCard",
                json!({
                    "historyKey": (row + 1).to_string(), "issueDate": day,
                    "burdenRatio": lots.one(&["10", "20", "30"]),
                    "validFrom": "2026-01-01", "validTo": "2027-07-31",
                }),
            ),
            2 => (
                "homeModificationUse",
                json!({
                    "historyKey": (row + 1).to_string(), "applicationDate": day, "completionDate": day,
                    "costAmount": 100_000, "paidAmount": 90_000, "remainingAllowance": 100_000,
                }),
            ),
            3 => (
                "certificationProgress",
                json!({
                    "applicationNumber": format!("A-{row}"), "applicationDate": day, "applicationType": "2",
                }),
            ),
            4 => {
                let level = lots.one(&["21", "12", "25", "01", "06"]);
                let (from, to) = match lots.pick(3) {
                    0 => ("2026-01-01".to_owned(), "2026-12-31".to_owned()),
                    1 => (day.clone(), "2027-12-31".to_owned()),
                    _ => ("2025-01-01".to_owned(), day.clone()),
                };
                (
                    "certification",
                    json!({
                        "applicationNumber": format!("A-{row}"),
                        "applicationDate": lots.one(&["2025-12-01", "2026-03-31", "2026-04-01"]),
                        "applicationType": "2", "decidedDate": "2026-01-10", "careLevel": level,
                        "validFrom": from, "validTo": to,
                    }),
                )
            }
            5 => (
                "surveySheet",
                json!({
                    "applicationNumber": format!("A-{row}"), "surveyDate": day, "surveyPlace": "1",
                    "surveyorOrganization": "市", "basicItems": "1".repeat(74),
                }),
            ),
            6 => (
                "physicianOpinion",
                json!({
                    "applicationNumber": format!("A-{row}"), "writtenDate": day,
                    "institutionCode": lots.one(&[INSTITUTIONS[0], OFFICES[2].0]),
                    "institutionName": "病院", "physicianName": "山田", "diagnosis": "骨粗鬆症",
                }),
            ),
            7 => (
                "boardMaterial",
                json!({
                    "applicationNumber": format!("A-{row}"), "meetingNumber": lots.one(&["G-1", "G-2"]),
                    "meetingDate": day, "memberNumbers": lots.one(&["M1", "M2", "M1; M2", "M12;M21"]),
                    "material": "資料",
                }),
            ),
            8 => (
                "equipmentPurchaseUse",
                json!({
                    "historyKey": (row + 1).to_string(), "purchaseDate": day, "equipmentItem": "01",
                    "equipmentName": "腰掛便座", "costAmount": 30_000, "paidAmount": 27_000,
                    "remainingAllowance": 70_000,
                }),
            ),
            _ => (
                "reductionCard",
                json!({
                    "historyKey": (row + 1).to_string(), "certificateType": "01", "issueDate": day,
                    "validFrom": "2026-01-01", "validTo": "2027-07-31", "burdenStage": "2",
                }),
            ),
        };
        record["insuredNumber"] = json!(number);
        record["isDeleted"] = json!(is_deleted);
        self.link(insurer, kind, record);
    }

    pub(super) fn change_consent(&mut self, lots: &mut Lots) {
        let person = lots.one(&[0, 0, 1, 2, 3]);
        let state = lots.one(&["1", "1", "2", "3"]);
        let on = self.some_day(lots);
        self.link_consent(person, state, on);
    }

    pub(super) fn link_consent(&mut self, person: usize, state: &str, on: Date) {
        let (insurer, number, _) = PEOPLE[person];
        let record = json!({
            "insuredNumber": number, "consentState": state, "takenDate": on.to_string(), "takenBy": "1",
        });
        self.link(insurer, "consent", record);
    }

    /// Set-up, cards, offices and requests for opinions.
    pub(super) fn change_outside(&mut self, lots: &mut Lots) {
        match lots.pick(8) {
            0 => {
                let insurer = lots.pick(2);
                let on = self.some_day(lots);
                self.complete(insurer, on);
            }
            1 => {
                let insurer = INSURERS[lots.pick(2)].to_owned();
                let on = self.some_day(lots);
                self.note(Directory::ServiceStart(ServiceStart { insurer, on }));
            }
            2..=4 => {
                let human = lots.one(&[0, 0, 0, 1, 3]);
                let change = lots.pick(5);
                let today = self.today();
                self.note_card(human, |card| match change {
                    0 => card.is_lost = true,
                    1 => card.is_insurance_card = false,
                    2 => card.expires = today,
                    3 => card.expires = today.saturating_sub(1.day()),
                    _ => {}
                });
            }
            5 => {
                let office = lots.pick(OFFICES.len());
                let jobs = lots.pick(JOBS.len());
                self.note_office(office, &JOBS[jobs..]);
            }
            _ => {
                let person = lots.one(&[0, 0, 1, 2, 3]);
                let row = lots.pick(2);
                let institution = lots.pick(3);
                self.note_asked(person, row, institution);
            }
        }
    }

    pub(super) fn note_asked(&mut self, person: usize, row: usize, institution: usize) {
        let (insurer, number, _) = PEOPLE[person];
        let institution = [INSTITUTIONS[0], INSTITUTIONS[1], OFFICES[2].0][institution];
        self.note(Directory::AskedOpinion(AskedOpinion {
            insurer: INSURERS[insurer].to_owned(),
            insured: number.to_owned(),
            application: format!("A-{row}"),
            institution: institution.to_owned(),
        }));
    }

    /// Starts a municipality's set-up.
    pub(super) fn begin(&mut self, insurer: usize) {
        let today = self.today().to_string();
        self.link(insurer, "setupStart", json!({ "baselineDate": today }));
    }

    /// Completes it with as many people as PMH has.
    pub(super) fn complete(&mut self, insurer: usize, on: Date) {
        let today = self.today().to_string();
        let number = INSURERS[insurer].parse().expect("a number");
        let people = self.world.pmh().registered_people(number);
        let report = json!({
            "baselineDate": today, "completionDate": on.to_string(), "personCount": people,
        });
        self.link(insurer, "setupCompletion", report);
    }

    /// Time passes: a little, up to midnight, or to where something that was done runs out.
    pub(super) fn pass_time(&mut self, lots: &mut Lots) {
        let now = self.world.now();
        let midnight = Moment::at(self.today().saturating_add(1.day()), 0, 0);
        let to = match lots.pick(8) {
            0 => now.plus_seconds(1),
            1 => midnight.plus_seconds(-1),
            2 => midnight,
            3 => now.plus_seconds(lots.one(&[1_700, 20_000, 7 * 86_400, 60 * 86_400])),
            _ => {
                let mark = self
                    .marks
                    .iter()
                    .rev()
                    .nth(lots.pick(6))
                    .copied()
                    .unwrap_or(now);
                let limit = lots.one(&[86_400, 86_400, 3_600, 1_800, 28_800]);
                mark.plus_seconds(limit + lots.one(&[-1, 0, 1]))
            }
        };
        if to > now {
            self.move_clock(to);
        }
    }
}

/// The first row of every kind, for the stage that a history begins on.
pub(super) fn first_rows(player: &mut Player, person: usize) {
    for kind in 0..10 {
        player.link_row(person, kind, 0, false, date(2026, 3, 31), 0);
    }
    // An opinion that a facility wrote.
    player.link_row(person, 6, 1, false, date(2026, 3, 31), 1);
}

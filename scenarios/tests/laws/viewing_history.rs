//! What can happen to people, offices and those who want to see: decoded from numbers, so that a
//! history can be drawn and shrunk as a list of them.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use serde_json::{Value, json};
use tekigo::auditor::viewing::ViewingRules;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::viewer::{
    AskedOpinion, BoardAction, BoardRequest, CardReading, CarePlanSheet, Directory, FourItems,
    InstitutionAction, InstitutionRequest, LifeSheet, OfficeAction, OfficeRequest, OpinionSheet,
    PersonAction, PersonRequest, PlanRequestSheet, Reader, ServiceStart, StaffRequest, Subject,
    ViewerInput,
};

use super::viewing_player::{
    ENVIRONMENT, HUMANS, INSTITUTIONS, INSURERS, JOBS, MEMBERS, OFFICES, PEOPLE, Player,
};

const LAW: Date = date(2026, 4, 1);
const KANA: [&str; 3] = [
    "ツキミ　シヨウイチ",
    "ツキミ　ショウイチ",
    "ツキミ　シヨウジ",
];
const BIRTHS: [&str; 2] = ["1940-05-06", "1940-06-05"];
const PAGES: usize = 0;
const SOFTWARE: usize = 1;
const PORTAL: usize = 2;
const BOARD: usize = 3;

/// A step of a history: what, and numbers to choose by.
pub(super) type Step = (u8, u32);

/// Numbers to choose by, taken off one after another.
struct Lots(u32);

impl Lots {
    fn pick(&mut self, of: usize) -> usize {
        let of_u32 = u32::try_from(of).expect("few");
        let picked = self.0 % of_u32;
        self.0 /= of_u32;
        picked as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())]
    }

    /// True once in so many times.
    fn seldom(&mut self, of: usize) -> bool {
        self.pick(of) == of - 1
    }
}

/// What a step comes to.
pub(super) enum Turn {
    /// Something happens that nobody asked for.
    Happens,
    /// Somebody asks.
    Asks(ViewerInput),
}

impl Player {
    /// Takes a step: whatever happens has happened, whatever is asked is returned.
    pub(super) fn step(&mut self, (what, numbers): Step) -> Turn {
        let mut lots = Lots(numbers);
        match what {
            0..=9 => self.change_person(&mut lots),
            10..=21 => self.change_row(&mut lots),
            22..=34 => self.change_consent(&mut lots),
            35..=48 => self.change_outside(&mut lots),
            49..=64 => self.pass_time(&mut lots),
            65..=69 => return Turn::Asks(self.log_in(&mut lots)),
            70..=139 => return Turn::Asks(self.office_views(&mut lots)),
            140..=199 => return Turn::Asks(self.office_acts(&mut lots)),
            200..=214 => return Turn::Asks(self.person_views(&mut lots)),
            215..=232 => return Turn::Asks(self.institution_asks(&mut lots)),
            233..=244 => return Turn::Asks(self.member_views(&mut lots)),
            245..=255 => return Turn::Asks(staff_views(&mut lots)),
        }
        Turn::Happens
    }

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

    fn change_person(&mut self, lots: &mut Lots) {
        let person = lots.one(&[0, 0, 1, 2, 3]);
        self.link_person(person, lots.0);
    }

    fn change_row(&mut self, lots: &mut Lots) {
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

    fn change_consent(&mut self, lots: &mut Lots) {
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
    fn change_outside(&mut self, lots: &mut Lots) {
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
    fn pass_time(&mut self, lots: &mut Lots) {
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

    fn log_in(&mut self, lots: &mut Lots) -> ViewerInput {
        let wrong = lots.seldom(5);
        let password = |word: &str| {
            if wrong {
                "guess".to_owned()
            } else {
                word.to_owned()
            }
        };
        match lots.pick(8) {
            0 => {
                let member = lots.pick(MEMBERS.len());
                self.member_log_in(member, &password(MEMBERS[member].1))
            }
            1 => person_log_in(self.card(lots.pick(HUMANS.len()))),
            what => {
                let office = OFFICES[lots.pick(OFFICES.len())].0;
                let job = JOBS[lots.pick(JOBS.len())];
                let certificate = match lots.pick(6) {
                    0 => None,
                    1 => Some("office-0".to_owned()),
                    _ => Some(format!("office-{office}")),
                };
                let action = OfficeAction::LogIn {
                    certificate,
                    user: job.to_owned(),
                    password: self.password(&password(job)),
                };
                let door = if what.is_multiple_of(2) {
                    PAGES
                } else {
                    SOFTWARE
                };
                office_request(door, None, action)
            }
        }
    }

    fn office_views(&mut self, lots: &mut Lots) -> ViewerInput {
        let door = lots.one(&[PAGES, PAGES, SOFTWARE]);
        let office = lots.one(&[0, 0, 1, 2, 3, 4]);
        let subject = someone(lots);
        let data = some_data(lots);
        let session = self.visit(door, office, lots);
        office_request(door, session, OfficeAction::View { subject, data })
    }

    /// The number of the last log-in, seldom another; mostly one that has not run out.
    fn visit(&mut self, door: usize, holder: usize, lots: &mut Lots) -> Option<u64> {
        match lots.pick(32) {
            0 => None,
            1 => Some(99),
            2..=8 => self.visits[door][holder],
            _ => {
                self.come_back(door, holder);
                self.visits[door][holder]
            }
        }
    }

    /// Logs in again if the last log-in is some time ago.
    fn come_back(&mut self, door: usize, holder: usize) {
        let now = self.world.now();
        let last = self.logged_in[door][holder];
        if last.is_some_and(|last| now < last.plus_seconds(1_700)) {
            return;
        }
        let request = match door {
            PORTAL => person_log_in(self.card(holder)),
            BOARD => self.member_log_in(holder, MEMBERS[holder].1),
            _ => self.office_log_in(door, holder, JOBS[holder % 3 / 2]),
        };
        let (viewed, finding) = self.ask(request.clone());
        self.remember(&request, viewed.session);
        self.aside.push((request, finding));
    }

    fn office_log_in(&self, door: usize, office: usize, job: &str) -> ViewerInput {
        let action = OfficeAction::LogIn {
            certificate: Some(format!("office-{}", OFFICES[office].0)),
            user: job.to_owned(),
            password: self.password(job),
        };
        office_request(door, None, action)
    }

    fn member_log_in(&self, member: usize, password: &str) -> ViewerInput {
        let (insurer, number) = MEMBERS[member];
        let action = BoardAction::LogIn {
            insurer: INSURERS[insurer].to_owned(),
            member: number.to_owned(),
            password: self.password(password),
        };
        ViewerInput::Board(BoardRequest {
            session: None,
            action,
        })
    }

    fn office_acts(&mut self, lots: &mut Lots) -> ViewerInput {
        let door = lots.one(&[PAGES, PAGES, PAGES, PAGES, SOFTWARE]);
        let office = lots.one(&[0, 0, 1, 2, 3, 4]);
        let what = lots.pick(15);
        let session = self.visit(door, office, lots);
        let action = self.office_action(what, office, lots);
        office_request(door, session, action)
    }

    fn office_action(&mut self, what: usize, office: usize, lots: &mut Lots) -> OfficeAction {
        let subject = someone(lots);
        let today = self.today();
        match what {
            0 => OfficeAction::RegisterUser(FourItems {
                subject,
                kana: KANA[lots.pick(12) / 10].to_owned(),
                birth: BIRTHS[lots.pick(6) / 5].to_owned(),
                sex: ["1", "2"][lots.pick(6) / 5].to_owned(),
            }),
            1 | 2 => OfficeAction::ReadCard(self.reading(lots)),
            3 => OfficeAction::BecomeResponsible(subject),
            4 => OfficeAction::EndResponsibility(subject),
            5 | 6 | 12 | 13 | 14 => OfficeAction::TakeConsent(subject),
            7 => OfficeAction::SubmitPlanRequest(PlanRequestSheet {
                subject,
                request_type: ["1", "2", "9"][lots.pick(8) / 3].to_owned(),
                start: today,
                assented: !lots.seldom(3),
            }),
            8 => OfficeAction::SendOpinion(opinion(subject, today, lots)),
            9 => OfficeAction::RegisterCarePlan(CarePlanSheet {
                subject,
                number: format!("P{}", lots.pick(2)),
                created: today,
                contents: format!("計画{}", lots.pick(3)),
            }),
            10 => OfficeAction::RegisterLife(LifeSheet {
                subject,
                measured: today,
                contents: format!("評価{}{office}", lots.pick(3)),
            }),
            _ if lots.seldom(4) => OfficeAction::LogOut,
            _ => OfficeAction::Refresh,
        }
    }

    pub(super) fn reading(&self, lots_of: &mut impl Choice) -> CardReading {
        CardReading {
            card: match lots_of.choose(16) {
                0 => "card".to_owned(),
                human => self.card([0, 0, 0, 1, 2, 3][human % 6]),
            },
            face_compared: lots_of.choose(6) != 5,
            reader: [Reader::CardReader, Reader::Smartphone][lots_of.choose(2)],
        }
    }

    fn person_views(&mut self, lots: &mut Lots) -> ViewerInput {
        let session = self.visit(PORTAL, lots.one(&[0, 0, 1]), lots);
        let action = match lots.pick(20) {
            0 => PersonAction::LogOut,
            _ => PersonAction::View {
                subject: someone(lots),
                data: some_data(lots),
            },
        };
        ViewerInput::Mynaportal(PersonRequest { session, action })
    }

    fn institution_asks(&mut self, lots: &mut Lots) -> ViewerInput {
        let institution = INSTITUTIONS[lots.pick(2)].to_owned();
        let what = lots.pick(6);
        let certificate = match lots.pick(10) {
            0 => None,
            1 => Some("line-0".to_owned()),
            _ => Some(format!("line-{institution}")),
        };
        let action = match what {
            0 => InstitutionAction::ReadCard(self.reading(lots)),
            1 | 2 => {
                let subject = someone(lots);
                InstitutionAction::SendOpinion(opinion(subject, self.today(), lots))
            }
            _ => InstitutionAction::View {
                subject: someone(lots),
                data: some_data(lots),
            },
        };
        ViewerInput::Medical(InstitutionRequest {
            institution,
            certificate,
            action,
        })
    }

    fn member_views(&mut self, lots: &mut Lots) -> ViewerInput {
        let session = self.visit(BOARD, lots.one(&[0, 0, 1, 2]), lots);
        let action = match lots.pick(20) {
            0 => BoardAction::LogOut,
            1 | 2 => BoardAction::Refresh,
            _ => BoardAction::View {
                subject: someone(lots),
                data: match lots.pick(4) {
                    0 => some_data(lots),
                    _ => "boardMaterial".to_owned(),
                },
            },
        };
        ViewerInput::Board(BoardRequest { session, action })
    }

    /// Remembers a log-in where the next request will look for it.
    pub(super) fn remember(&mut self, request: &ViewerInput, session: Option<u64>) {
        let place = match request {
            ViewerInput::Careweb(request) => office_of(request).map(|office| (PAGES, office)),
            ViewerInput::CareSoftware(request) => {
                office_of(request).map(|office| (SOFTWARE, office))
            }
            ViewerInput::Mynaportal(PersonRequest {
                action: PersonAction::LogIn { card },
                ..
            }) => {
                let human = (0..HUMANS.len()).find(|human| self.card(*human) == *card);
                human.map(|human| (PORTAL, human))
            }
            ViewerInput::Board(BoardRequest {
                action:
                    BoardAction::LogIn {
                        insurer, member, ..
                    },
                ..
            }) => {
                let found = MEMBERS
                    .iter()
                    .position(|(of, number)| INSURERS[*of] == insurer && number == member);
                found.map(|member| (BOARD, member))
            }
            _ => None,
        };
        if let (Some((door, holder)), Some(session)) = (place, session) {
            self.visits[door][holder] = Some(session);
            self.logged_in[door][holder] = Some(self.world.now());
        }
    }
}

/// Something that chooses: the lots of a step, or always the first.
pub(super) trait Choice {
    /// One of so many.
    fn choose(&mut self, of: usize) -> usize;
}

impl Choice for Lots {
    fn choose(&mut self, of: usize) -> usize {
        self.pick(of)
    }
}

fn person_log_in(card: String) -> ViewerInput {
    ViewerInput::Mynaportal(PersonRequest {
        session: None,
        action: PersonAction::LogIn { card },
    })
}

fn office_of(request: &OfficeRequest) -> Option<usize> {
    let OfficeAction::LogIn { certificate, .. } = &request.action else {
        return None;
    };
    let certificate = certificate.as_deref()?;
    OFFICES
        .iter()
        .position(|(number, _)| certificate == format!("office-{number}"))
}

pub(super) fn office_request(
    door: usize,
    session: Option<u64>,
    action: OfficeAction,
) -> ViewerInput {
    let request = OfficeRequest { session, action };
    if door == SOFTWARE {
        ViewerInput::CareSoftware(request)
    } else {
        ViewerInput::Careweb(request)
    }
}

pub(super) fn subject_of(person: usize) -> Subject {
    let (insurer, number, _) = PEOPLE[person];
    Subject {
        insurer: INSURERS[insurer].to_owned(),
        insured: number.to_owned(),
    }
}

/// Mostly the first person, seldom nobody.
fn someone(lots: &mut Lots) -> Subject {
    match lots.pick(24) {
        0 => Subject {
            insurer: INSURERS[0].to_owned(),
            insured: "0000000099".to_owned(),
        },
        1 => Subject {
            insurer: "139999".to_owned(),
            insured: PEOPLE[0].1.to_owned(),
        },
        2 => Subject {
            insurer: INSURERS[0].to_owned(),
            insured: "1".to_owned(),
        },
        place => subject_of([0, 0, 0, 0, 1, 2, 3][place % 7]),
    }
}

fn some_data(lots: &mut Lots) -> String {
    let data = ViewingRules::data();
    match lots.pick(data.len() + 6) {
        place if place < data.len() => data[place].to_owned(),
        12 => "person".to_owned(),
        13 | 14 => "surveySheet".to_owned(),
        15 => "carePlan".to_owned(),
        _ => "insuranceCard".to_owned(),
    }
}

fn opinion(subject: Subject, written: Date, lots: &mut Lots) -> OpinionSheet {
    OpinionSheet {
        subject,
        application: lots.one(&["A-0", "A-0", "A-0", "A-1", "A-2"]).to_owned(),
        written,
        physician: "山田".to_owned(),
        diagnosis: if lots.seldom(4) { "" } else { "骨粗鬆症" }.to_owned(),
        remarks: lots.seldom(2).then(|| "特記".to_owned()),
    }
}

fn staff_views(lots: &mut Lots) -> ViewerInput {
    ViewerInput::Municipality(StaffRequest {
        account: lots
            .one(&[INSURERS[0], INSURERS[0], INSURERS[1], "139999"])
            .to_owned(),
        environment: lots
            .one(&[ENVIRONMENT, ENVIRONMENT, ENVIRONMENT, "production"])
            .to_owned(),
        subject: someone(lots),
        data: some_data(lots),
    })
}

/// The first row of every kind, for the stage that a history begins on.
pub(super) fn first_rows(player: &mut Player, person: usize) {
    for kind in 0..10 {
        player.link_row(person, kind, 0, false, date(2026, 3, 31), 0);
    }
    // An opinion that a facility wrote.
    player.link_row(person, 6, 1, false, date(2026, 3, 31), 1);
}

/// A value to print when something is wrong.
pub(super) fn shown(request: &ViewerInput) -> Value {
    serde_json::to_value(request).unwrap_or(Value::Null)
}

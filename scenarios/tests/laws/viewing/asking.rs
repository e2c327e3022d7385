//! What can happen to people, offices and those who want to see: decoded from numbers, so that a
//! history can be drawn and shrunk as a list of them.

use jiff::civil::Date;
use serde_json::Value;
use tekigo::auditor::viewing::ViewingRules;
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, CardReading, CarePlanSheet, FourItems, InstitutionAction,
    InstitutionRequest, LifeSheet, OfficeAction, OfficeRequest, OpinionSheet, PersonAction,
    PersonRequest, PlanRequestSheet, Reader, StaffRequest, Subject, ViewerInput,
};

use super::changes::{BIRTHS, KANA};
use super::lots::{Choice, Lots};
use super::player::{
    ENVIRONMENT, HUMANS, INSTITUTIONS, INSURERS, JOBS, MEMBERS, OFFICES, PEOPLE, Player,
};

const PAGES: usize = 0;
const SOFTWARE: usize = 1;
const PORTAL: usize = 2;
const BOARD: usize = 3;

/// A step of a history: what, and numbers to choose by.
pub(super) type Step = (u8, u32);

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
            65..=69 => return Turn::Asks(self.log_in_or_guess(&mut lots)),
            70..=139 => return Turn::Asks(self.office_views(&mut lots)),
            140..=199 => return Turn::Asks(self.office_acts(&mut lots)),
            200..=214 => return Turn::Asks(self.person_views(&mut lots)),
            215..=232 => return Turn::Asks(self.institution_asks(&mut lots)),
            233..=244 => return Turn::Asks(self.member_views(&mut lots)),
            245..=255 => return Turn::Asks(staff_views(&mut lots)),
        }
        Turn::Happens
    }

    /// Logs in; seldom many times over, as somebody does who tries passwords.
    fn log_in_or_guess(&mut self, lots: &mut Lots) -> ViewerInput {
        let times = lots.one(&[1, 1, 1, 1, 1, 1, 5, 6]);
        let request = self.log_in(lots);
        for _ in 1..times {
            let (viewed, finding) = self.ask(request.clone());
            self.remember(&request, viewed.session);
            self.aside.push((request.clone(), finding));
        }
        request
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
            ViewerInput::Mynaportal(_)
            | ViewerInput::Medical(_)
            | ViewerInput::Board(_)
            | ViewerInput::Municipality(_) => None,
        };
        if let (Some((door, holder)), Some(session)) = (place, session) {
            self.visits[door][holder] = Some(session);
            self.logged_in[door][holder] = Some(self.world.now());
        }
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

/// A value to print when something is wrong.
pub(super) fn shown(request: &ViewerInput) -> Value {
    serde_json::to_value(request).unwrap_or(Value::Null)
}

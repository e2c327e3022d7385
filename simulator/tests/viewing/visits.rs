//! How those who want to see something ask, in the words of a test.

use serde_json::json;
use serde_json::value::RawValue;
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, CardReading, CarePlanSheet, FourItems, InstitutionAction,
    InstitutionRequest, LifeSheet, OfficeAction, OfficeRequest, PersonAction, PersonRequest,
    Reader, StaffRequest, Subject, Viewed, ViewerInput,
};
use tekigo_simulator::{Input, reply_to};

use super::papers::{papers, person};
use super::scene::{
    AOBA, ENVIRONMENT, HANA, HANA_BIRTH, HANA_KANA, HANA_NUMBER, HANA_SEX, HOSHIAI, HOSPITAL,
    OTHER_NUMBER, Scene, TSUKIMI, done, hana, subject,
};

impl Scene {
    /// Logs a user of an office in to the pages.
    pub(crate) fn log_in(&mut self, office: &str, user: &str) -> Office {
        let viewed = self.ask(ViewerInput::Careweb(OfficeRequest {
            session: None,
            action: OfficeAction::LogIn {
                certificate: Some(format!("office-{office}")),
                user: user.to_owned(),
                password: self.password(user),
            },
        }));
        Office {
            session: Some(viewed.session.expect("a log-in")),
        }
    }

    /// 青葉's care manager, who has typed the four items and registered the office as responsible.
    pub(crate) fn aoba(&mut self) -> Office {
        self.responsible(AOBA, "care_manager")
    }

    pub(crate) fn responsible(&mut self, office: &str, user: &str) -> Office {
        let office = self.log_in(office, user);
        done(self.ask(office.types_hana()));
        done(self.ask(office.asks(OfficeAction::BecomeResponsible(hana()))));
        office
    }

    /// The same by her card.
    pub(crate) fn aoba_by_card(&mut self) -> Office {
        let aoba = self.aoba_user("care_manager");
        let card = reading(self.token(HANA_NUMBER));
        done(self.ask(aoba.asks(OfficeAction::ReadCard(card))));
        done(self.ask(aoba.asks(OfficeAction::BecomeResponsible(hana()))));
        aoba
    }

    /// A user of 青葉 who has just logged in.
    pub(crate) fn aoba_user(&mut self, user: &str) -> Office {
        self.log_in(AOBA, user)
    }

    /// ほしあい市 set up and complete, with somebody who has Hana's number there.
    pub(crate) fn complete_hoshiai(&mut self) {
        self.begin(HOSHIAI);
        let mut neighbour = person(HANA, OTHER_NUMBER);
        neighbour["basicFiveInfo"]["nameKana"] = json!("ホシアイ　ツキコ");
        self.link(HOSHIAI, "person", neighbour);
        for (kind, record) in papers(HANA) {
            self.link(HOSHIAI, kind, record);
        }
        let today = self.world.now().date().to_string();
        self.complete(HOSHIAI, &today, 1);
    }

    /// 青葉 is responsible for Hana's namesake by number in ほしあい市.
    pub(crate) fn aoba_serves_neighbour(&mut self, aoba: &Office) {
        let neighbour = subject(HOSHIAI, HANA);
        let typed = aoba.types(neighbour.clone(), "ホシアイ　ツキコ", HANA_BIRTH, HANA_SEX);
        done(self.ask(typed));
        done(self.ask(aoba.asks(OfficeAction::BecomeResponsible(neighbour))));
    }

    /// つきみ病院 reads Hana's card.
    pub(crate) fn hospital_reads_hana(&mut self) -> Viewed {
        let card = reading(self.token(HANA_NUMBER));
        self.hospital(HOSPITAL, InstitutionAction::ReadCard(card))
    }

    /// An institution looks at one kind of Hana's data.
    pub(crate) fn hospital_views(&mut self, institution: &str, data: &str) -> Viewed {
        let action = InstitutionAction::View {
            subject: hana(),
            data: data.to_owned(),
        };
        self.hospital(institution, action)
    }

    pub(crate) fn hospital(&mut self, institution: &str, action: InstitutionAction) -> Viewed {
        self.ask(ViewerInput::Medical(InstitutionRequest {
            institution: institution.to_owned(),
            certificate: Some(format!("line-{institution}")),
            action,
        }))
    }

    /// The holder of a card logs in to マイナポータル.
    pub(crate) fn portal(&mut self, number: &str) -> Option<u64> {
        let viewed = self.ask(ViewerInput::Mynaportal(PersonRequest {
            session: None,
            action: PersonAction::LogIn {
                card: self.token(number),
            },
        }));
        done(viewed).session
    }

    pub(crate) fn portal_views(&mut self, session: Option<u64>, data: &str) -> Viewed {
        self.portal_views_of(session, hana(), data)
    }

    pub(crate) fn portal_views_of(
        &mut self,
        session: Option<u64>,
        subject: Subject,
        data: &str,
    ) -> Viewed {
        let data = data.to_owned();
        let action = PersonAction::View { subject, data };
        self.ask(ViewerInput::Mynaportal(PersonRequest { session, action }))
    }

    /// A member of a board logs in.
    pub(crate) fn board_member(&mut self, insurer: &str, member: &str) -> Option<u64> {
        let viewed = self.ask(ViewerInput::Board(BoardRequest {
            session: None,
            action: BoardAction::LogIn {
                insurer: insurer.to_owned(),
                member: member.to_owned(),
                password: self.password(member),
            },
        }));
        done(viewed).session
    }

    pub(crate) fn board_views(&mut self, session: Option<u64>, data: &str) -> Viewed {
        let action = BoardAction::View {
            subject: hana(),
            data: data.to_owned(),
        };
        self.ask(ViewerInput::Board(BoardRequest { session, action }))
    }

    /// A municipality's staff look at Hana's data.
    pub(crate) fn municipality_views(&mut self, account: &str, data: &str) -> Viewed {
        self.staff(account, ENVIRONMENT, data)
    }

    pub(crate) fn staff(&mut self, account: &str, environment: &str, data: &str) -> Viewed {
        self.ask(ViewerInput::Municipality(StaffRequest {
            account: account.to_owned(),
            environment: environment.to_owned(),
            subject: hana(),
            data: data.to_owned(),
        }))
    }

    /// An office registers what it can of Hana.
    pub(crate) fn register_papers(&mut self, office: &Office) {
        let on = jiff::civil::date(2026, 11, 2);
        self.ask(office.asks(OfficeAction::RegisterCarePlan(CarePlanSheet {
            subject: hana(),
            number: "1".to_owned(),
            created: on,
            contents: "歩行".to_owned(),
        })));
        done(self.ask(office.asks(OfficeAction::RegisterLife(LifeSheet {
            subject: hana(),
            measured: on,
            contents: "ADL 12点".to_owned(),
        }))));
    }

    /// 青葉's care manager looks at one kind of Hana's data, with all that it takes.
    pub(crate) fn aoba_and_view(&mut self, data: &str) -> Viewed {
        let aoba = self.aoba();
        self.view(&aoba, data)
    }

    /// What PMH answers to a registration before the law is in force.
    pub(crate) fn linked_before_the_law(&mut self) -> Option<String> {
        let path = "setupStartRegistrationTasks";
        let mut request = self.request(TSUKIMI, "POST", path, "linkSegment=1");
        let body = json!([{ "insurerNumber": TSUKIMI, "baselineDate": "2026-03-31" }]);
        request.body = RawValue::from_string(body.to_string()).ok();
        let effects = self.take(Input::LinkRequest(request));
        let reply = reply_to(&effects, self.requests).expect("an answer");
        let code = reply.body["errors"][0]["code"].as_str();
        code.map(str::to_owned)
    }

    /// Shows one kind of Hana's data to a user of an office.
    pub(crate) fn view(&mut self, office: &Office, data: &str) -> Viewed {
        self.ask(office.views(data))
    }
}

/// A user of an office who is logged in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Office {
    pub(crate) session: Option<u64>,
}

impl Office {
    pub(crate) fn asks(&self, action: OfficeAction) -> ViewerInput {
        ViewerInput::Careweb(OfficeRequest {
            session: self.session,
            action,
        })
    }

    pub(crate) fn views(&self, data: &str) -> ViewerInput {
        self.views_of(hana(), data)
    }

    pub(crate) fn views_of(&self, subject: Subject, data: &str) -> ViewerInput {
        let data = data.to_owned();
        self.asks(OfficeAction::View { subject, data })
    }

    pub(crate) fn types_hana(&self) -> ViewerInput {
        self.types(hana(), HANA_KANA, HANA_BIRTH, HANA_SEX)
    }

    pub(crate) fn types(
        &self,
        subject: Subject,
        kana: &str,
        birth: &str,
        sex: &str,
    ) -> ViewerInput {
        self.asks(OfficeAction::RegisterUser(FourItems {
            subject,
            kana: kana.to_owned(),
            birth: birth.to_owned(),
            sex: sex.to_owned(),
        }))
    }
}

/// A reading of a card as it should be.
pub(crate) fn reading(card: String) -> CardReading {
    CardReading {
        card,
        face_compared: true,
        reader: Reader::CardReader,
    }
}

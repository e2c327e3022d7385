//! What each door had to answer, and what an answer changes in the books.

use serde_json::{Value, json};

use super::books::{Number, text};
use super::finding::Given;
use super::gates::{Looker, Now, number_of};
use super::people::Visitor;
use super::reading::ViewingAuditor;
use super::rules::{self, office_role};

type Outcome = Result<Given, &'static str>;

fn shown(disclosure: Value) -> Given {
    Given {
        disclosure: Some(disclosure),
        ..Given::default()
    }
}

fn logged_in() -> Given {
    Given {
        session: true,
        ..Given::default()
    }
}

impl ViewingAuditor {
    /// What a door had to answer.
    pub(super) fn expect(&self, now: Now, request: &Value) -> Outcome {
        match text(request, "door") {
            "municipality" => self.municipality(now, request),
            "medical" => self.medical(now, request),
            door => match text(request, "action") {
                "log_in" => self.log_in(now, door, request).map(|_| logged_in()),
                "refresh" => {
                    let people = &self.people;
                    people.may_renew(&self.rules, door, request, now.second)?;
                    Ok(Given::default())
                }
                "log_out" => {
                    self.people.may_leave(door, request)?;
                    Ok(Given::default())
                }
                _ => self.visit(now, door, request),
            },
        }
    }

    fn log_in(&self, now: Now, door: &str, request: &Value) -> Result<Visitor, &'static str> {
        match door {
            "mynaportal" => {
                let human = self.checks.present(now.today, text(request, "card"))?;
                Ok(Visitor::Human(human.to_owned()))
            }
            "board" => self
                .people
                .member_log_in((&self.rules, now.second), request),
            _ => self
                .people
                .office_log_in((&self.rules, now.second), request),
        }
    }

    fn visit(&self, now: Now, door: &str, request: &Value) -> Outcome {
        let people = &self.people;
        let visitor = people.visitor(&self.rules, door, request, now.second)?;
        let (subject, data) = (number_of(request), text(request, "data"));
        match visitor {
            Visitor::Human(human) => self
                .view(now, Looker::Human(human), &subject, data)
                .map(shown),
            Visitor::Member(insurer, member) => {
                let looker = Looker::Member(insurer, member);
                let shown = self.view(now, looker, &subject, data).map(shown)?;
                Ok(self.noting_reading(now, shown, &subject, member))
            }
            Visitor::Office(..) => {
                let (number, office, job) = people.office_of(visitor)?;
                let action = text(request, "action");
                if door == "care_software" && rules::is_browser_only(action, data) {
                    return Err("browser_only");
                }
                let looker = Looker::Office(number, office_role(&office.service, job));
                if action == "view" {
                    return self.view(now, looker, &subject, data).map(shown);
                }
                self.office_duty(now, (number, office), looker, request)
            }
        }
    }

    /// Materials that are read for the first time are told to the municipality.
    fn noting_reading(&self, now: Now, mut given: Given, subject: &Number, member: &str) -> Given {
        let page = self.books.pages.get(subject);
        let mut told = std::collections::BTreeSet::new();
        for material in page.into_iter().flat_map(|page| page.materials_of(member)) {
            let meeting = text(material, "meetingNumber").to_owned();
            let reading = (subject.clone(), meeting.clone(), member.to_owned());
            if !self.books.materials_read.contains(&reading) && told.insert(meeting.clone()) {
                given.made.push(json!({
                    "kind": "boardReadingStatus",
                    "record": {
                        "insurerNumber": subject.0, "insuredNumber": subject.1,
                        "meetingNumber": meeting, "memberNumber": member,
                        "readDate": now.today.to_string(),
                    },
                }));
            }
        }
        given
    }

    fn medical(&self, now: Now, request: &Value) -> Outcome {
        let name = self.people.institution(request)?;
        let code = text(request, "institution");
        let looker = Looker::Institution(code);
        match text(request, "action") {
            "read_card" => self.read_card(now, looker, request),
            "send_opinion" => self.opinion(now, (code, name), request),
            _ => {
                let subject = number_of(request);
                self.view(now, looker, &subject, text(request, "data"))
                    .map(shown)
            }
        }
    }

    fn municipality(&self, now: Now, request: &Value) -> Outcome {
        let account = text(request, "account");
        let key = (account.to_owned(), text(request, "environment").to_owned());
        if !self.people.ready.contains(&key) {
            return Err("account_not_ready");
        }
        let looker = Looker::Municipality(account);
        self.view(now, looker, &number_of(request), text(request, "data"))
            .map(shown)
    }

    /// Writes what was done into the books.
    pub(super) fn commit(&mut self, now: Now, request: &Value, answer: &Value) {
        let door = text(request, "door");
        let subject = number_of(request);
        let by = match door {
            "medical" => format!("I{}", text(request, "institution")),
            _ => match self.people.visitor(&self.rules, door, request, now.second) {
                Ok(Visitor::Office(number, _)) => format!("O{number}"),
                _ => String::new(),
            },
        };
        match text(request, "action") {
            "log_in" => {
                let number = answer.get("session").and_then(Value::as_u64);
                if let (Ok(visitor), Some(number)) = (self.log_in(now, door, request), number) {
                    self.people.open(door, number, visitor, now.second);
                }
            }
            "refresh" => self.people.renew(door, request, now.second),
            "log_out" => self.people.leave(door, request),
            "register_user" => self.checks.note_typed(by, subject, now.second),
            "read_card" => {
                if let Some(human) = super::books::tag(text(request, "card")) {
                    self.checks.note_read(by, human, now.second);
                }
            }
            "become_responsible" => {
                let office = by.trim_start_matches('O').to_owned();
                self.people.responsible.insert((office, subject));
            }
            "end_responsibility" => {
                let office = by.trim_start_matches('O').to_owned();
                self.people.responsible.remove(&(office, subject));
            }
            _ => {}
        }
        let made = answer.get("made").and_then(Value::as_array);
        for made in made.into_iter().flatten() {
            self.note_made(text(made, "kind"), &made["record"]);
        }
    }

    fn note_made(&mut self, kind: &str, record: &Value) {
        let number = (
            text(record, "insurerNumber").to_owned(),
            text(record, "insuredNumber").to_owned(),
        );
        match kind {
            "consent" => self.books.store("consent", record),
            "planRequest" => self.books.notices_sent += 1,
            "physicianOpinion" => {
                let application = text(record, "applicationNumber").to_owned();
                self.books.opinions_sent.insert((number, application));
            }
            "boardReadingStatus" => {
                let meeting = text(record, "meetingNumber").to_owned();
                let member = text(record, "memberNumber").to_owned();
                self.books.materials_read.insert((number, meeting, member));
            }
            "carePlan" => self.note_paper("carePlan", "planNumber", number, record),
            "lifeData" => self.note_paper("lifeData", "lifeNumber", number, record),
            _ => {}
        }
    }

    fn note_paper(&mut self, kind: &'static str, item: &str, number: Number, record: &Value) {
        let office = text(record, "officeNumber").to_owned();
        let paper = (kind, office, text(record, item).to_owned());
        let page = self.books.pages.entry(number).or_default();
        page.papers.insert(paper, record.clone());
    }
}

//! What comes of what viewers do beside viewing.

use serde_json::{Value, json};

use super::books::{Number, Page, day, text};
use super::finding::Given;
use super::gates::{Looker, Now, number_of};
use super::people::Office;
use super::reading::ViewingAuditor;
use super::rules;

type Outcome = Result<Given, &'static str>;

fn made(kind: &str, record: Value) -> Given {
    Given {
        made: vec![json!({ "kind": kind, "record": record })],
        ..Given::default()
    }
}

impl ViewingAuditor {
    /// What an office that has come in does.
    pub(super) fn office_duty(
        &self,
        now: Now,
        (number, office): (&str, &Office),
        looker: Looker<'_>,
        request: &Value,
    ) -> Outcome {
        let subject = number_of(request);
        let allowed = |duty: &str| match rules::may(&office.service, duty) {
            true => Ok(()),
            false => Err("not_entitled"),
        };
        match text(request, "action") {
            "register_user" => self.register_user(now, looker, &subject, request),
            "read_card" => self.read_card(now, looker, request),
            "become_responsible" => {
                self.identified(now, looker, &subject)?;
                match self.is_responsible(number, &subject) {
                    true => Err("already_responsible"),
                    false => Ok(Given::default()),
                }
            }
            "end_responsibility" => match self.is_responsible(number, &subject) {
                true => Ok(Given::default()),
                false => Err("not_responsible"),
            },
            "take_consent" => {
                allowed("take_consent")?;
                self.take_consent(now, number, looker, &subject)
            }
            "submit_plan_request" => {
                allowed(match text(request, "request_type") {
                    "2" => "submit_preventive_plan_request",
                    _ => "submit_plan_request",
                })?;
                self.identified(now, looker, &subject)?;
                self.plan_request(now, (number, office), &subject, request)
            }
            "send_opinion" => {
                allowed("send_opinion")?;
                self.opinion(now, (number, &office.name), request)
            }
            "register_care_plan" => {
                allowed("register_care_plan")?;
                self.paper(now, number, looker, &subject, "carePlan", request)
            }
            "register_life" => self.paper(now, number, looker, &subject, "lifeData", request),
            _ => Err("not_logged_in"),
        }
    }

    fn identified(
        &self,
        now: Now,
        looker: Looker<'_>,
        subject: &Number,
    ) -> Result<&Page, &'static str> {
        let page = self.shown_person(now, looker, subject, "")?;
        self.identity(now, looker, subject, page)?;
        Ok(page)
    }

    fn register_user(
        &self,
        now: Now,
        looker: Looker<'_>,
        subject: &Number,
        request: &Value,
    ) -> Outcome {
        let page = self.shown_person(now, looker, subject, "")?;
        let five = page.holder();
        let agrees = [
            ("kana", "nameKana"),
            ("birth", "dateOfBirth"),
            ("sex", "sex"),
        ]
        .iter()
        .all(|(typed, held)| text(request, typed) == text(&five, held));
        if agrees {
            Ok(Given::default())
        } else {
            Err("four_items_differ")
        }
    }

    /// A card is read: whoever's data may be seen at all is named.
    pub(super) fn read_card(&self, now: Now, looker: Looker<'_>, request: &Value) -> Outcome {
        let human = self.checks.read(&self.rules, now.today, request)?;
        let numbers = self.books.numbers_of(human);
        let seen = numbers.filter(|number| self.shown_person(now, looker, number, "").is_ok());
        let people =
            seen.map(|(insurer, insured)| json!({ "insurer": insurer, "insured": insured }));
        Ok(Given {
            people: people.collect(),
            ..Given::default()
        })
    }

    fn take_consent(
        &self,
        now: Now,
        office: &str,
        looker: Looker<'_>,
        subject: &Number,
    ) -> Outcome {
        let page = self.identified(now, looker, subject)?;
        if !self.is_responsible(office, subject) {
            return Err("not_responsible");
        }
        let is_certified = page.rows_of("certification").any(|row| {
            !["", "01", "06"].contains(&text(row, "careLevel"))
                && day(row, "validFrom").is_some_and(|from| from <= now.today)
                && day(row, "validTo").is_some_and(|to| to >= now.today)
        });
        if !is_certified {
            return Err("not_certified");
        }
        let mut applications = page
            .rows_of("certification")
            .chain(page.rows_of("certificationProgress"));
        if applications.any(|row| day(row, "applicationDate") >= Some(self.rules.law)) {
            return Err("applied_since");
        }
        if self.consent(now.today, page).is_ok() {
            return Err("consent_given");
        }
        Ok(made(
            "consent",
            json!({
                "insurerNumber": subject.0, "insuredNumber": subject.1, "consentState": "1",
                "takenDate": now.today.to_string(), "takenBy": "2", "officeNumber": office,
            }),
        ))
    }

    fn plan_request(
        &self,
        now: Now,
        (number, office): (&str, &Office),
        subject: &Number,
        request: &Value,
    ) -> Outcome {
        let assented = request.get("assented") == Some(&Value::Bool(true));
        if !assented && !self.rules.assent_waived {
            return Err("not_assented");
        }
        if !["1", "2"].contains(&text(request, "request_type")) {
            return Err("content");
        }
        let notice = self.books.notices_sent + 1;
        Ok(made(
            "planRequest",
            json!({
                "insurerNumber": subject.0, "insuredNumber": subject.1,
                "requestNumber": format!("K-{notice:08}"), "requestType": text(request, "request_type"),
                "submittedDate": now.today.to_string(), "officeNumber": number,
                "officeName": office.name, "startDate": text(request, "start"), "isAssented": assented,
            }),
        ))
    }

    /// An opinion goes to a municipality that has been set up, and that has asked for it.
    pub(super) fn opinion(
        &self,
        now: Now,
        (author, name): (&str, &str),
        request: &Value,
    ) -> Outcome {
        let subject = number_of(request);
        if !self.is_town_open(&subject.0, now.today) {
            return Err("municipality_not_open");
        }
        self.books.present(&subject)?;
        let application = text(request, "application").to_owned();
        let asked = (subject.clone(), application.clone(), author.to_owned());
        if !self.books.asked.contains(&asked) {
            return Err("not_asked");
        }
        if self
            .books
            .opinions_sent
            .contains(&(subject.clone(), application.clone()))
        {
            return Err("already_sent");
        }
        if text(request, "physician").is_empty() || text(request, "diagnosis").is_empty() {
            return Err("content");
        }
        let mut record = json!({
            "insurerNumber": subject.0, "insuredNumber": subject.1, "applicationNumber": application,
            "isDeleted": false, "writtenDate": text(request, "written"), "institutionCode": author,
            "institutionName": name, "physicianName": text(request, "physician"),
            "diagnosis": text(request, "diagnosis"),
        });
        if let Some(remarks) = request.get("remarks").filter(|remarks| remarks.is_string()) {
            record["remarks"] = remarks.clone();
        }
        Ok(made("physicianOpinion", record))
    }

    fn paper(
        &self,
        now: Now,
        office: &str,
        looker: Looker<'_>,
        subject: &Number,
        kind: &str,
        request: &Value,
    ) -> Outcome {
        let page = self.shown_person(now, looker, subject, "")?;
        match self.identity(now, looker, subject, page) {
            // Whoever is responsible has checked once; that is enough to write.
            Ok(()) | Err("identity_too_old") => {}
            Err(reason) => return Err(reason),
        }
        if !self.is_responsible(office, subject) {
            return Err("not_responsible");
        }
        let (number, on) = match kind {
            "carePlan" => (("planNumber", "number"), ("createdDate", "created")),
            _ => (("lifeNumber", "measured"), ("measuredDate", "measured")),
        };
        let mut record = json!({
            "insurerNumber": subject.0, "insuredNumber": subject.1, "officeNumber": office,
            "contents": text(request, "contents"),
        });
        record[number.0] = json!(text(request, number.1));
        record[on.0] = json!(text(request, on.1));
        Ok(made(kind, record))
    }
}

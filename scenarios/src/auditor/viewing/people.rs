//! Who comes through the doors, and how long they stay.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::books::{Number, text};
use super::rules::ViewingRules;

/// An office.
#[derive(Debug, Clone, Default)]
pub(super) struct Office {
    pub(super) name: String,
    pub(super) service: String,
    certificate: String,
    /// Job and password by user.
    users: BTreeMap<String, (String, String)>,
}

/// Whom a door has let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Visitor {
    /// 事業所番号 and user.
    Office(String, String),
    /// The tag of the 個人番号.
    Human(String),
    /// 保険者番号 and member.
    Member(String, String),
}

/// A log-in, in seconds of the run.
#[derive(Debug, Clone)]
struct Visit {
    visitor: Visitor,
    opened: i64,
    renewed: i64,
}

/// Offices, institutions, members, and who is logged in where.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    pub(super) offices: BTreeMap<String, Office>,
    /// Name and certificate by 医療機関コード.
    institutions: BTreeMap<String, (String, String)>,
    members: BTreeMap<(String, String), String>,
    /// Accounts of PMH whose staff have changed the first password.
    pub(super) ready: BTreeSet<(String, String)>,
    visits: BTreeMap<(String, u64), Visit>,
    /// Wrong passwords in a row, and until when they lock, by whose house and which id.
    wrong: BTreeMap<(String, String), (u32, i64)>,
    /// 担当事業所.
    pub(super) responsible: BTreeSet<(String, Number)>,
}

impl People {
    pub(super) fn note_office(&mut self, fact: &Value) {
        let users = fact.get("users").and_then(Value::as_array);
        let users = users.into_iter().flatten().map(|user| {
            let known_by = (
                text(user, "job").to_owned(),
                text(user, "password").to_owned(),
            );
            (text(user, "id").to_owned(), known_by)
        });
        let office = Office {
            name: text(fact, "name").to_owned(),
            service: text(fact, "service").to_owned(),
            certificate: text(fact, "certificate").to_owned(),
            users: users.collect(),
        };
        self.offices.insert(text(fact, "number").to_owned(), office);
    }

    pub(super) fn note_institution(&mut self, fact: &Value) {
        let known_by = (
            text(fact, "name").to_owned(),
            text(fact, "certificate").to_owned(),
        );
        self.institutions
            .insert(text(fact, "code").to_owned(), known_by);
    }

    pub(super) fn note_member(&mut self, fact: &Value) {
        let member = (
            text(fact, "insurer").to_owned(),
            text(fact, "number").to_owned(),
        );
        self.members
            .insert(member, text(fact, "password").to_owned());
    }

    /// Who logs in as an office's user.
    pub(super) fn office_log_in(
        &self,
        (rules, now): (&ViewingRules, i64),
        request: &Value,
    ) -> Result<Visitor, &'static str> {
        let (number, office) = self.office_with(request).ok_or("certificate_wrong")?;
        let user = text(request, "user");
        let id = (number.clone(), user.to_owned());
        self.not_locked(&id, now)?;
        match office.users.get(user) {
            Some((_, password)) if password == text(request, "password") => {
                Ok(Visitor::Office(number.clone(), user.to_owned()))
            }
            _ => Err(self.wrong_once_more(rules, &id)),
        }
    }

    /// The office whose certificate comes.
    fn office_with(&self, request: &Value) -> Option<(&String, &Office)> {
        let certificate = request.get("certificate").and_then(Value::as_str);
        self.offices
            .iter()
            .find(|(_, office)| Some(office.certificate.as_str()) == certificate)
    }

    fn not_locked(&self, id: &(String, String), now: i64) -> Result<(), &'static str> {
        match self.wrong.get(id) {
            Some((_, until)) if now < *until => Err("log_in_locked"),
            _ => Ok(()),
        }
    }

    /// What a wrong password gets: the last that an id has locks it.
    fn wrong_once_more(&self, rules: &ViewingRules, id: &(String, String)) -> &'static str {
        let before = self.wrong.get(id).map_or(0, |(times, _)| *times);
        match before + 1 < rules.wrong_passwords_max {
            true => "log_in_failed",
            false => "log_in_locked",
        }
    }

    /// Counts a log-in that was tried. A password that comes while its id is locked counts for nothing.
    pub(super) fn note_tried(
        &mut self,
        (rules, now): (&ViewingRules, i64),
        request: &Value,
        is_right: bool,
    ) {
        let id = match text(request, "door") {
            "mynaportal" => return,
            "board" => (
                text(request, "insurer").to_owned(),
                text(request, "member").to_owned(),
            ),
            _ => match self.office_with(request) {
                Some((number, _)) => (number.clone(), text(request, "user").to_owned()),
                None => return,
            },
        };
        if self.not_locked(&id, now).is_err() {
            return;
        }
        if is_right {
            self.wrong.remove(&id);
            return;
        }
        let (times, until) = self.wrong.entry(id).or_default();
        *times += 1;
        if *times == rules.wrong_passwords_max {
            (*times, *until) = (0, now + rules.lock_seconds);
        }
    }

    /// Who logs in as a member of a board.
    pub(super) fn member_log_in(
        &self,
        (rules, now): (&ViewingRules, i64),
        request: &Value,
    ) -> Result<Visitor, &'static str> {
        let member = (
            text(request, "insurer").to_owned(),
            text(request, "member").to_owned(),
        );
        self.not_locked(&member, now)?;
        match self.members.get(&member) {
            Some(password) if password == text(request, "password") => {
                Ok(Visitor::Member(member.0, member.1))
            }
            _ => Err(self.wrong_once_more(rules, &member)),
        }
    }

    /// The name of an institution that comes with its own certificate.
    pub(super) fn institution(&self, request: &Value) -> Result<&str, &'static str> {
        let certificate = request.get("certificate").and_then(Value::as_str);
        match self.institutions.get(text(request, "institution")) {
            Some((name, own)) if Some(own.as_str()) == certificate => Ok(name),
            _ => Err("certificate_wrong"),
        }
    }

    /// The office of a user who is there now, and the user's job.
    pub(super) fn office_of(
        &self,
        visitor: &Visitor,
    ) -> Result<(&str, &Office, &str), &'static str> {
        let Visitor::Office(number, user) = visitor else {
            return Err("not_logged_in");
        };
        let (number, office) = self.offices.get_key_value(number).ok_or("not_logged_in")?;
        let (job, _) = office.users.get(user).ok_or("not_logged_in")?;
        Ok((number, office, job))
    }

    pub(super) fn open(&mut self, door: &str, number: u64, visitor: Visitor, now: i64) {
        let visit = Visit {
            visitor,
            opened: now,
            renewed: now,
        };
        self.visits.insert((door.to_owned(), number), visit);
    }

    /// Who is logged in under a number, if the time has not run out.
    pub(super) fn visitor(
        &self,
        rules: &ViewingRules,
        door: &str,
        request: &Value,
        now: i64,
    ) -> Result<&Visitor, &'static str> {
        let visit = self.visit(door, request)?;
        let (access, whole) = lasting(rules, door);
        if now - visit.renewed < access {
            Ok(&visit.visitor)
        } else if now - visit.opened < whole {
            Err("token_expired")
        } else {
            Err("session_ended")
        }
    }

    /// Whether a log-in can be renewed.
    pub(super) fn may_renew(
        &self,
        rules: &ViewingRules,
        door: &str,
        request: &Value,
        now: i64,
    ) -> Result<(), &'static str> {
        let visit = self.visit(door, request)?;
        let (_, whole) = lasting(rules, door);
        if now - visit.opened < whole {
            Ok(())
        } else {
            Err("session_ended")
        }
    }

    /// Whether there is a log-in to end.
    pub(super) fn may_leave(&self, door: &str, request: &Value) -> Result<(), &'static str> {
        self.visit(door, request).map(|_| ())
    }

    pub(super) fn renew(&mut self, door: &str, request: &Value, now: i64) {
        if let Some(number) = number_of(request)
            && let Some(visit) = self.visits.get_mut(&(door.to_owned(), number))
        {
            visit.renewed = now;
        }
    }

    pub(super) fn leave(&mut self, door: &str, request: &Value) {
        if let Some(number) = number_of(request) {
            self.visits.remove(&(door.to_owned(), number));
        }
    }

    fn visit(&self, door: &str, request: &Value) -> Result<&Visit, &'static str> {
        let number = number_of(request).ok_or("not_logged_in")?;
        let visit = self.visits.get(&(door.to_owned(), number));
        visit.ok_or("not_logged_in")
    }
}

fn number_of(request: &Value) -> Option<u64> {
    request.get("session").and_then(Value::as_u64)
}

fn lasting(rules: &ViewingRules, door: &str) -> (i64, i64) {
    match door {
        "mynaportal" => (rules.portal_seconds, rules.portal_seconds),
        _ => (rules.access_seconds, rules.renewal_seconds),
    }
}

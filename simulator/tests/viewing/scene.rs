//! A world with two municipalities, people in them, and those who want to see their data.

use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use tekigo_simulator::kernel::{Mask, MaskSettings, Moment, Streams};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{
    AskedOpinion, CardFact, Denial, Directory, InstitutionFact, MemberFact, OfficeFact, OfficeUser,
    Subject, Viewed, ViewerInput,
};
use tekigo_simulator::{
    CertificateGrant, ClockMove, Dated, Effect, Input, InsurerOpening, InsurerShape, LinkRequest,
    Opening, OperatorAction, OperatorInput, World, reply_to,
};

pub(crate) use super::papers::{material, papers, person};
pub(crate) use super::visits::{Office, reading};
use crate::profile::Variant;

/// つきみ市, where everything happens.
pub(crate) const TSUKIMI: &str = "139998";
/// ほしあい市, whose people can have the same numbers.
pub(crate) const HOSHIAI: &str = "139980";
pub(crate) const ENVIRONMENT: &str = "verification";
/// Hana's 被保険者番号, and in ほしあい市 somebody else's.
pub(crate) const HANA: &str = "0000000001";
pub(crate) const HANA_NUMBER: &str = "123456789018";
pub(crate) const OTHER_NUMBER: &str = "111111111118";
/// 居宅介護支援「青葉」, with a care manager and another employee.
pub(crate) const AOBA: &str = "1379990011";
/// 訪問介護「若草」.
pub(crate) const WAKAKUSA: &str = "1379990029";
/// 介護老人保健施設「つばき」.
pub(crate) const TSUBAKI: &str = "1359990031";
/// 地域包括支援センター.
pub(crate) const HOUKATSU: &str = "1399990041";
/// つきみ病院.
pub(crate) const HOSPITAL: &str = "1310000001";

/// Hana's card.
pub(crate) const HANA_KANA: &str = "ツキミ　ハナ";
pub(crate) const HANA_BIRTH: &str = "1940-05-06";
pub(crate) const HANA_SEX: &str = "2";

/// A world with its history.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) profile: Arc<Profile>,
    pub(super) mask: Mask,
    keys: Vec<(String, String)>,
    inputs: Vec<Input>,
    effects: Vec<Dated>,
    pub(super) requests: u64,
}

pub(crate) fn moment(text: &str) -> Moment {
    format!("{text}+09:00").parse().expect("a moment")
}

/// The bundled profile with a text of one file replaced.
pub(crate) fn profile_with(file: &str, from: &str, to: &str) -> Arc<Profile> {
    let variant = Variant::new();
    variant.replace(file, from, to);
    Arc::new(variant.load().expect("another profile"))
}

/// The bundled profile with one policy or limit of `access.toml` changed: what stands after the
/// last space of `from` becomes `to`.
pub(crate) fn policy(from: &str, to: &str) -> Arc<Profile> {
    let (head, _) = from.rsplit_once(' ').expect("a setting");
    profile_with("access.toml", from, &format!("{head} {to}"))
}

pub(crate) fn hana() -> Subject {
    subject(TSUKIMI, HANA)
}

pub(crate) fn subject(insurer: &str, insured: &str) -> Subject {
    Subject {
        insurer: insurer.to_owned(),
        insured: insured.to_owned(),
    }
}

impl Scene {
    /// つきみ市 set up and complete on 2026-11-02, Hana registered with one row of everything, every
    /// office and institution known, nobody's identity checked, no consent.
    pub(crate) fn new() -> Self {
        Self::of(Profile::bundled())
    }

    /// The same with another profile.
    pub(crate) fn of(profile: Arc<Profile>) -> Self {
        let mut scene = Self::started(profile, "2026-11-02T09:00:00");
        scene.link_hana();
        scene.complete(TSUKIMI, "2026-11-02", 1);
        scene
    }

    /// つきみ市's set-up started, nothing linked yet.
    pub(crate) fn started(profile: Arc<Profile>, start: &str) -> Self {
        let mut scene = Self::opened(profile, start);
        for insurer in [TSUKIMI, HOSHIAI] {
            scene.prepare(insurer);
        }
        scene.begin(TSUKIMI);
        scene.note_everyone();
        scene
    }

    pub(crate) fn opened(profile: Arc<Profile>, start: &str) -> Self {
        let mask = Mask::new(MaskSettings {
            key: Streams::new(7).derived_key("mask"),
            key_prefix: profile.credentials().key_prefix.value.clone(),
            key_characters: profile.credentials().key_random_characters.value,
            registered: [HANA_NUMBER, OTHER_NUMBER]
                .map(|number| number.parse().expect("digits"))
                .to_vec(),
        });
        let mut scene = Self {
            world: World::new(Arc::clone(&profile), mask.clone(), 7),
            profile,
            mask,
            keys: Vec::new(),
            inputs: Vec::new(),
            effects: Vec::new(),
            requests: 0,
        };
        let opening = scene.opening(moment(start));
        scene.take(Input::Opening(opening));
        scene
    }

    fn opening(&self, start: Moment) -> Opening {
        let insurer = |number: &str, name: &str| InsurerOpening {
            number: number.to_owned(),
            name: name.to_owned(),
            first_password: self.mask.password_token("first"),
            shape: InsurerShape::default(),
            certificates: vec![CertificateGrant {
                name: format!("{number}-verification-01"),
                environment: ENVIRONMENT.to_owned(),
            }],
        };
        Opening {
            format: 1,
            version: "0".to_owned(),
            seed: 7,
            profile: self.profile.id().to_owned(),
            profile_digest: self.profile.digest().to_owned(),
            start,
            insurers: vec![insurer(TSUKIMI, "つきみ市"), insurer(HOSHIAI, "ほしあい市")],
        }
    }

    pub(crate) fn prepare(&mut self, insurer: &str) {
        let own = self.mask.password_token("own");
        for action in [
            OperatorAction::LogIn {
                password: self.mask.password_token("first"),
            },
            OperatorAction::ChangePassword {
                current: self.mask.password_token("first"),
                password: own,
                length: 16,
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@shi.example".to_owned(),
                board_reading: format!("shinsakai@{insurer}.example"),
            },
            OperatorAction::ChooseMode {
                mode: "api".to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule {
                setup_date: self.world.now().date(),
            },
        ] {
            self.act(insurer, action);
        }
        let key = self.act(insurer, OperatorAction::IssueKey).expect("a key");
        let token = self.mask.key_token(&key);
        self.keys.push((insurer.to_owned(), token));
    }

    fn act(&mut self, insurer: &str, action: OperatorAction) -> Option<String> {
        let effects = self.take(Input::Operator(OperatorInput {
            insurer: insurer.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }));
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::OperatorAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        let answer = answer.expect("the pages answer");
        assert!(answer.done, "{answer:?}");
        answer.key
    }

    /// Starts a municipality's set-up.
    pub(crate) fn begin(&mut self, insurer: &str) {
        let today = self.world.now().date().to_string();
        self.link(insurer, "setupStart", json!({ "baselineDate": today }));
    }

    /// Completes it.
    pub(crate) fn complete(&mut self, insurer: &str, on: &str, people: usize) {
        let today = self.world.now().date().to_string();
        let report = json!({ "baselineDate": today, "completionDate": on, "personCount": people });
        self.link(insurer, "setupCompletion", report);
    }

    /// Registers one record and requires that it is taken; insurer number added.
    pub(crate) fn link(&mut self, insurer: &str, kind: &str, mut record: Value) {
        record["insurerNumber"] = json!(insurer);
        let completed = self
            .world
            .platform()
            .completed_on(insurer.parse().expect("a number"));
        let segment = if completed.is_some() { "2" } else { "1" };
        let layout = self
            .profile
            .layout(self.profile.kind(kind).expect("a kind"));
        let path = layout.path().expect("a kind that is sent").to_owned();
        let body = json!([record]).to_string();
        let query = format!("linkSegment={segment}");
        let mut request = self.request(insurer, "POST", &path, &query);
        request.body = RawValue::from_string(self.mask.apply_json(&body).into_owned()).ok();
        let effects = self.take(Input::LinkRequest(request));
        let reply = reply_to(&effects, self.requests).expect("an answer");
        assert_eq!(reply.status, 202, "{:?}", reply.body);
        let is_notice = kind.starts_with("setup");
        let stored = effects.iter().any(|dated| {
            matches!(&dated.effect, Effect::Stored(stored)
                if stored.kind == kind && stored.created.0.len() + stored.updated.0.len() + stored.deleted.0.len() + stored.unchanged.0.len() == 1)
        });
        assert!(is_notice || stored, "{kind} was not stored: {record}");
    }

    /// Registers Hana with one row of each kind but the consent.
    pub(crate) fn link_hana(&mut self) {
        self.link(TSUKIMI, "person", person(HANA, HANA_NUMBER));
        for (kind, record) in papers(HANA) {
            self.link(TSUKIMI, kind, record);
        }
    }

    /// The municipality links what the person said: `1` consents, `2` refuses, `3` withdraws.
    pub(crate) fn link_consent(&mut self, state: &str, on: &str) {
        let record = json!({
            "insuredNumber": HANA, "consentState": state, "takenDate": on, "takenBy": "1",
        });
        self.link(TSUKIMI, "consent", record);
    }

    /// The municipality asked the institution for an opinion about HANA.
    pub(crate) fn asked_for_opinion(
        &mut self,
        insurer: &str,
        institution: &str,
        application: &str,
    ) {
        self.note(Directory::AskedOpinion(AskedOpinion {
            insurer: insurer.to_owned(),
            insured: HANA.to_owned(),
            application: application.to_owned(),
            institution: institution.to_owned(),
        }));
    }

    fn note_everyone(&mut self) {
        for (number, service, jobs) in [
            (
                AOBA,
                "care_management",
                &["care_manager", "staff", "administrator"][..],
            ),
            (WAKAKUSA, "visiting", &["staff", "care_manager"]),
            (TSUBAKI, "health_facility", &["staff", "care_manager"]),
            (HOUKATSU, "community_center", &["care_manager"]),
        ] {
            self.note_office(number, service, jobs);
        }
        self.note(Directory::Institution(InstitutionFact {
            code: HOSPITAL.to_owned(),
            name: "つきみ病院".to_owned(),
            certificate: format!("line-{HOSPITAL}"),
        }));
        for (insurer, member) in [(TSUKIMI, "M01"), (TSUKIMI, "M02"), (HOSHIAI, "M01")] {
            self.note(Directory::Member(MemberFact {
                insurer: insurer.to_owned(),
                number: member.to_owned(),
                password: self.mask.password_token(member),
            }));
        }
        self.note_card(HANA_NUMBER, |_| {});
    }

    /// Notes an office whose users are called as what they are.
    pub(crate) fn note_office(&mut self, number: &str, service: &str, jobs: &[&str]) {
        let users = jobs.iter().map(|job| OfficeUser {
            id: (*job).to_owned(),
            job: (*job).to_owned(),
            password: self.mask.password_token(job),
        });
        let office = OfficeFact {
            number: number.to_owned(),
            name: format!("事業所{number}"),
            service: service.to_owned(),
            certificate: format!("office-{number}"),
            users: users.collect(),
        };
        self.note(Directory::Office(office));
    }

    /// Notes a fact, which must be a possible one.
    pub(crate) fn note(&mut self, fact: Directory) {
        let effects = self.take(Input::Directory(fact));
        let [
            Dated {
                effect: Effect::Noted(noted),
                ..
            },
        ] = &effects[..]
        else {
            panic!("{effects:?}");
        };
        assert!(noted.done, "{noted:?}");
    }

    /// Notes a card that is good, but for what `change` does to it.
    pub(crate) fn note_card(&mut self, number: &str, change: impl FnOnce(&mut CardFact)) {
        let mut card = CardFact {
            my_number: self.mask.my_number_token(number),
            expires: jiff::civil::date(2030, 5, 6),
            is_lost: false,
            is_insurance_card: true,
        };
        change(&mut card);
        self.note(Directory::Card(card));
    }

    pub(crate) fn token(&self, number: &str) -> String {
        self.mask.my_number_token(number)
    }

    pub(crate) fn password(&self, password: &str) -> String {
        self.mask.password_token(password)
    }

    /// Gives the world an input and remembers it.
    pub(crate) fn take(&mut self, input: Input) -> Vec<Dated> {
        let effects = self.world.apply(&input);
        self.inputs.push(input);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    pub(crate) fn effects(&self) -> &[Dated] {
        &self.effects
    }

    /// A world that nothing has happened to.
    pub(crate) fn fresh(&self) -> World {
        World::new(Arc::clone(&self.profile), self.mask.clone(), 7)
    }

    /// What waits at PMH for an insurer in one kind, as the vendor would fetch it.
    pub(crate) fn inbound(&mut self, insurer: &str, kind: &str) -> Vec<Value> {
        let request = self.request(insurer, "GET", "inboundRecords", "");
        let effects = self.world.clone().apply(&Input::LinkRequest(request));
        let reply = reply_to(&effects, self.requests).expect("an answer");
        let records = reply.body["records"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let of_kind = records
            .into_iter()
            .filter(|record| record["kind"] == json!(kind));
        of_kind.map(|record| record["record"].clone()).collect()
    }

    pub(super) fn request(
        &mut self,
        insurer: &str,
        method: &str,
        path: &str,
        query: &str,
    ) -> LinkRequest {
        self.requests += 1;
        let key = self.keys.iter().find(|(holder, _)| holder == insurer);
        LinkRequest {
            id: self.requests,
            environment: ENVIRONMENT.to_owned(),
            method: method.to_owned(),
            path: format!("{}/{path}", self.profile.api().base_path.value),
            query: query.to_owned(),
            certificate: Some(format!("{insurer}-verification-01")),
            key: key.map(|(_, key)| key.clone()),
            content_type: Some("application/json".to_owned()),
            body: None,
            text: None,
            unreadable: None,
        }
    }

    pub(crate) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Moves the clock to a moment of the day it is.
    pub(crate) fn at(&mut self, text: &str) -> &mut Self {
        let to = moment(text);
        assert!(to >= self.world.now(), "the clock does not go back");
        self.take(Input::Clock(ClockMove { to }));
        self
    }

    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        let to = self.world.now().plus_seconds(seconds);
        self.take(Input::Clock(ClockMove { to }));
        self
    }

    /// Asks, and requires of a refusal that nothing has changed, but that failed log-ins are counted, and that
    /// nothing was sent.
    pub(crate) fn ask(&mut self, input: ViewerInput) -> Viewed {
        let is_log_in = input.action() == "log_in";
        let before = self.memory();
        let effects = self.take(Input::Viewer(input));
        let Some(Effect::Viewed(viewed)) = effects.first().map(|dated| &dated.effect) else {
            panic!("{effects:?}");
        };
        let viewed = (**viewed).clone();
        if viewed.done {
            assert!(viewed.refused.is_none());
        } else {
            if !is_log_in {
                assert_eq!(self.memory(), before, "a refusal changes nothing");
            }
            assert_eq!(effects.len(), 1, "a refusal sends nothing");
            assert!(viewed.disclosure.is_none() && viewed.made.is_empty());
            assert!(viewed.people.is_empty() && viewed.session.is_none());
        }
        let shown = serde_json::to_string(&viewed).expect("JSON");
        assert!(!shown.contains("個人番号"), "{shown}");
        viewed
    }

    /// Everything the world remembers.
    pub(crate) fn memory(&self) -> String {
        let world = &self.world;
        format!(
            "{:?} {:?} {:?} {:?} {:?}",
            world.doors(),
            world.platform(),
            world.qualification(),
            world.pmh(),
            world.mail(),
        )
    }
}

#[track_caller]
pub(crate) fn done(viewed: Viewed) -> Viewed {
    assert!(viewed.done, "{viewed:?}");
    viewed
}

#[track_caller]
pub(crate) fn refused(viewed: &Viewed, reason: Denial) {
    let refused = viewed.refused.as_ref();
    assert_eq!(
        refused.map(|refused| refused.reason),
        Some(reason),
        "{viewed:?}"
    );
}

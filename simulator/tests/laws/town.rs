//! A world, one insurer and what has happened to them.

use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use tekigo_simulator::kernel::{Mask, MaskSettings, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::{
    CertificateGrant, Dated, Effect, Input, InsurerOpening, InsurerShape, LinkReply, LinkRequest,
    Opening, OperatorAction, OperatorInput, World, reply_to,
};

pub(super) const INSURER: &str = "139998";
const ENVIRONMENT: &str = "verification";
const CERTIFICATE: &str = "139998-verification-01";
const SEED: u64 = 7;

/// The people's 個人番号; the last is nobody's.
pub(super) const MY_NUMBERS: [&str; 4] = [
    "123456789018",
    "111111111118",
    "012345678903",
    "987654321018",
];

/// A world with its history.
pub(super) struct Town {
    pub(super) world: World,
    pub(super) profile: Arc<Profile>,
    mask: Mask,
    inputs: Vec<Input>,
    effects: Vec<Dated>,
    key: String,
    requests: u64,
}

fn mask() -> Mask {
    let registered = MY_NUMBERS[..3]
        .iter()
        .map(|number| number.parse().expect("digits"));
    Mask::new(MaskSettings {
        key: [7; 32],
        key_prefix: "pmhk_".to_owned(),
        key_characters: 40,
        registered: registered.collect(),
    })
}

fn fresh(profile: &Arc<Profile>) -> World {
    World::new(Arc::clone(profile), mask(), SEED)
}

impl Town {
    /// A town whose staff have prepared everything and whose initial set-up has started.
    pub(super) fn started() -> Self {
        let profile = Profile::bundled();
        let mut town = Self {
            world: fresh(&profile),
            profile,
            mask: mask(),
            inputs: Vec::new(),
            effects: Vec::new(),
            key: String::new(),
            requests: 0,
        };
        town.take(Input::Opening(town.opening()));
        town.prepare();
        let start = json!([{ "insurerNumber": INSURER, "baselineDate": "2026-11-02" }]);
        let reply = town.post("setupStartRegistrationTasks", "1", &start.to_string());
        assert_eq!(reply.status, 202, "{:?}", reply.body);
        town
    }

    fn opening(&self) -> Opening {
        Opening {
            format: 1,
            version: "0".to_owned(),
            seed: SEED,
            profile: self.profile.head().id.clone(),
            profile_digest: self.profile.digest().to_owned(),
            start: Moment::default_start(),
            insurers: vec![InsurerOpening {
                number: INSURER.to_owned(),
                name: "つきみ市".to_owned(),
                first_password: self.mask.password_token("first"),
                shape: InsurerShape::default(),
                certificates: vec![CertificateGrant {
                    name: CERTIFICATE.to_owned(),
                    environment: ENVIRONMENT.to_owned(),
                }],
            }],
        }
    }

    fn prepare(&mut self) {
        let first = self.mask.password_token("first");
        let own = self.mask.password_token("own");
        for action in [
            OperatorAction::LogIn {
                password: first.clone(),
            },
            OperatorAction::ChangePassword {
                current: first,
                password: own,
                length: 16,
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@tsukimi.example".to_owned(),
                board_reading: "shinsakai@tsukimi.example".to_owned(),
            },
            OperatorAction::ChooseMode {
                mode: "api".to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule {
                setup_date: jiff::civil::date(2026, 11, 2),
            },
        ] {
            self.act(action);
        }
        self.renew_key();
    }

    fn act(&mut self, action: OperatorAction) -> Option<String> {
        let effects = self.take(Input::Operator(OperatorInput {
            insurer: INSURER.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }));
        let Some(Effect::OperatorAnswer(answer)) = effects.into_iter().next().map(|it| it.effect)
        else {
            panic!("the pages answer");
        };
        assert!(answer.done, "{answer:?}");
        answer.key
    }

    /// Has the key replaced.
    pub(super) fn renew_key(&mut self) {
        self.act(OperatorAction::RevokeKeys);
        let key = self.act(OperatorAction::IssueKey).expect("a key");
        self.key = self.mask.key_token(&key);
    }

    /// Gives the world an input and remembers both sides.
    pub(super) fn take(&mut self, input: Input) -> Vec<Dated> {
        let effects = self.world.apply(&input);
        self.inputs.push(input);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// A request as a vendor would send it.
    pub(super) fn request(&mut self, method: &str, resource: &str, query: &str) -> LinkRequest {
        self.requests += 1;
        LinkRequest {
            id: self.requests,
            environment: ENVIRONMENT.to_owned(),
            method: method.to_owned(),
            path: format!("{}/{resource}", self.profile.api().base_path.value),
            query: query.to_owned(),
            certificate: Some(CERTIFICATE.to_owned()),
            key: Some(self.key.clone()),
            content_type: Some("application/json".to_owned()),
            body: None,
            text: None,
            unreadable: None,
        }
    }

    /// The same with a body, masked as at the door.
    pub(super) fn posting(&mut self, resource: &str, segment: &str, body: &str) -> LinkRequest {
        let query = format!("linkSegment={segment}");
        let mut request = self.request("POST", resource, &query);
        let masked = self.mask.apply_json(body).into_owned();
        request.body = Some(RawValue::from_string(masked).expect("JSON"));
        request
    }

    pub(super) fn send(&mut self, request: LinkRequest) -> LinkReply {
        let id = request.id;
        let effects = self.take(Input::LinkRequest(request));
        reply_to(&effects, id).expect("an answer").clone()
    }

    pub(super) fn post(&mut self, resource: &str, segment: &str, body: &str) -> LinkReply {
        let request = self.posting(resource, segment, body);
        self.send(request)
    }

    /// The token of a 個人番号.
    pub(super) fn token(&self, my_number: &str) -> String {
        self.mask.my_number_token(my_number)
    }

    /// Everything the systems remember.
    pub(super) fn memory(&self) -> String {
        let pmh = self.world.pmh();
        let under_way = self.world.messages_under_way();
        format!("{pmh:?} {} {under_way}", self.held())
    }

    /// What lies behind PMH, and the notices.
    pub(super) fn held(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?}",
            self.world.platform(),
            self.world.intermediate(),
            self.world.qualification(),
            self.world.mail(),
        )
    }

    /// The result of a task, as the vendor would fetch it, without asking the world itself.
    pub(super) fn result(&mut self, task: &str) -> Value {
        let request = self.request("GET", &format!("registrationTasks/{task}"), "");
        let id = request.id;
        let effects = self.world.clone().apply(&Input::LinkRequest(request));
        reply_to(&effects, id).expect("an answer").body.clone()
    }

    /// Everything that has happened so far.
    pub(super) fn effects(&self) -> &[Dated] {
        &self.effects
    }

    /// What a fresh world does with the inputs as a journal holds them.
    pub(super) fn replayed(&self) -> (World, Vec<Dated>) {
        let mut world = fresh(&self.profile);
        let mut effects = Vec::new();
        for input in &self.inputs {
            let (_, kind) = input.origin_and_kind();
            let line = serde_json::value::to_raw_value(input).expect("JSON");
            let read = Input::from_journal(kind, &line).expect("fits its kind");
            effects.extend(world.apply(&read.expect("an input")));
        }
        (world, effects)
    }
}

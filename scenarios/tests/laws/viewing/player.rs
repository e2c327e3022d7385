//! A world and the auditor side by side: every input goes to both.

use std::sync::Arc;

use serde_json::Value;
use tekigo::auditor::viewing::{Finding, ViewingAuditor, ViewingRules};
use tekigo::verdict::EventLine;
use tekigo_simulator::kernel::{Mask, MaskSettings, Moment};
use tekigo_simulator::profile::{Profile, SetNumber};
use tekigo_simulator::viewer::{
    CardFact, Directory, InstitutionFact, MemberFact, OfficeFact, OfficeUser, Viewed, ViewerInput,
};
use tekigo_simulator::{
    CertificateGrant, ClockMove, Effect, Input, InsurerOpening, InsurerShape, Opening,
    OperatorAction, OperatorInput, World,
};

pub(super) const ENVIRONMENT: &str = "verification";
pub(super) const INSURERS: [&str; 2] = ["139998", "139980"];
/// 連携方式: the first links by API, the second by files.
pub(super) const MODES: [&str; 2] = ["api", "file"];
/// The last is a human whom no municipality has.
pub(super) const HUMANS: [&str; 4] = [
    "123456789018",
    "111111111118",
    "012345678903",
    "987654321018",
];
/// Insurer, number and human: the first number recurs at the other insurer, and the first human
/// has moved there and got another number.
pub(super) const PEOPLE: [(usize, &str, usize); 4] = [
    (0, "0000000001", 0),
    (0, "0000000002", 1),
    (1, "0000000001", 2),
    (1, "0000000009", 0),
];
/// Number and kind of service.
pub(super) const OFFICES: [(&str, &str); 5] = [
    ("1379990011", "care_management"),
    ("1379990029", "visiting"),
    ("1359990031", "health_facility"),
    ("1399990041", "community_center"),
    ("1379990052", "welfare_facility"),
];
pub(super) const JOBS: [&str; 3] = ["care_manager", "staff", "administrator"];
pub(super) const INSTITUTIONS: [&str; 2] = ["1310000001", "1310000002"];
/// Insurer and member.
pub(super) const MEMBERS: [(usize, &str); 3] = [(0, "M1"), (0, "M2"), (1, "M1")];

/// A world, the auditor, and what the people in it hold in their hands.
#[derive(Clone)]
pub(super) struct Player {
    pub(super) world: World,
    auditor: ViewingAuditor,
    pub(super) profile: Arc<Profile>,
    pub(super) mask: Mask,
    pub(super) keys: [String; 2],
    pub(super) requests: u64,
    pub(super) last_set: SetNumber,
    /// The last log-in of each office (pages and software), human and member.
    pub(super) visits: [[Option<u64>; 5]; 4],
    /// When that was.
    pub(super) logged_in: [[Option<Moment>; 5]; 4],
    /// Log-ins made on the way, and what the auditor says of them.
    pub(super) aside: Vec<(ViewerInput, Finding)>,
    /// When something happened that may run out.
    pub(super) marks: Vec<Moment>,
    /// Every input so far, to be read when something goes wrong.
    pub(super) history: Vec<String>,
    /// The same with the effects, line by line as a journal has them, if somebody wants it.
    pub(super) lines: Option<Vec<EventLine>>,
}

impl Player {
    /// Both municipalities have prepared everything; nobody has been linked.
    pub(super) fn new(profile: Arc<Profile>, rules: ViewingRules, start: Moment) -> Self {
        let mask = Mask::new(MaskSettings {
            key: [7; 32],
            key_prefix: "pmhk_".to_owned(),
            key_characters: 40,
            registered: HUMANS
                .map(|number| number.parse().expect("digits"))
                .to_vec(),
        });
        let mut player = Self {
            world: World::new(Arc::clone(&profile), mask.clone(), 7),
            auditor: ViewingAuditor::new(rules).reading_files(Arc::clone(&profile)),
            profile,
            mask,
            keys: [String::new(), String::new()],
            requests: 0,
            last_set: SetNumber::of_moment(start),
            visits: [[None; 5]; 4],
            logged_in: [[None; 5]; 4],
            aside: Vec::new(),
            marks: Vec::new(),
            history: Vec::new(),
            lines: None,
        };
        player.open(start);
        for insurer in 0..INSURERS.len() {
            player.prepare(insurer);
        }
        player.note_everybody();
        player
    }

    fn open(&mut self, start: Moment) {
        let insurers = INSURERS.map(|number| InsurerOpening {
            number: number.to_owned(),
            name: number.to_owned(),
            first_password: self.mask.password_token("first"),
            shape: InsurerShape::default(),
            certificates: vec![CertificateGrant {
                name: format!("{number}-01"),
                environment: ENVIRONMENT.to_owned(),
            }],
        });
        self.take(Input::Opening(Opening {
            format: 1,
            version: "0".to_owned(),
            seed: 7,
            profile: self.profile.id().to_owned(),
            profile_digest: self.profile.digest().to_owned(),
            start,
            insurers: insurers.to_vec(),
        }));
    }

    fn prepare(&mut self, insurer: usize) {
        let first = self.mask.password_token("first");
        let own = self.mask.password_token("own");
        let setup_date = self.world.now().date();
        for action in [
            OperatorAction::LogIn { password: first },
            OperatorAction::ChangePassword {
                current: self.mask.password_token("first"),
                password: own,
                length: 16,
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@shi.example".to_owned(),
                board_reading: "shinsakai@shi.example".to_owned(),
            },
            OperatorAction::ChooseMode {
                mode: MODES[insurer].to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule { setup_date },
            // Refused in mode 2, which has no keys.
            OperatorAction::IssueKey,
        ] {
            let effects = self.take(Input::Operator(OperatorInput {
                insurer: INSURERS[insurer].to_owned(),
                environment: ENVIRONMENT.to_owned(),
                action,
            }));
            let key = effects.iter().find_map(|effect| {
                if let Effect::OperatorAnswer(answer) = effect {
                    answer.key.clone()
                } else {
                    None
                }
            });
            if let Some(key) = key {
                self.keys[insurer] = self.mask.key_token(&key);
            }
        }
    }

    fn note_everybody(&mut self) {
        for office in 0..OFFICES.len() {
            self.note_office(office, &JOBS);
        }
        for code in INSTITUTIONS {
            self.note(Directory::Institution(InstitutionFact {
                code: code.to_owned(),
                name: format!("病院{code}"),
                certificate: format!("line-{code}"),
            }));
        }
        for (insurer, member) in MEMBERS {
            self.note(Directory::Member(MemberFact {
                insurer: INSURERS[insurer].to_owned(),
                number: member.to_owned(),
                password: self.password(member),
            }));
        }
        for human in 0..3 {
            self.note_card(human, |_| {});
        }
    }

    pub(super) fn note_office(&mut self, office: usize, jobs: &[&str]) {
        let (number, service) = OFFICES[office];
        let users = jobs.iter().map(|job| OfficeUser {
            id: (*job).to_owned(),
            job: (*job).to_owned(),
            password: self.password(job),
        });
        let users = users.collect();
        self.note(Directory::Office(OfficeFact {
            number: number.to_owned(),
            name: format!("事業所{number}"),
            service: service.to_owned(),
            certificate: format!("office-{number}"),
            users,
        }));
    }

    pub(super) fn note_card(&mut self, human: usize, change: impl FnOnce(&mut CardFact)) {
        let mut card = CardFact {
            my_number: self.card(human),
            expires: jiff::civil::date(2030, 1, 1),
            is_lost: false,
            is_insurance_card: true,
        };
        change(&mut card);
        self.note(Directory::Card(card));
    }

    pub(super) fn note(&mut self, fact: Directory) {
        self.take(Input::Directory(fact));
    }

    pub(super) fn card(&self, human: usize) -> String {
        self.mask.my_number_token(HUMANS[human])
    }

    pub(super) fn password(&self, word: &str) -> String {
        self.mask.password_token(word)
    }

    /// Asks at a door; the answer, and what the auditor says of it.
    pub(super) fn ask(&mut self, request: ViewerInput) -> (Viewed, Finding) {
        let now = self.world.now();
        let input = Input::Viewer(request);
        self.tell(&input);
        let mut judged = None;
        for dated in self.world.apply(&input) {
            let finding = self.hear(&dated.effect);
            if let (Effect::Viewed(viewed), Some(finding)) = (dated.effect, finding) {
                if viewed.done {
                    self.marks.push(now);
                }
                judged = Some((*viewed, finding));
            }
        }
        judged.expect("every viewer is answered, and every answer judged")
    }

    pub(super) fn move_clock(&mut self, to: Moment) {
        self.take(Input::Clock(ClockMove { to }));
    }

    pub(super) fn take(&mut self, input: Input) -> Vec<Effect> {
        self.tell(&input);
        let effects: Vec<Effect> = self
            .world
            .apply(&input)
            .into_iter()
            .map(|dated| dated.effect)
            .collect();
        for effect in &effects {
            self.hear(effect);
        }
        effects
    }

    fn tell(&mut self, input: &Input) {
        let (_, kind) = input.origin_and_kind();
        let body = serde_json::to_value(input).expect("JSON");
        self.history
            .push(format!("{} {kind} {body}", self.world.now()));
        self.write(kind, &body);
        self.auditor.read(self.world.now(), kind, &body);
    }

    fn write(&mut self, kind: &str, body: &Value) {
        let now = self.world.now();
        if let Some(lines) = &mut self.lines {
            lines.push(EventLine {
                n: lines.len() as u64 + 1,
                t: now.to_string(),
                from: String::new(),
                kind: kind.to_owned(),
                body: body.clone(),
            });
        }
    }

    fn hear(&mut self, effect: &Effect) -> Option<Finding> {
        // What the auditor does not read need not be written.
        if matches!(effect, Effect::Message(_) | Effect::Mail(_)) {
            return None;
        }
        let (_, kind) = effect.origin_and_kind();
        let text = effect.to_json().expect("JSON");
        let body = serde_json::from_str(&text).expect("JSON");
        self.write(kind, &body);
        self.auditor.read(self.world.now(), kind, &body)
    }

    /// Everything the world remembers.
    pub(super) fn memory(&self) -> String {
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

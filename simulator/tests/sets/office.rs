//! A municipality in mode 2 and its world.

use std::sync::Arc;

use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::kernel::{Mask, MaskSettings, Moment};
use tekigo_simulator::profile::{
    CsvCodec, FileName, KindId, LinkSegment, Profile, Record, SetNumber,
};
use tekigo_simulator::systems::pmh::AccountKey;
use tekigo_simulator::{
    CertificateGrant, Dated, Effect, Input, InsurerOpening, InsurerShape, Opening, OperatorAction,
    OperatorAnswer, OperatorInput, UploadedFile, World,
};

pub(super) const INSURER: &str = "139998";
pub(super) const ENVIRONMENT: &str = "verification";
pub(super) const SEED: u64 = 7;
pub(super) const CERTIFICATE: &str = "139998-verification-01";

/// 個人番号 that the run knows.
pub(super) const MY_NUMBERS: [&str; 3] = ["123456789018", "111111111118", "012345678903"];

/// A file as it lies on the way: its name and its bytes.
pub(super) type RawFile = (String, Vec<u8>);

pub(super) fn mask() -> Mask {
    let registered = MY_NUMBERS.iter().map(|number| number.parse());
    Mask::new(MaskSettings {
        key: [7; 32],
        key_prefix: "pmhk_".to_owned(),
        key_characters: 40,
        registered: registered.map(|number| number.expect("digits")).collect(),
    })
}

/// A municipality in mode 2.
#[derive(Clone)]
pub(super) struct Office {
    pub(super) world: World,
    pub(super) profile: Arc<Profile>,
    pub(super) mask: Mask,
    pub(super) inputs: Vec<Input>,
    pub(super) effects: Vec<Dated>,
}

impl Office {
    /// A municipality whose staff have prepared everything for mode 2 but sent nothing.
    pub(super) fn prepared(profile: Arc<Profile>) -> Self {
        let mut office = Self::opened(profile);
        office.log_in();
        office.act(OperatorAction::RegisterAddresses {
            processing_result: "kekka@tsukimi.example".to_owned(),
            board_reading: "shinsakai@tsukimi.example".to_owned(),
        });
        office.act(OperatorAction::ChooseMode {
            mode: "file".to_owned(),
        });
        office.act(OperatorAction::ReportEnvironmentReady);
        office.act(OperatorAction::ConfirmSchedule {
            setup_date: jiff::civil::date(2026, 11, 2),
        });
        office
    }

    /// An account that nobody has used.
    pub(super) fn opened(profile: Arc<Profile>) -> Self {
        let mask = mask();
        let mut office = Self {
            world: World::new(Arc::clone(&profile), mask.clone(), SEED),
            profile,
            mask,
            inputs: Vec::new(),
            effects: Vec::new(),
        };
        office.take(Input::Opening(Opening {
            format: 1,
            version: "0".to_owned(),
            seed: SEED,
            profile: office.profile.head().id.clone(),
            profile_digest: office.profile.digest().to_owned(),
            start: Moment::default_start(),
            insurers: vec![InsurerOpening {
                number: INSURER.to_owned(),
                name: "つきみ市".to_owned(),
                first_password: office.mask.password_token("first"),
                shape: InsurerShape::default(),
                certificates: vec![CertificateGrant {
                    name: CERTIFICATE.to_owned(),
                    environment: ENVIRONMENT.to_owned(),
                }],
            }],
        }));
        office
    }

    pub(super) fn log_in(&mut self) {
        let first = self.mask.password_token("first");
        self.act(OperatorAction::LogIn {
            password: first.clone(),
        });
        self.act(OperatorAction::ChangePassword {
            current: first,
            password: self.mask.password_token("own"),
            length: 16,
        });
    }

    /// The same, with initial set-up started and people registered.
    pub(super) fn started() -> Self {
        let mut office = Self::prepared(Profile::bundled());
        let set = office
            .set("20261102090000", LinkSegment::Initial)
            .with(&office, "setupStart", &[office.start()])
            .with(&office, "person", &[office.person(1), office.person(2)]);
        office.must_accept(set.files(&office));
        office
    }

    /// Gives the world an input and remembers both sides.
    pub(super) fn take(&mut self, input: Input) -> Vec<Dated> {
        let effects = self.world.apply(&input);
        self.inputs.push(input);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// What the pages answer to an action, and what else follows.
    pub(super) fn try_to(&mut self, action: OperatorAction) -> (OperatorAnswer, Vec<Dated>) {
        let mut effects = self.take(Input::Operator(OperatorInput {
            insurer: INSURER.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }));
        let Effect::OperatorAnswer(answer) = effects.remove(0).effect else {
            panic!("the pages answer first");
        };
        (answer, effects)
    }

    pub(super) fn act(&mut self, action: OperatorAction) -> OperatorAnswer {
        let (answer, _) = self.try_to(action);
        assert!(answer.done, "{answer:?}");
        answer
    }

    /// Sends files, as they come through the door.
    pub(super) fn send(&mut self, files: Vec<RawFile>) -> (OperatorAnswer, Vec<Dated>) {
        let files = files
            .iter()
            .map(|(name, bytes)| self.uploaded(name, bytes))
            .collect();
        self.try_to(OperatorAction::Upload { files })
    }

    pub(super) fn uploaded(&self, name: &str, bytes: &[u8]) -> UploadedFile {
        UploadedFile::of_bytes(&self.profile, &self.mask, name, bytes)
    }

    pub(super) fn must_accept(&mut self, files: Vec<RawFile>) -> OperatorAnswer {
        let (answer, _) = self.send(files);
        assert!(answer.done, "{answer:?}");
        answer
    }

    /// The bytes of a file that PMH made.
    pub(super) fn fetch(&mut self, name: &str) -> String {
        let answer = self.act(OperatorAction::FetchFile {
            name: name.to_owned(),
        });
        answer.fetched.expect("a file").text
    }

    /// The rows of a file that PMH made, which must be right by the layout of its kind.
    pub(super) fn fetch_rows(&mut self, name: &str) -> Vec<Vec<(String, String)>> {
        let text = self.fetch(name);
        let codec = CsvCodec::new(&self.profile);
        let bytes = codec.encode(&text).expect("of the character set");
        let said = FileName::parse(name, &self.profile).expect("a name");
        let layout = self.profile.layout(said.kind);
        let rows = codec.read(said.kind, &bytes).expect("a file");
        let item = |record: &Record| {
            record
                .items()
                .map(|(index, text)| (layout.field_at(index).json().to_owned(), text.to_owned()))
                .collect()
        };
        rows.iter()
            .map(|row| item(row.as_ref().expect("a record")))
            .collect()
    }

    pub(super) fn account(&self) -> AccountKey {
        (INSURER.parse().expect("an insurer"), ENVIRONMENT.to_owned())
    }

    /// Everything that decides what happens next.
    pub(super) fn memory(&self) -> String {
        format!("{:?}", self.world.memory())
    }

    pub(super) fn kind(&self, kind: &str) -> KindId {
        self.profile.kind(kind).expect("a kind of the profile")
    }

    pub(super) fn record(&self, kind: &str, items: &[(&str, &str)]) -> Record {
        let layout = self.profile.layout(self.kind(kind));
        let record = layout.record(items.iter().copied());
        record.unwrap_or_else(|errors| panic!("{kind}: {errors:?}"))
    }

    pub(super) fn start(&self) -> Record {
        self.record(
            "setupStart",
            &[("insurerNumber", INSURER), ("baselineDate", "2026-11-02")],
        )
    }

    pub(super) fn completion(&self, people: usize) -> Record {
        self.record(
            "setupCompletion",
            &[
                ("insurerNumber", INSURER),
                ("baselineDate", "2026-11-02"),
                ("completionDate", "2026-11-02"),
                ("personCount", &people.to_string()),
            ],
        )
    }

    pub(super) fn person(&self, number: usize) -> Record {
        self.record(
            "person",
            &[
                ("insurerNumber", INSURER),
                ("insuredNumber", &format!("{number:010}")),
                ("myNumber", MY_NUMBERS[number - 1]),
                ("basicFiveInfo.name", "月見 はな"),
                ("basicFiveInfo.nameKana", "ツキミ　ハナ"),
                ("basicFiveInfo.address", "つきみ市一丁目2番3号"),
                ("basicFiveInfo.dateOfBirth", "1941-03-05"),
                ("basicFiveInfo.sex", "2"),
                ("isNotDisclosed", "0"),
                ("insuredCategory", "1"),
                ("qualificationAcquiredDate", "2006-03-04"),
                ("modificationSeg", "1"),
            ],
        )
    }

    pub(super) fn ratio(&self, number: usize, row: &str) -> Record {
        self.record(
            "burdenRatioCard",
            &[
                ("insurerNumber", INSURER),
                ("insuredNumber", &format!("{number:010}")),
                ("historyKey", row),
                ("isDeleted", "0"),
                ("burdenRatio", "10"),
                ("issueDate", "2026-07-01"),
                ("validFrom", "2026-08-01"),
                ("validTo", "2027-07-31"),
            ],
        )
    }

    /// A set in the making.
    pub(super) fn set(&self, number: &str, segment: LinkSegment) -> Sending {
        Sending {
            number: SetNumber::parse(number).expect("fourteen digits"),
            segment,
            files: Vec::new(),
        }
    }
}

/// A set in the making: kinds, numbers of records, and bytes.
#[derive(Clone)]
pub(super) struct Sending {
    number: SetNumber,
    segment: LinkSegment,
    files: Vec<(KindId, usize, Vec<u8>)>,
}

impl Sending {
    /// Adds a file of records.
    pub(super) fn with(self, office: &Office, kind: &str, records: &[Record]) -> Self {
        let codec = CsvCodec::new(&office.profile);
        let kind_id = office.kind(kind);
        let bytes = codec.write(kind_id, records).expect("a file");
        self.with_bytes(kind_id, records.len(), bytes)
    }

    /// Adds a file of bytes that hold so many records.
    pub(super) fn with_bytes(mut self, kind: KindId, records: usize, bytes: Vec<u8>) -> Self {
        self.files.push((kind, records, bytes));
        self
    }

    pub(super) fn name(&self, office: &Office, sequence: u16, kind: KindId) -> String {
        let name = FileName {
            set: self.number,
            sequence,
            insurer: InsurerNumber::parse(INSURER).expect("an insurer"),
            kind,
            segment: self.segment,
        };
        name.build(&office.profile)
    }

    /// The set with its control file.
    pub(super) fn files(&self, office: &Office) -> Vec<RawFile> {
        let control = office.kind("setControl");
        let mut listed = Vec::new();
        let mut files = Vec::new();
        for (sequence, (kind, records, bytes)) in (1..).zip(&self.files) {
            let name = self.name(office, sequence, *kind);
            let count = records.to_string();
            let items = [("fileName", name.as_str()), ("recordCount", &count)];
            listed.push(office.record("setControl", &items));
            files.push((name, bytes.clone()));
        }
        let bytes = CsvCodec::new(&office.profile).write(control, &listed);
        let name = self.name(office, 0, control);
        files.insert(0, (name, bytes.expect("a control file")));
        files
    }
}

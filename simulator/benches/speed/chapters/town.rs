//! One town set up in this process, and what it took.

use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tekigo_simulator::domain::{InsuredKey, InsurerNumber};
use tekigo_simulator::profile::{
    CsvCodec, FileName, KindId, LinkSegment, Profile, Record, SetNumber, split_array,
};
use tekigo_simulator::serve::{Shell, Simulator};

use crate::Outcome;
use crate::meter::{Used, cpu_ns};
use crate::peer::say;
use crate::peers::{Mode, Staff, settings};
use crate::people::{INSURER, Kind, array, my_number};

/// One town to set up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SetUpWork {
    mode: Mode,
    people: u32,
    is_journaled: bool,
    /// Records in a request or a file.
    together: u32,
}

impl SetUpWork {
    pub(crate) fn read(words: &[&str]) -> Outcome<Self> {
        match words {
            [mode, people, journal, together] => Ok(Self {
                mode: mode.parse()?,
                people: people.parse()?,
                is_journaled: *journal == "journaled",
                together: together.parse()?,
            }),
            _ => Err("a set-up is MODE, PEOPLE, journaled or unjournaled, RECORDS TOGETHER".into()),
        }
    }
}

/// What a set-up took.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Taken {
    pub(super) mode: Mode,
    pub(super) people: u32,
    pub(super) is_journaled: bool,
    pub(super) records: u64,
    pub(super) journal_bytes: u64,
    /// Cutting, reading and validating the same bytes, and nothing else.
    pub(super) reading_ns: u64,
    pub(super) setup_ns: u64,
    pub(super) before_kib: u64,
    pub(super) held_kib: u64,
    pub(super) most_kib: u64,
}

/// Sets one town up and says what it took.
pub(crate) fn set_up_in_this_process(work: &SetUpWork) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let my_numbers = (1..=work.people).map(my_number).collect();
    let settings = settings(folder.path(), work.is_journaled, my_numbers);
    let simulator = runtime.block_on(Simulator::start(settings))?;
    let taken = set_up(work, &simulator)?;
    say(&serde_json::to_string(&taken)?)
}

fn set_up(work: &SetUpWork, simulator: &Simulator) -> Outcome<Taken> {
    let mut line = Line::of(work.mode, simulator)?;
    let profile = Profile::bundled();
    let mut taken = Taken {
        mode: work.mode,
        people: work.people,
        is_journaled: work.is_journaled,
        records: 0,
        journal_bytes: 0,
        reading_ns: 0,
        setup_ns: 0,
        before_kib: Used::now().held_kib,
        held_kib: 0,
        most_kib: 0,
    };
    let mut body = String::new();
    for kind in Kind::ALL {
        let id = profile.kind(kind.id()).ok_or("no such kind")?;
        for first in (1..=work.people).step_by(work.together as usize) {
            let people = first..(first + work.together).min(work.people + 1);
            taken.records += people.len() as u64;
            array(kind, people, &mut body);
            let sent = line.written(id, &body)?;
            let start = cpu_ns();
            line.read(id, &sent)?;
            let read = cpu_ns();
            line.send(id, sent)?;
            taken.setup_ns += cpu_ns() - read;
            taken.reading_ns += read - start;
        }
    }
    let shell = simulator.shell();
    check(work, shell)?;
    let after = Used::now();
    taken.held_kib = after.held_kib;
    taken.most_kib = after.most_kib;
    taken.journal_bytes = std::fs::metadata(shell.journal_path())?.len();
    Ok(taken)
}

/// How records get to PMH.
struct Line<'s> {
    profile: Arc<Profile>,
    staff: Staff<'s>,
    /// In mode 1.
    key: Option<String>,
    last_set: SetNumber,
}

/// Records as they are sent: a request, or the files of a set.
enum Sent {
    Request(Bytes),
    Set(Vec<(String, Vec<u8>)>),
}

impl<'s> Line<'s> {
    /// Everything prepared, the set-up started.
    fn of(mode: Mode, simulator: &'s Simulator) -> Outcome<Self> {
        let shell = simulator.shell();
        let staff = Staff::new(shell);
        let key = staff.prepare(mode)?;
        let mut line = Self {
            profile: Profile::bundled(),
            staff,
            key,
            last_set: SetNumber::of_moment(shell.now()),
        };
        if let Some(key) = &line.key {
            staff.start_by_request(key)?;
            return Ok(line);
        }
        let start = format!(r#"[{{"insurerNumber":"{INSURER}","baselineDate":"2026-11-02"}}]"#);
        let kind = line.profile.kind("setupStart").ok_or("no such kind")?;
        let sent = line.written(kind, &start)?;
        line.send(kind, sent)?;
        Ok(line)
    }

    /// Puts records, given as a JSON array, into the form in which they are sent.
    fn written(&mut self, kind: KindId, body: &str) -> Outcome<Sent> {
        if self.key.is_some() {
            return Ok(Sent::Request(Bytes::copy_from_slice(body.as_bytes())));
        }
        let profile = &self.profile;
        let layout = profile.layout(kind);
        let records = split_array(body.as_bytes())?
            .into_iter()
            .map(|record| layout.read_json(record.get()))
            .collect::<Result<Vec<Record>, _>>()
            .map_err(|errors| format!("a wrong record: {errors:?}"))?;
        self.last_set = self.last_set.next();
        let control = profile.kind("setControl").ok_or("no such kind")?;
        let name = |sequence, kind| {
            let name = FileName {
                set: self.last_set,
                sequence,
                insurer: INSURER.parse::<InsurerNumber>()?,
                kind,
                segment: LinkSegment::Initial,
            };
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(name.build(profile))
        };
        let codec = CsvCodec::new(profile);
        let file = name(1, kind)?;
        let count = records.len().to_string();
        let listed = profile
            .layout(control)
            .record([("fileName", file.as_str()), ("recordCount", &count)])
            .map_err(|errors| format!("a wrong control file: {errors:?}"))?;
        Ok(Sent::Set(vec![
            (name(0, control)?, codec.write(control, &[listed])?),
            (file, codec.write(kind, &records)?),
        ]))
    }

    /// Reads and validates what is to be sent.
    fn read(&self, kind: KindId, sent: &Sent) -> Outcome<()> {
        let layout = self.profile.layout(kind);
        let is_right = match sent {
            Sent::Request(body) => split_array(body)?
                .into_iter()
                .all(|record| layout.read_json(record.get()).is_ok()),
            Sent::Set(files) => {
                let (_, bytes) = files.last().ok_or("an empty set")?;
                let rows = CsvCodec::new(&self.profile).read(kind, bytes)?;
                rows.iter().all(Result::is_ok)
            }
        };
        if is_right {
            Ok(())
        } else {
            Err("a wrong record".into())
        }
    }

    fn send(&self, kind: KindId, sent: Sent) -> Outcome<()> {
        match (sent, &self.key) {
            (Sent::Request(body), Some(key)) => {
                self.staff
                    .register(key, self.profile.layout(kind).id(), body)
            }
            (Sent::Request(_), None) => Err("no key to send with".into()),
            (Sent::Set(files), _) => self.staff.upload(&files),
        }
    }
}

/// A set-up that was fast because nothing was stored would be worth nothing.
fn check(work: &SetUpWork, shell: &Shell) -> Outcome<()> {
    let last = InsuredKey {
        insurer: INSURER.parse()?,
        number: format!("{:010}", work.people).parse()?,
    };
    let (people, records) = shell.look(|world| {
        let platform = world.platform();
        let held = platform.holdings(last);
        (platform.people(), held.map_or(0, |held| held.records()))
    });
    if people != work.people as usize || records != Kind::ALL.len() {
        return Err(format!("{people} people are held, {records} records of the last").into());
    }
    Ok(())
}

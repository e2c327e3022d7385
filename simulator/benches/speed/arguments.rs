//! The command line.

use crate::Outcome;
use crate::chapters::SetUpWork;
use crate::peers::PeerKind;

/// What this process is for.
pub(super) enum Role {
    /// Measures.
    Chapters(Arguments),
    /// Serves, to be measured.
    Peer(PeerKind),
    /// Sets one town up, to be measured.
    SetUp(SetUpWork),
    /// Starts simulators, to be measured.
    Start,
}

/// What to measure.
#[derive(Debug)]
pub(super) struct Arguments {
    /// Chapters by name; all if empty.
    pub(super) chapters: Vec<String>,
    /// Sizes of the towns to set up.
    pub(super) people: Vec<u32>,
    /// Whether it is only to be shown that everything runs.
    pub(super) is_smoke: bool,
    /// How often each figure is taken.
    pub(super) rounds: usize,
}

/// Before the role of a process that this one starts.
pub(super) const ROLE: &str = "--role";
/// Towns of these sizes unless told otherwise: far enough apart to see proportion, and soon done.
const PEOPLE: [u32; 2] = [10_000, 100_000];
const CHAPTERS: [&str; 4] = ["start", "link", "batch", "setup"];

/// Reads the command line. `cargo bench` adds `--bench`; without it (`cargo test --benches`) a run
/// is a smoke run.
pub(super) fn read(words: impl Iterator<Item = String>) -> Outcome<Role> {
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [ROLE, "peer", kind] => Ok(Role::Peer(kind.parse()?)),
        [ROLE, "setup", work @ ..] => Ok(Role::SetUp(SetUpWork::read(work)?)),
        [ROLE, "start"] => Ok(Role::Start),
        words => chapters(words).map(Role::Chapters),
    }
}

fn chapters(mut words: &[&str]) -> Outcome<Arguments> {
    let mut arguments = Arguments {
        chapters: Vec::new(),
        people: PEOPLE.to_vec(),
        is_smoke: !words.contains(&"--bench"),
        rounds: 7,
    };
    loop {
        words = match words {
            [] => return Ok(arguments),
            ["--bench", rest @ ..] => rest,
            ["--smoke", rest @ ..] => {
                arguments.is_smoke = true;
                rest
            }
            ["--rounds", rounds, rest @ ..] => {
                arguments.rounds = rounds.parse()?;
                rest
            }
            ["--people", sizes, rest @ ..] => {
                arguments.people = sizes.split(',').map(str::parse).collect::<Result<_, _>>()?;
                rest
            }
            [chapter, rest @ ..] if CHAPTERS.contains(chapter) => {
                arguments.chapters.push((*chapter).to_owned());
                rest
            }
            [word, ..] => {
                return Err(
                    format!("{word:?} is not understood; chapters are {CHAPTERS:?}").into(),
                );
            }
        }
    }
}

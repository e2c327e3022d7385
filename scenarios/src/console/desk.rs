//! 窓口: stands between the run, which asks, and the people, who answer; everything said goes into the book first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tekigo_simulator::profile::Profile;
use tokio::sync::{oneshot, watch};

use super::book::Book;
use super::entry::{Answered, Brought, Entry, Key, Sort};
use super::instruction;
use super::standing::{Ending, NotTaken, Open, Progress, Standing};
use super::store::Store;
use crate::certify::Step;
use crate::control::{Answer, BusinessClock, Declaration, INTERFACE_VERSION, Operation};
use crate::drivers::{Asked, Begins, Counter, Told};
use crate::requirement::Mode;
use crate::verdict::AttestedRule;

/// Everything that the pages show and change.
#[derive(Debug)]
pub(super) struct Desk {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    pub(super) store: Store,
    pub(super) declaration: Declaration,
    pub(super) profile: Arc<Profile>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) book: Book,
    pub(super) standing: Standing,
    pub(super) progress: Progress,
    scenario: Option<Course>,
}

/// A scenario under way.
#[derive(Debug)]
struct Course {
    begins: Begins,
    attempt: u32,
    /// How many operations have been asked for.
    asked: u32,
    /// Whether the answers of the book are still those of this course.
    follows_book: bool,
    /// Names by 被保険者番号: an operation gives the number alone.
    names: BTreeMap<String, String>,
}

impl Desk {
    pub(super) fn new(
        book: Book,
        store: Store,
        declaration: Declaration,
        profile: Arc<Profile>,
    ) -> Self {
        let standing = if book.prepared().is_some() {
            Standing::Busy
        } else {
            Standing::Preparing
        };
        Self {
            state: Mutex::new(State {
                book,
                standing,
                progress: Progress::default(),
                scenario: None,
            }),
            changed: watch::Sender::new(0),
            store,
            declaration,
            profile,
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// Waits until the run does not only do its own part, or for so long.
    pub(super) async fn until_someone_is_needed(&self, most: Duration) {
        let mut changed = self.changed.subscribe();
        let settled = async {
            while matches!(self.state().standing, Standing::Busy) {
                if changed.changed().await.is_err() {
                    return;
                }
            }
        };
        // Whoever looks sooner is shown that the run is at work.
        let _ = tokio::time::timeout(most, settled).await;
    }

    /// Waits for the preparation.
    pub(super) async fn until_prepared(&self) {
        let mut changed = self.changed.subscribe();
        while self.state().book.prepared().is_none() {
            if changed.changed().await.is_err() {
                return;
            }
        }
    }

    /// Takes what the run says until it is over.
    pub(super) async fn attend(&self, mut counter: Counter) {
        while let Some(told) = counter.recv().await {
            let mut waiting = None;
            let taken = match told {
                Told::Begins(begins) => self.begin(begins),
                Told::Asked(Asked {
                    operation,
                    input,
                    reply,
                }) => {
                    waiting = Some(reply);
                    self.ask(operation, input, &mut waiting)
                }
                Told::Ends(reply) => {
                    // The run may have been ended from outside.
                    let _ = reply.send(self.attested());
                    Ok(())
                }
            };
            if let Err(error) = taken {
                self.end(Ending::Broken {
                    why: error.to_string(),
                    exit: crate::verdict::ExitCode::Undecided.code(),
                });
                // Without its record nothing goes on: the run waits for an answer that never comes, and the pages
                // say why.
                std::future::pending::<()>().await;
            }
            drop(waiting);
        }
    }

    fn begin(&self, begins: Begins) -> Result<(), NotTaken> {
        let mut state = self.state();
        let before = state.book.attempts(&begins.scenario, begins.mode);
        // Of mode 1 the product's own traffic would be missing: what it sent, it has sent to a world that is gone.
        let goes_on = before > 0 && begins.mode == Mode::File;
        let attempt = if goes_on { before } else { before + 1 };
        if !goes_on {
            state.book.write(Entry::Begun {
                scenario: begins.scenario.clone(),
                mode: begins.mode,
                attempt,
            })?;
        }
        state.scenario = Some(Course {
            begins,
            attempt,
            asked: 0,
            follows_book: goes_on,
            names: BTreeMap::new(),
        });
        Ok(())
    }

    /// Answers at once what is known, or opens an instruction; either takes the reply out of `waiting`.
    fn ask(
        &self,
        operation: Operation,
        input: Value,
        waiting: &mut Option<oneshot::Sender<Answer>>,
    ) -> Result<(), NotTaken> {
        if operation == Operation::Declare {
            let answer = self.declared()?;
            send(waiting, answer);
            return Ok(());
        }
        let gifts = instruction::gifts(operation, &input, &self.profile)?;
        let digest = instruction::digest_of(operation, &input, &gifts);
        let mut state = self.state();
        let State { book, scenario, .. } = &mut *state;
        let Some(course) = scenario else {
            return Err(NotTaken::Wrong(format!(
                "シナリオの外で操作「{}」が求められました",
                operation.japanese()
            )));
        };
        course.asked += 1;
        course.learn_names(operation, &input);
        let key = course.key();
        let known = book
            .answers_of(&key.scenario, key.mode, key.attempt)
            .remove(&key.ordinal)
            .filter(|_| course.follows_book);
        match known {
            Some(known) if known.operation == operation.name() && known.input == digest => {
                let answer = read(&known, operation)?;
                self.hand_over(&book.brought_to(&key), operation, &input, &answer)?;
                send(waiting, answer);
                return Ok(());
            }
            Some(_) => {
                course.follows_book = false;
                book.write(Entry::Parted { key: key.clone() })?;
            }
            None => {}
        }
        let Some(reply) = waiting.take() else {
            return Ok(());
        };
        let open = Open {
            key,
            title: course.begins.title.clone(),
            journal: course.begins.journal.clone(),
            names: course.names.clone(),
            operation,
            input,
            gifts,
            digest,
            reply,
        };
        state.standing = Standing::Asking(Box::new(open));
        drop(state);
        self.tell();
        Ok(())
    }

    /// What the product is, as the preparation found it and the vendor's file says.
    fn declared(&self) -> Result<Answer, NotTaken> {
        let state = self.state();
        let Some(prepared) = state.book.prepared() else {
            return Err(NotTaken::Wrong("準備が終わっていません".to_owned()));
        };
        let declared = &self.declaration;
        let modes: Vec<&str> = declared.modes.iter().map(|mode| mode.id()).collect();
        let functions: Vec<&str> = declared.functions.iter().map(|of| of.word()).collect();
        let answer = json!({
            "result": "done",
            "reason": null,
            "data": {
                "interface_version": INTERFACE_VERSION,
                "product": prepared.product,
                "vendor": declared.vendor,
                "version": prepared.version,
                "modes": modes,
                "functions": functions,
                "clock": declared.clock.word(),
            },
        });
        Answer::read(Operation::Declare, answer.to_string().as_bytes())
            .map_err(|error| NotTaken::Wrong(error.to_string()))
    }

    fn attested(&self) -> Vec<AttestedRule> {
        let state = self.state();
        let attested = state.book.attested().into_iter();
        attested
            .map(|attested| AttestedRule {
                requirement: attested.requirement.clone(),
                what: attested.what.clone(),
                person: attested.person.clone(),
                on: attested.on.clone(),
                reason: attested.reason.clone(),
                shortfall: attested.shortfall.clone(),
            })
            .collect()
    }

    /// Whether the product's business date is the machine's.
    pub(super) fn has_clock_of_machine(&self) -> bool {
        self.declaration.clock == BusinessClock::Machine
    }

    /// Puts the files that the product has written where the operation wants them.
    pub(super) fn hand_over(
        &self,
        brought: &[Brought],
        operation: Operation,
        input: &Value,
        answer: &Answer,
    ) -> Result<(), NotTaken> {
        let (Operation::Export, true, Some(folder)) =
            (operation, answer.is_done(), input["folder"].as_str())
        else {
            return Ok(());
        };
        for file in brought.iter().filter(|file| file.sort == Sort::Written) {
            let content = self.store.content(&file.sha256)?;
            std::fs::write(Path::new(folder).join(&file.name), content)?;
        }
        Ok(())
    }

    /// Takes what the run tells of its course.
    pub(super) fn note(&self, step: Step, journal_of: impl Fn(&str, Mode) -> PathBuf) {
        let mut state = self.state();
        match step {
            Step::Begins(counts) => state.progress.planned = counts.values().sum(),
            Step::Ended {
                id, mode, passed, ..
            } => {
                state.progress.ended += 1;
                let is_known = state.book.ended().contains_key(&(mode, id.clone()));
                let noted = sync(&journal_of(&id, mode));
                if noted.is_ok() && !is_known {
                    // What cannot be noted is run again after a restart; the answers are kept.
                    let _ = state.book.write(Entry::Ended {
                        scenario: id,
                        mode,
                        passed,
                    });
                }
            }
            Step::AskingVendor | Step::Judging => {}
        }
        drop(state);
        self.tell();
    }

    /// The run is over.
    pub(super) fn end(&self, ending: Ending) {
        let mut state = self.state();
        if let Ending::Judged { exit, .. } = &ending {
            // The report lies there already; without this line it is only written once more.
            let _ = state.book.write(Entry::Judged { exit: *exit });
        }
        state.standing = Standing::Over(ending);
        drop(state);
        self.tell();
    }
}

impl Course {
    fn learn_names(&mut self, operation: Operation, input: &Value) {
        if operation != Operation::LoadLedger {
            return;
        }
        let people = input["ledger"]["people"].as_array().into_iter().flatten();
        let names = people.filter_map(|person| {
            let number = person["insured_number"].as_str()?;
            Some((number.to_owned(), person["name"].as_str()?.to_owned()))
        });
        self.names = names.collect();
    }

    fn key(&self) -> Key {
        Key {
            scenario: self.begins.scenario.clone(),
            mode: self.begins.mode,
            attempt: self.attempt,
            ordinal: self.asked,
        }
    }
}

/// A file, and its name in its folder, are on the disk when this returns.
fn sync(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()?;
    path.parent()
        .map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

/// Answers the run, which may have been ended from outside.
fn send(waiting: &mut Option<oneshot::Sender<Answer>>, answer: Answer) {
    if let Some(reply) = waiting.take() {
        let _ = reply.send(answer);
    }
}

/// An answer of the book, read as any other.
pub(super) fn read(answered: &Answered, operation: Operation) -> Result<Answer, NotTaken> {
    let read = answered.read(operation);
    read.map_err(|error| NotTaken::Wrong(error.to_string()))
}

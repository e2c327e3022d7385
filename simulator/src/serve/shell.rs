//! The world and its journal behind one lock: the only way in.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::HeaderValue;
use serde::Serialize;
use serde::ser::Error as _;
use tokio::sync::{oneshot, watch};

use super::raw_request::{RawRequest, masked_request};
use super::tls::RunClock;
use crate::effect::{Dated, Effect, LinkReply};
use crate::input::Input;
use crate::kernel::{Event, Journal, JournalError, Mask, Moment};
use crate::profile::Profile;
use crate::world::World;

/// The world could not go on, because the journal could not.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// The world on the air.
#[derive(Debug)]
pub struct Shell {
    inner: Mutex<Inner>,
    /// Apart from the lock: nobody has to wait for the world to mask what came in.
    mask: Mask,
    profile: Arc<Profile>,
    clock: Arc<RunClock>,
    held: watch::Sender<usize>,
    line_is_up: AtomicBool,
    /// Connections that have not got as far as a request or a refusal.
    opening: watch::Sender<usize>,
}

/// A connection that is being opened. Dropping it says that whatever it came to is journaled.
#[derive(Debug)]
pub(super) struct Opening<'a>(&'a watch::Sender<usize>);

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[derive(Debug)]
struct Inner {
    world: World,
    journal: Journal,
    last_request: u64,
    waiting: BTreeMap<u64, oneshot::Sender<()>>,
    /// An effect as JSON, before the mask.
    scratch: Vec<u8>,
}

impl Inner {
    fn journal_effect(&mut self, mask: &Mask, dated: &Dated) -> Result<(), JournalError> {
        let (from, kind) = dated.effect.origin_and_kind();
        self.scratch.clear();
        if self.journal.is_kept() {
            dated.effect.write_json(&mut self.scratch)?;
        }
        let text = std::str::from_utf8(&self.scratch).map_err(serde_json::Error::custom)?;
        let body = mask.apply_json(text);
        self.journal.append_json(dated.at, from, kind, &body)?;
        Ok(())
    }
}

/// What an adapter gets for a request: the answer, and for a held one the sign to send it.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) reply: LinkReply,
    pub(super) release: Option<oneshot::Receiver<()>>,
    /// The journal's position that must be written before the answer is shown.
    until: u64,
}

impl Shell {
    pub(super) fn new(world: World, journal: Journal, mask: Mask, clock: Arc<RunClock>) -> Self {
        let profile = Arc::clone(world.profile());
        Self {
            mask,
            profile,
            inner: Mutex::new(Inner {
                world,
                journal,
                last_request: 0,
                waiting: BTreeMap::new(),
                scratch: Vec::new(),
            }),
            clock,
            held: watch::Sender::new(0),
            line_is_up: AtomicBool::new(true),
            opening: watch::Sender::new(0),
        }
    }

    /// Gives the world an input, journals it with everything that follows, and only then
    /// returns what follows.
    ///
    /// # Errors
    /// The journal could not be written: nothing is shown, and the run must end.
    pub fn submit(&self, input: &Input) -> Result<Vec<Dated>, ShellError> {
        self.submit_locked(&mut self.lock(), input)
    }

    /// Answers a request as if it had come in over the line: masked, judged, stored and journaled.
    /// For measuring without a line; a held answer is not waited for.
    ///
    /// # Errors
    /// The journal could not be written.
    pub fn request(&self, raw: RawRequest) -> Result<LinkReply, ShellError> {
        let answered = self.link_request(raw)?;
        self.lock().journal.commit()?;
        Ok(answered.reply)
    }

    /// Writes something into the journal that the world does not see: what the judge asked,
    /// saw and concluded. The text is masked like any input.
    ///
    /// # Errors
    /// The journal could not be written.
    pub fn note(&self, from: &str, kind: &str, body: &impl Serialize) -> Result<u64, ShellError> {
        let text = serde_json::to_string(body).map_err(JournalError::from)?;
        let masked = self.mask.apply_json(&text);
        let mut inner = self.lock();
        let now = inner.world.now();
        let n = inner.journal.append_json(now, from, kind, &masked)?;
        inner.journal.commit()?;
        Ok(n)
    }

    /// Looks at the world, of which everything is journaled by then.
    pub fn look<T>(&self, at: impl FnOnce(&World) -> T) -> T {
        let mut inner = self.lock();
        // A journal that cannot be written says so to whoever changes the world next.
        let _ = inner.journal.commit();
        at(&inner.world)
    }

    /// The run's time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.lock().world.now()
    }

    /// The HTTP `Date` of the run's time.
    pub(super) fn http_date(&self) -> HeaderValue {
        self.clock.date()
    }

    /// Where the journal lies.
    #[must_use]
    pub fn journal_path(&self) -> PathBuf {
        self.lock().journal.path().to_owned()
    }

    /// The number of events so far, and the chain's value after the last.
    #[must_use]
    pub fn journal_end(&self) -> (u64, String) {
        let inner = self.lock();
        (inner.journal.count(), inner.journal.hash())
    }

    /// The run's mask, for looking up what a secret looks like behind it.
    #[must_use]
    pub fn mask(&self) -> Mask {
        self.mask.clone()
    }

    pub(super) fn mask_in_place(&self) -> &Mask {
        &self.mask
    }

    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Waits until so many answers are held on the line.
    pub async fn until_held(&self, answers: usize) {
        let mut held = self.held.subscribe();
        // The sender lives as long as self, so waiting cannot fail.
        let _ = held.wait_for(|count| *count >= answers).await;
    }

    /// Waits until no connection is being opened: what a vendor saw refused is then journaled.
    pub async fn until_quiet(&self) {
        let mut opening = self.opening.subscribe();
        // The sender lives as long as self, so waiting cannot fail.
        let _ = opening.wait_for(|count| *count == 0).await;
    }

    pub(super) fn open_connection(&self) -> Opening<'_> {
        self.opening.send_modify(|count| *count += 1);
        Opening(&self.opening)
    }

    pub(super) fn line_is_up(&self) -> bool {
        self.line_is_up.load(Ordering::Relaxed)
    }

    pub(super) fn replay(&self, events: &[Event], path: &Path) -> Result<(), ShellError> {
        let mut inner = self.lock();
        let mut expected: VecDeque<(Dated, String)> = VecDeque::new();
        for event in events {
            match Input::from_journal(&event.kind, &event.body) {
                Ok(Some(input)) => {
                    if let Input::LinkRequest(request) = &input {
                        inner.last_request = request.id;
                    }
                    for dated in inner.world.apply(&input) {
                        let text = dated.effect.to_json().map_err(JournalError::from)?;
                        let body = self.mask.apply_json(&text).into_owned();
                        expected.push_back((dated, body));
                    }
                }
                Ok(None) if is_effect(&event.kind) => {
                    let same = expected.pop_front().is_some_and(|(dated, body)| {
                        dated.effect.origin_and_kind().1 == event.kind && body == event.body.get()
                    });
                    if !same {
                        return Err(diverged(path, event.n));
                    }
                }
                Ok(None) => {}
                Err(_) => return Err(diverged(path, event.n)),
            }
        }
        for (dated, body) in expected {
            let (from, kind) = dated.effect.origin_and_kind();
            inner.journal.append_json(dated.at, from, kind, &body)?;
        }
        inner.journal.commit()?;
        self.clock.set(inner.world.now());
        Ok(())
    }

    /// Answers a request. Requests that come in together are journaled together: each lets the
    /// others come first before it sees to it that what it caused is written.
    pub(super) async fn answer(&self, raw: RawRequest) -> Result<Answered, ShellError> {
        let answered = self.link_request(raw)?;
        tokio::task::yield_now().await;
        self.lock().journal.commit_until(answered.until)?;
        Ok(answered)
    }

    /// Has the world answer; the answer may not be shown before the journal is written.
    fn link_request(&self, raw: RawRequest) -> Result<Answered, ShellError> {
        let mut request = masked_request(&self.mask, raw);
        let mut inner = self.lock();
        inner.last_request += 1;
        let id = inner.last_request;
        request.id = id;
        let effects = self.apply_locked(&mut inner, &Input::LinkRequest(request))?;
        self.show(&mut inner, &effects)?;
        let until = inner.journal.count();
        let reply = effects
            .into_iter()
            .find_map(|dated| {
                if let Effect::Reply(reply) = dated.effect
                    && reply.id == id
                {
                    return Some(reply);
                }
                None
            })
            .expect("the world answers every request");
        let release = (reply.travel == crate::effect::ReplyTravel::Held).then(|| {
            let (sender, receiver) = oneshot::channel();
            inner.waiting.insert(id, sender);
            self.held.send_replace(inner.waiting.len());
            receiver
        });
        Ok(Answered {
            reply,
            release,
            until,
        })
    }

    fn submit_locked(
        &self,
        inner: &mut MutexGuard<'_, Inner>,
        input: &Input,
    ) -> Result<Vec<Dated>, ShellError> {
        let effects = self.apply_locked(inner, input)?;
        inner.journal.commit()?;
        self.show(inner, &effects)?;
        Ok(effects)
    }

    /// Gives the world an input and adds it with everything that follows to the journal, which
    /// still has to be written.
    fn apply_locked(
        &self,
        inner: &mut MutexGuard<'_, Inner>,
        input: &Input,
    ) -> Result<Vec<Dated>, ShellError> {
        let (from, kind) = input.origin_and_kind();
        let before = inner.world.now();
        let effects = inner.world.apply(input);
        let at = if let Input::Opening(opening) = input {
            opening.start
        } else {
            before
        };
        inner.journal.append(at, from, kind, input)?;
        for dated in &effects {
            inner.journal_effect(&self.mask, dated)?;
        }
        self.clock.set(inner.world.now());
        Ok(effects)
    }

    /// Lets out what is not the answer to anybody: the state of the line, answers that were held.
    fn show(&self, inner: &mut MutexGuard<'_, Inner>, effects: &[Dated]) -> Result<(), ShellError> {
        for dated in effects {
            if let Effect::Line(line) = &dated.effect {
                inner.journal.commit()?;
                self.line_is_up.store(line.is_up, Ordering::Relaxed);
            }
            if let Effect::Released(released) = &dated.effect
                && let Some(waiting) = inner.waiting.remove(&released.id)
            {
                inner.journal.commit()?;
                // Nobody waits any more if the vendor hung up meanwhile.
                let _ = waiting.send(());
                self.held.send_replace(inner.waiting.len());
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_effect(kind: &str) -> bool {
    matches!(
        kind,
        "link.reply"
            | "link.released"
            | "operator.result"
            | "message"
            | "platform.stored"
            | "identifier.issued"
            | "mail"
            | "line"
            | "line.struck"
            | "viewing.answer"
            | "directory.noted"
            | "portal.answer"
            | "portal.status"
            | "attestation.answer"
    )
}

fn diverged(path: &Path, line: u64) -> ShellError {
    ShellError::Journal(JournalError::Diverged {
        path: path.to_owned(),
        line,
    })
}

//! The world and its journal behind one lock: the only way in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};

use super::tls::RunClock;
use crate::effect::{Dated, Effect, LinkReply};
use crate::input::{Input, LinkRequest};
use crate::kernel::{Event, Journal, JournalError, Mask, Moment};
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
    mask: Mask,
    last_request: u64,
    waiting: BTreeMap<u64, oneshot::Sender<()>>,
}

/// What an adapter gets for a request: the answer, and for a held one the sign to send it.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) reply: LinkReply,
    pub(super) release: Option<oneshot::Receiver<()>>,
}

/// A request as it came in, before the mask.
#[derive(Debug, Clone)]
pub(super) struct RawRequest {
    pub(super) environment: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) certificate: Option<String>,
    pub(super) authorization: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Result<Bytes, crate::input::Unreadable>,
}

impl Shell {
    pub(super) fn new(world: World, journal: Journal, mask: Mask, clock: Arc<RunClock>) -> Self {
        Self {
            inner: Mutex::new(Inner {
                world,
                journal,
                mask,
                last_request: 0,
                waiting: BTreeMap::new(),
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

    /// Writes something into the journal that the world does not see: what the judge asked,
    /// saw and concluded. The text is masked like any input.
    ///
    /// # Errors
    /// The journal could not be written.
    pub fn note(&self, from: &str, kind: &str, body: &impl Serialize) -> Result<u64, ShellError> {
        let text = serde_json::to_string(body).map_err(JournalError::from)?;
        let mut inner = self.lock();
        let masked = inner.mask.apply_json(&text).into_owned();
        let body = RawValue::from_string(masked).map_err(JournalError::from)?;
        let now = inner.world.now();
        let n = inner.journal.append(now, from, kind, &body)?;
        inner.journal.commit()?;
        Ok(n)
    }

    /// Looks at the world.
    pub fn look<T>(&self, at: impl FnOnce(&World) -> T) -> T {
        at(&self.lock().world)
    }

    /// The run's time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.lock().world.now()
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
        self.lock().mask.clone()
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
        let mut expected: std::collections::VecDeque<(String, String)> =
            std::collections::VecDeque::new();
        for event in events {
            match Input::from_journal(&event.kind, &event.body) {
                Ok(Some(input)) => {
                    if let Input::LinkRequest(request) = &input {
                        inner.last_request = request.id;
                    }
                    for dated in inner.world.apply(&input) {
                        let line = effect_line(&inner.mask, &dated.effect)?;
                        expected.push_back((line.0.to_owned(), line.1.get().to_owned()));
                    }
                }
                Ok(None) if is_effect(&event.kind) => {
                    let same = expected
                        .pop_front()
                        .is_some_and(|(kind, body)| kind == event.kind && body == event.body.get());
                    if !same {
                        return Err(diverged(path, event.n));
                    }
                }
                Ok(None) => {}
                Err(_) => return Err(diverged(path, event.n)),
            }
        }
        let now = inner.world.now();
        for (kind, body) in expected {
            let body = RawValue::from_string(body).map_err(JournalError::from)?;
            inner.journal.append(now, "run", &kind, &body)?;
        }
        inner.journal.commit()?;
        self.clock.set(now);
        Ok(())
    }

    pub(super) fn link_request(&self, raw: RawRequest) -> Result<Answered, ShellError> {
        let mut inner = self.lock();
        inner.last_request += 1;
        let id = inner.last_request;
        let request = masked_request(&inner.mask, id, raw);
        let effects = self.submit_locked(&mut inner, &Input::LinkRequest(request))?;
        let reply = crate::world::reply_to(&effects, id)
            .cloned()
            .expect("the world answers every request");
        let release = (reply.travel == crate::effect::ReplyTravel::Held).then(|| {
            let (sender, receiver) = oneshot::channel();
            inner.waiting.insert(id, sender);
            self.held.send_replace(inner.waiting.len());
            receiver
        });
        Ok(Answered { reply, release })
    }

    fn submit_locked(
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
            let (kind, body) = effect_line(&inner.mask, &dated.effect)?;
            let (from, _) = dated.effect.origin_and_kind();
            inner.journal.append(dated.at, from, kind, &body)?;
        }
        inner.journal.commit()?;
        self.clock.set(inner.world.now());
        for dated in &effects {
            if let Effect::Line(line) = &dated.effect {
                self.line_is_up.store(line.is_up, Ordering::Relaxed);
            }
            if let Effect::Released(released) = &dated.effect
                && let Some(waiting) = inner.waiting.remove(&released.id)
            {
                // Nobody waits any more if the vendor hung up meanwhile.
                let _ = waiting.send(());
                self.held.send_replace(inner.waiting.len());
            }
        }
        Ok(effects)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn effect_line<'e>(
    mask: &Mask,
    effect: &'e Effect,
) -> Result<(&'e str, Box<RawValue>), ShellError> {
    let (_, kind) = effect.origin_and_kind();
    let text = effect.to_json().map_err(JournalError::from)?;
    let masked = match mask.apply_json(&text) {
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(masked) => masked,
    };
    let body = RawValue::from_string(masked).map_err(JournalError::from)?;
    Ok((kind, body))
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

fn masked_request(mask: &Mask, id: u64, raw: RawRequest) -> LinkRequest {
    let (text, unreadable) = match raw.body {
        Ok(bytes) => match std::str::from_utf8(&bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => (
                String::from_utf8_lossy(&bytes).into_owned(),
                Some(crate::input::Unreadable::NotUtf8),
            ),
        },
        Err(unreadable) => (String::new(), Some(unreadable)),
    };
    let masked = mask.apply_json(&text).into_owned();
    let (body, text) = if masked.is_empty() {
        (None, None)
    } else if unreadable.is_some() || masked.contains(['\n', '\r']) {
        (None, Some(masked))
    } else {
        match RawValue::from_string(masked.clone()) {
            Ok(json) => (Some(json), None),
            Err(_) => (None, Some(masked)),
        }
    };
    let masked = |text: &str| mask.apply(text).into_owned();
    LinkRequest {
        id,
        environment: raw.environment,
        method: raw.method,
        path: masked(&raw.path),
        query: masked(&raw.query),
        certificate: raw.certificate,
        key: raw.authorization.map(|value| bearer_token(mask, &value)),
        content_type: raw.content_type.as_deref().map(masked),
        body,
        text,
        unreadable,
    }
}

/// The token of whatever was presented as bearer; anything else is masked whole.
fn bearer_token(mask: &Mask, value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => mask.key_token(key.trim()),
        _ => format!("形の違う認証:{}", mask.key_token(value)),
    }
}

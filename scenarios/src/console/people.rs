//! What people do at the desk: each into the book before anything comes of it.

use serde_json::Value;

use super::book::{Book, now};
use super::desk::{Desk, State, read};
use super::entry::{Answered, Attested, Brought, Entry, Key, Prepared, Sort};
use super::standing::{NotTaken, Open, Standing};
use crate::control::Answer;

impl Desk {
    /// The preparation is done.
    pub(super) fn prepare(&self, prepared: Prepared) -> Result<(), NotTaken> {
        let mut state = self.state();
        if state.book.prepared().is_some() {
            return Err(NotTaken::Stale);
        }
        state.book.write(Entry::Prepared(prepared))?;
        state.standing = Standing::Busy;
        drop(state);
        self.tell();
        Ok(())
    }

    /// Somebody attests something.
    pub(super) fn attest(&self, attested: Attested) -> Result<(), NotTaken> {
        self.state().book.write(Entry::Attested(attested))?;
        Ok(())
    }

    /// Files are brought to the open instruction.
    pub(super) fn bring(
        &self,
        to: &str,
        sort: Sort,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<(), NotTaken> {
        let mut state = self.state();
        let key = open_key(&state, to)?;
        for (name, content) in files {
            let bytes = content.len() as u64;
            let sha256 = self.store.keep(&content)?;
            state.book.write(Entry::Brought(Brought {
                key: key.clone(),
                sort,
                name,
                sha256,
                bytes,
            }))?;
        }
        Ok(())
    }

    /// A file is taken back from the open instruction.
    pub(super) fn take_back(&self, from: &str, sha256: &str) -> Result<(), NotTaken> {
        let mut state = self.state();
        let key = open_key(&state, from)?;
        let there = state.book.brought_to(&key);
        if !there.iter().any(|brought| brought.sha256 == sha256) {
            return Err(NotTaken::Stale);
        }
        let sha256 = sha256.to_owned();
        state.book.write(Entry::TakenBack { key, sha256 })?;
        Ok(())
    }

    /// The open instruction is answered. The answer is on the disk before the run goes on.
    pub(super) fn answer(&self, to: &str, answer: &Value, by: &str) -> Result<(), NotTaken> {
        let mut state = self.state();
        open_key(&state, to)?;
        let Standing::Asking(open) = std::mem::replace(&mut state.standing, Standing::Busy) else {
            return Err(NotTaken::Stale);
        };
        match self.take(&mut state.book, &open, answer, by) {
            Ok(read) => {
                drop(state);
                self.tell();
                // The run may have been ended from outside.
                let _ = open.reply.send(read);
                Ok(())
            }
            Err(error) => {
                state.standing = Standing::Asking(open);
                Err(error)
            }
        }
    }

    fn take(
        &self,
        book: &mut Book,
        open: &Open,
        answer: &Value,
        by: &str,
    ) -> Result<Answer, NotTaken> {
        let answered = Answered {
            key: open.key.clone(),
            operation: open.operation.name().to_owned(),
            input: open.digest.clone(),
            answer: answer.clone(),
            by: by.to_owned(),
            at: now().to_string(),
        };
        let read = read(&answered, open.operation)?;
        let brought = book.brought_to(&open.key);
        self.hand_over(&brought, open.operation, &open.input, &read)?;
        book.write(Entry::Answered(answered))?;
        Ok(read)
    }
}

/// The open instruction, if it is the one that is meant.
fn open_key(state: &State, meant: &str) -> Result<Key, NotTaken> {
    match &state.standing {
        Standing::Asking(open) if open.key.in_path() == meant => Ok(open.key.clone()),
        Standing::Asking(_) | Standing::Preparing | Standing::Busy | Standing::Over(_) => {
            Err(NotTaken::Stale)
        }
    }
}

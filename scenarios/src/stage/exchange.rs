//! 方式②の連携: files out of the product, to PMH's pages and back, by a person's hand.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::desk::unless_stopped;
use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::setup::supported;
use super::stick::{CarriedSet, Stick, files_in, sets_of};
use super::trouble::Trouble;
use super::wording::listed;
use crate::control::{Answer, Operation};
use crate::operator::{CarriedFile, SentSet, Stop, Terminal};
use crate::requirement::Mode;

/// How often files may go back and forth before the staff give up.
const ROUNDS_MAX: usize = 8;

/// What has travelled so far.
#[derive(Debug, Default)]
pub(super) struct Travelled {
    stick: Option<Stick>,
    /// The sets the product has written, oldest first.
    pub(super) exported: Vec<CarriedSet>,
    /// Sets that PMH has taken, as the terminal saw, whose results are not back yet.
    pub(super) sent: BTreeSet<String>,
    /// Sets whose results the product has taken in, or that have none.
    back: BTreeSet<String>,
    /// PMH's sets that the product has taken in, oldest first.
    pub(super) imported: Vec<CarriedSet>,
}

/// What was fetched from PMH.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    /// The files.
    pub(super) files: Vec<CarriedFile>,
    /// The sets whose results are among them.
    sets: Vec<String>,
}

/// How far bringing files back has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    /// Nothing was there to bring.
    Nothing,
    /// The product has taken something in.
    Imported,
    /// PMH is not ready, or the product refused.
    Stuck,
}

/// How sending a set ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// PMH has taken it.
    Taken,
    /// The pages refused, or the line broke.
    Stopped,
}

impl Live {
    /// Whether this run links by files.
    pub(super) fn links_by_files(&self) -> bool {
        self.context.mode == Mode::File
    }

    /// Carries files back and forth until nothing waits: what the product has for PMH is sent,
    /// what PMH has for the product is taken in.
    ///
    /// # Errors
    /// The product does not answer, or the pages are not as described.
    pub(super) async fn exchange_files(&mut self) -> Performed {
        let mut brought = if self.travelled.sent.is_empty() {
            Back::Nothing
        } else {
            self.bring_back().await?
        };
        for _ in 0..ROUNDS_MAX {
            if brought == Back::Stuck {
                return Ok(());
            }
            let Some(sets) = self.export_files().await? else {
                return Ok(());
            };
            if !self.send_sets(&sets).await? {
                return Ok(());
            }
            brought = self.bring_back().await?;
            if brought == Back::Nothing {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Has the product write what it has for PMH; `None` if it refuses.
    pub(super) async fn export_files(&mut self) -> Performed<Option<Vec<CarriedSet>>> {
        let folder = self.stick()?.empty_folder()?;
        let input = json!({ "folder": folder });
        let answer = self.ask(Operation::Export, input).await?;
        supported(Operation::Export, &answer)?;
        let is_done = answer.is_done();
        let named = names_of(&answer);
        self.last_link = Some(answer);
        if !is_done {
            return Ok(None);
        }
        let mut written = files_in(&folder)?;
        let there: BTreeSet<&String> = written.iter().map(|file| &file.name).collect();
        if there != named.iter().collect() {
            return Err(StepFailure::violated(
                "出力したと答えたファイルが、そのままフォルダにある",
                format!(
                    "答えは {}、フォルダにあるのは {}",
                    listed(&named),
                    listed(there)
                ),
            ));
        }
        written.sort_by_key(|file| named.iter().position(|name| *name == file.name));
        let sets = sets_of(&self.context.profile, written);
        self.travelled.exported.extend(sets.iter().cloned());
        Ok(Some(sets))
    }

    /// Sends sets one after another; whether PMH has taken every one.
    async fn send_sets(&mut self, sets: &[CarriedSet]) -> Performed<bool> {
        for set in sets {
            if self.send_set(set).await? == Sending::Stopped {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Sends one set from the page.
    pub(super) async fn send_set(&mut self, set: &CarriedSet) -> Performed<Sending> {
        let trouble = self.trouble_at_terminal()?;
        if trouble == Some(Trouble::LineDown) {
            let terminal = self.at_terminal().await?;
            let begun = unless_stopped(terminal.begin_to_send(&set.files).await)?;
            if let Err(stop) = begun {
                self.note_stop(&stop)?;
            } else {
                self.strike_at_terminal(Trouble::LineDown)?;
            }
            return Ok(Sending::Stopped);
        }
        let terminal = self.at_terminal().await?;
        let sent = unless_stopped(terminal.send(&set.files).await)?;
        if trouble == Some(Trouble::AnswerLost) {
            // The page never came: whoever sits there knows nothing of what became of the set.
            self.strike_at_terminal(Trouble::AnswerLost)?;
            return Ok(Sending::Stopped);
        }
        if let Err(stop) = sent {
            self.note_stop(&stop)?;
            return Ok(Sending::Stopped);
        }
        self.travelled.sent.insert(set.number.clone());
        if trouble == Some(Trouble::ProductKilled) {
            self.strike_at_terminal(Trouble::ProductKilled)?;
            self.kill_product().await?;
            return Ok(Sending::Stopped);
        }
        Ok(Sending::Taken)
    }

    /// Fetches what PMH has for the product, and has it taken in.
    async fn bring_back(&mut self) -> Performed<Back> {
        let Some(fetched) = self.fetch_files().await? else {
            return Ok(Back::Stuck);
        };
        if fetched.files.is_empty() {
            return Ok(Back::Nothing);
        }
        let answer = self.import_files(&fetched.files).await?;
        if !answer.is_done() {
            return Ok(Back::Stuck);
        }
        self.is_back(fetched);
        Ok(Back::Imported)
    }

    /// The files at PMH that the product has not taken in; `None` while PMH is at work on a set.
    pub(super) async fn fetch_files(&mut self) -> Performed<Option<Fetched>> {
        let listed = unless_stopped(self.at_terminal().await?.sent_sets().await)?;
        let listed = match listed {
            Ok(listed) => listed,
            Err(stop) => {
                self.note_stop(&stop)?;
                return Ok(None);
            }
        };
        if listed.iter().any(SentSet::is_processing) {
            return Ok(None);
        }
        let taken = self.taken_names();
        let mut fetched = Fetched::default();
        // Oldest first: the list begins with the newest.
        for set in listed.iter().rev() {
            if self.travelled.back.contains(&set.number) {
                continue;
            }
            let terminal = self.at_terminal().await?;
            fetched.files.extend(
                terminal
                    .fetch_results(set, &taken)
                    .await
                    .map_err(StepFailure::harness)?,
            );
            fetched.sets.push(set.number.clone());
        }
        let terminal = self.at_terminal().await?;
        match unless_stopped(terminal.fetch_inbound(&taken).await)? {
            Ok(files) => fetched.files.extend(files),
            Err(stop) => self.note_stop(&stop)?,
        }
        Ok(Some(fetched))
    }

    /// Nobody will ever fetch the results of a set.
    pub(super) fn forget_results_of(&mut self, set: &CarriedSet) {
        self.travelled.sent.remove(&set.number);
        self.travelled.back.insert(set.number.clone());
    }

    /// The product has taken in what was fetched.
    pub(super) fn is_back(&mut self, fetched: Fetched) {
        for set in fetched.sets {
            self.travelled.sent.remove(&set);
            self.travelled.back.insert(set);
        }
    }

    /// Has the product take files in.
    pub(super) async fn import_files(&mut self, files: &[CarriedFile]) -> Performed<Answer> {
        let folder = self.stick()?.folder_with(files)?;
        let input = json!({ "folder": folder });
        let answer = self.ask(Operation::Import, input).await?;
        supported(Operation::Import, &answer)?;
        if answer.is_done() {
            let sets = sets_of(&self.context.profile, files.to_vec());
            self.travelled.imported.extend(sets);
        }
        self.last_link = Some(answer.clone());
        Ok(answer)
    }

    /// A text of the product as it may be shown: without the path of the folder.
    pub(super) fn without_path(&self, text: &str) -> String {
        match &self.travelled.stick {
            Some(stick) => stick.hidden_in(text),
            None => text.to_owned(),
        }
    }

    async fn at_terminal(&mut self) -> Performed<&mut Terminal> {
        self.own_seat().await?.logged_in().await
    }

    fn stick(&mut self) -> Performed<&mut Stick> {
        if self.travelled.stick.is_none() {
            let stick = Stick::in_folder(self.lease.slot().folder())?;
            self.travelled.stick = Some(stick);
        }
        self.travelled
            .stick
            .as_mut()
            .ok_or_else(|| StepFailure::harness("受け渡しのフォルダがありません"))
    }

    fn taken_names(&self) -> BTreeSet<String> {
        let sets = self.travelled.imported.iter();
        sets.flat_map(|set| &set.files)
            .map(|file| file.name.clone())
            .collect()
    }

    /// Notes at which page the person could not go on, and why.
    fn note_stop(&self, stop: &Stop) -> Performed {
        self.write("operator", "terminal.stopped", &json!(stop))
    }
}

/// The files that a product says it has written.
fn names_of(answer: &Answer) -> Vec<String> {
    let files = answer.data().get("files").and_then(Value::as_array);
    files
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

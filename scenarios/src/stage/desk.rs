//! 端末の前: the staff's accounts of PMH, each with the terminal it is used at.

use std::collections::BTreeMap;

use super::failure::{Performed, StepFailure};
use super::live::{FIRST_PASSWORD, Live};
use super::preparation::{BOARD_READING, ENVIRONMENT, NEW_PASSWORD, PROCESSING_RESULT};
use crate::operator::{Errand, Page, Stop, Stopped, Terminal, TerminalError};

/// The accounts in use, by insurer and environment.
#[derive(Debug, Default)]
pub(super) struct Desk {
    seats: BTreeMap<(String, String), Seat>,
}

/// An account of PMH and the terminal at which it is used.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) terminal: Terminal,
    login_id: String,
    password: &'static str,
    is_logged_in: bool,
}

impl Seat {
    /// The terminal, after somebody has logged in at it.
    pub(super) async fn logged_in(&mut self) -> Performed<&mut Terminal> {
        if !self.is_logged_in {
            self.log_in().await?;
        }
        Ok(&mut self.terminal)
    }

    /// Logs in with the password as it is now; gives the page that follows.
    pub(super) async fn log_in(&mut self) -> Performed<Page> {
        let page = done(self.terminal.log_in(&self.login_id, self.password).await)?;
        self.is_logged_in = true;
        Ok(page)
    }

    /// Logs in for the first time and sets a password of one's own.
    async fn log_in_first(&mut self) -> Performed {
        self.log_in().await?;
        done(
            self.terminal
                .change_password(self.password, NEW_PASSWORD)
                .await,
        )?;
        self.password = NEW_PASSWORD;
        Ok(())
    }

    async fn register_addresses(&mut self) -> Performed {
        let terminal = self.logged_in().await?;
        done(
            terminal
                .register_addresses(PROCESSING_RESULT, BOARD_READING)
                .await,
        )
    }
}

impl Live {
    /// The account of an insurer in an environment.
    pub(super) async fn seat_of(
        &mut self,
        insurer: &str,
        environment: &str,
    ) -> Performed<&mut Seat> {
        let account = (insurer.to_owned(), environment.to_owned());
        let terminal = match self.desk.seats.contains_key(&account) {
            true => None,
            false => Some(self.new_terminal(environment).await?),
        };
        let seat = self.desk.seats.entry(account);
        match (seat, terminal) {
            (std::collections::btree_map::Entry::Occupied(seat), _) => Ok(seat.into_mut()),
            (std::collections::btree_map::Entry::Vacant(place), Some(terminal)) => Ok(place
                .insert(Seat {
                    terminal,
                    login_id: insurer.to_owned(),
                    password: FIRST_PASSWORD,
                    is_logged_in: false,
                })),
            (std::collections::btree_map::Entry::Vacant(_), None) => {
                Err(StepFailure::harness("端末がありません"))
            }
        }
    }

    /// The insurer's own account in the environment that scenarios work in.
    pub(super) async fn own_seat(&mut self) -> Performed<&mut Seat> {
        let number = self.ledger.insurer.number.clone();
        self.seat_of(&number, ENVIRONMENT).await
    }

    /// Logs in with the first password and replaces it.
    pub(super) async fn log_in_first(&mut self) -> Performed {
        self.own_seat().await?.log_in_first().await
    }

    /// Registers both notification addresses.
    pub(super) async fn register_addresses(&mut self) -> Performed {
        self.own_seat().await?.register_addresses().await
    }

    /// A new key of an account, read off the page.
    pub(super) async fn new_key_of(
        &mut self,
        insurer: &str,
        environment: &str,
    ) -> Performed<String> {
        let seat = self.seat_of(insurer, environment).await?;
        let terminal = seat.logged_in().await?;
        done(terminal.issue_key().await)
    }

    /// Has the keys of the own account revoked.
    pub(super) async fn revoke_keys(&mut self) -> Performed {
        let terminal = self.own_seat().await?.logged_in().await?;
        done(terminal.revoke_keys().await)
    }

    /// Brings an account to where it can have a key issued.
    pub(super) async fn open_account(&mut self, insurer: &str, environment: &str) -> Performed {
        let seat = self.seat_of(insurer, environment).await?;
        if seat.password == NEW_PASSWORD {
            return Ok(());
        }
        seat.log_in_first().await?;
        seat.register_addresses().await
    }

    /// Puts a fresh browser in front of the own account: nobody is logged in.
    pub(super) async fn close_browser(&mut self) -> Performed {
        let terminal = self.new_terminal(ENVIRONMENT).await?;
        let seat = self.own_seat().await?;
        let left = std::mem::replace(&mut seat.terminal, terminal);
        seat.is_logged_in = false;
        left.leave().await.map_err(StepFailure::harness)
    }

    /// Leaves every terminal.
    pub(super) async fn leave_desk(&mut self) -> Performed {
        for seat in std::mem::take(&mut self.desk.seats).into_values() {
            seat.terminal.leave().await.map_err(StepFailure::harness)?;
        }
        Ok(())
    }

    async fn new_terminal(&self, environment: &str) -> Performed<Terminal> {
        let address = self.simulator()?.pages(environment).ok_or_else(|| {
            StepFailure::harness(TerminalError::NoPages {
                environment: environment.to_owned(),
            })
        })?;
        match &self.context.browser {
            None => Ok(Terminal::at(address)),
            Some(chromium) => Terminal::in_browser(chromium, address)
                .await
                .map_err(StepFailure::harness),
        }
    }
}

/// What an errand gave; one that the pages stopped is no way to prepare anything.
pub(super) fn done<T>(errand: Stopped<T>) -> Performed<T> {
    match errand.map_err(StepFailure::harness)? {
        Errand::Done(value) => Ok(value),
        Errand::Stopped(stop) => Err(StepFailure::harness(format!(
            "PMHの画面の操作が断られました: {stop}"
        ))),
    }
}

/// What an errand gave, or where the pages stopped it.
pub(super) fn unless_stopped<T>(errand: Stopped<T>) -> Performed<Result<T, Stop>> {
    errand
        .map(Errand::into_result)
        .map_err(StepFailure::harness)
}

//! The terminal: one browser, open at PMH's pages in one environment.

use std::net::SocketAddr;

use super::browser::BrowserTerminal;
use super::chromium::Chromium;
use super::error::TerminalError;
use super::http::HttpTerminal;
use super::page::{Form, Page};

/// A file on its way between the product and PMH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a person puts into a field.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The field's label.
    pub label: &'a str,
    /// What is put in.
    pub filling: Filling<'a>,
}

/// What goes into a field.
#[derive(Debug, Clone, Copy)]
pub enum Filling<'a> {
    /// Typed.
    Text(&'a str),
    /// Chosen from a folder.
    Files(&'a [CarriedFile]),
}

/// The terminal's browser.
#[derive(Debug)]
pub enum Terminal {
    /// Requests as a browser makes them, without one.
    Http(HttpTerminal),
    /// A real browser.
    Browser(BrowserTerminal),
}

impl Terminal {
    /// A terminal at the pages of an address.
    #[must_use]
    pub fn at(address: SocketAddr) -> Self {
        Self::Http(HttpTerminal::new(address))
    }

    /// A terminal with a real browser at the pages of an address.
    ///
    /// # Errors
    /// The browser does not open.
    pub async fn in_browser(
        chromium: &Chromium,
        address: SocketAddr,
    ) -> Result<Self, TerminalError> {
        let terminal = BrowserTerminal::open_at(chromium, address).await?;
        Ok(Self::Browser(terminal))
    }

    /// Opens a page.
    ///
    /// # Errors
    /// It does not come.
    pub async fn open(&mut self, path: &str) -> Result<Page, TerminalError> {
        match self {
            Self::Http(terminal) => terminal.open(path).await,
            Self::Browser(terminal) => terminal.open(path).await,
        }
    }

    /// Fills fields of a page in and presses a button.
    ///
    /// # Errors
    /// The page has no such field or button, or nothing comes back.
    pub async fn press(
        &mut self,
        page: &Page,
        button: &str,
        entries: &[Entry<'_>],
    ) -> Result<Page, TerminalError> {
        let form = form_of(page, button, entries)?;
        match self {
            Self::Http(terminal) => terminal.submit(page, form, entries).await,
            Self::Browser(terminal) => terminal.submit(form, button, entries).await,
        }
    }

    /// Fetches a file that a page links to.
    ///
    /// # Errors
    /// It does not come.
    pub async fn fetch(&mut self, path: &str) -> Result<Vec<u8>, TerminalError> {
        match self {
            Self::Http(terminal) => terminal.fetch(path).await,
            Self::Browser(terminal) => terminal.fetch(path).await,
        }
    }

    /// Fills fields in and presses a button, but the line breaks in the middle of sending.
    ///
    /// # Errors
    /// The page has no such field or button, or the line cannot be had at all.
    pub async fn break_off(
        &mut self,
        page: &Page,
        button: &str,
        entries: &[Entry<'_>],
    ) -> Result<(), TerminalError> {
        let form = form_of(page, button, entries)?;
        match self {
            Self::Http(terminal) => terminal.break_off(page, form, entries).await,
            Self::Browser(terminal) => terminal.break_off(page, form, entries).await,
        }
    }

    /// Leaves the terminal: its browser closes.
    ///
    /// # Errors
    /// It does not close.
    pub async fn leave(self) -> Result<(), TerminalError> {
        match self {
            Self::Http(_) => Ok(()),
            Self::Browser(terminal) => terminal.close().await,
        }
    }
}

fn form_of<'p>(
    page: &'p Page,
    button: &str,
    entries: &[Entry<'_>],
) -> Result<&'p Form, TerminalError> {
    let form = page.form_with(button).ok_or_else(|| {
        let buttons = page.forms.iter().flat_map(|form| &form.buttons);
        TerminalError::missing(&page.title, "ボタン", button, buttons.map(String::as_str))
    })?;
    match entries
        .iter()
        .find(|entry| form.field(entry.label).is_none())
    {
        None => Ok(form),
        Some(entry) => {
            let labels = form.fields.iter().map(|field| field.label.as_str());
            Err(TerminalError::missing(
                &page.title,
                "欄",
                entry.label,
                labels,
            ))
        }
    }
}

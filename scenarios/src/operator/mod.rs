//! 職員の代わり: the person at the LGWAN terminal.
//!
//! Opens PMH's pages as a browser would and works with what a person sees there: headings,
//! labels, buttons, tables. It knows neither routes of a programme's interface nor the state of
//! the simulated world.

mod browser;
mod chromium;
mod errand;
mod error;
mod http;
mod multipart;
mod page;
mod page_reading;
mod terminal;

pub use browser::BrowserTerminal;
pub use chromium::{Chromium, NoBrowser};
pub use errand::{Errand, FetchedFile, SentSet, Stop, Stopped};
pub use error::TerminalError;
pub use http::HttpTerminal;
pub use page::{Cell, Field, Form, Link, Page, Table};
pub use terminal::{CarriedFile, Entry, Filling, Terminal};

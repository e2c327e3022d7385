//! Verdicts and reports, from fabricated journals.

mod report;

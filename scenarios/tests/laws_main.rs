//! Laws: what holds for every town and every business history.

mod laws;

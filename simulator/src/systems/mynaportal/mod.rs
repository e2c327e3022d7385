//! マイナポータル: the person, logged in with the card, sees what the access matrix gives
//! [hitachi: 留意事項, stated].

mod state;

pub use state::{MynaPortal, portal_lifetime};

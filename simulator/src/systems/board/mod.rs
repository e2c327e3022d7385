//! 認定審査会: its members read the materials (審査会資料) of their own meetings.

mod state;

pub use state::{Board, MemberKey};

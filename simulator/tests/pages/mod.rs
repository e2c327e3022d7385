//! PMH's pages over real HTTP: the staff's whole path in both modes, what attackers try, and
//! whether every page can be used without a mouse, a script or good eyes.

mod accessible;
mod browser;
mod document;
mod file_set;
mod form_attacks;
mod mode_1;
mod mode_2;
mod office;
mod session_attacks;
mod shown;
mod upload_attacks;

//! Pages over real HTTP: PMH's with the staff's whole path in both modes, the portal, 介護WEBサービス
//! and マイナポータル; what attackers try, and whether every page can be used without a mouse, a script
//! or good eyes.

mod accessible;
mod board;
mod browser;
mod careweb;
mod document;
mod file_set;
mod form_attacks;
mod medical;
mod mode_1;
mod mode_2;
mod mynaportal;
mod office;
mod portal;
mod portal_attacks;
mod portal_scene;
mod session_attacks;
mod shown;
mod upload_attacks;
pub(crate) mod visitors;

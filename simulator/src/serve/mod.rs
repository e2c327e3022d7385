//! The world on the air: thin adapters that turn connections into inputs and effects into
//! answers. Everything listens on 127.0.0.1.

mod board;
mod careweb;
mod certificates;
mod decoy;
mod desk;
mod link_server;
mod medical;
mod mynaportal;
mod opening;
mod pages;
mod portal;
mod raw_request;
mod reply_body;
mod shell;
mod shown_data;
mod simulator;
mod software_server;
mod software_tokens;
mod tls;
mod uploads;
mod viewer_doors;
mod viewer_forms;
pub mod web;

pub use certificates::{CertificateError, ClientCertificate, ServerIdentity, TestAuthority};
pub use opening::{InsurerSettings, Settings};
pub use raw_request::RawRequest;
pub use shell::{Shell, ShellError};
pub use simulator::{HostAddress, Simulator, SimulatorError};
pub use software_server::SOFTWARE_HOST;

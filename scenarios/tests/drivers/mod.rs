//! The published schemas, vendor.toml, answers over HTTP, and builds as processes.

mod answer;
mod declaration;
mod interface;
mod lines;
mod pool;
mod reference;
mod samples;
mod sham;
mod starter;
mod stub;
mod vendor_file;

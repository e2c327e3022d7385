//! Sets of files (組, 方式②): what PMH takes over, what it refuses, and what it gives back.

mod accepting;
mod account;
mod corruption;
mod equality;
mod giving_back;
mod masking;
mod office;
mod refusing;
mod refusing_files;
mod replay;
mod setting_up;
mod spoiling;
mod well_formed;

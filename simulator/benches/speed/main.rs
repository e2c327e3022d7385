//! How fast the simulator is, told beside others that do the same work in the same run.
//!
//! ```text
//! cargo bench -p tekigo-simulator                                 every chapter
//! cargo bench -p tekigo-simulator -- link                         some of them: start, link, batch, setup
//! cargo bench -p tekigo-simulator -- setup --people 1000000       a size of one's own (takes minutes)
//! cargo bench -p tekigo-simulator -- --smoke                      seconds; shows that it runs, and no figure
//! ```
//!
//! # What is measured, and why not with a bench framework
//! The unit is **CPU time of the server** (user and system), not wall time: it is what a request costs, whoever else
//! uses the machine. A framework measures the wall time of a closure, and cannot leave the client out. So every server
//! is a process of its own (this program started again with a role), is asked for its CPU time before and after a
//! round, and is loaded by this process, whose time does not count. Rounds of all servers take turns, so that a noisy
//! moment strikes all of them; the median of the rounds is told, with the lowest and highest. A ratio is the median of
//! the ratios of the rounds.
//!
//! Memory is what the operating system says of the process (`VmRSS`, `VmHWM`), with all that an allocator wastes: for
//! every server the one that `tekigo` uses.
//!
//! Only ratios are worth carrying to another machine.

mod arguments;
mod chapters;
mod line;
mod meter;
mod peer;
mod peers;
mod people;
mod table;

use std::process::ExitCode;

use arguments::Role;

/// The allocator of `tekigo`; every server here has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What can go wrong ends the run; nobody has to tell one fault from another.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let done = match arguments::read(std::env::args().skip(1)) {
        Ok(Role::Chapters(arguments)) => chapters::run(&arguments),
        Ok(Role::Peer(kind)) => peers::serve(kind),
        Ok(Role::SetUp(work)) => chapters::set_up_in_this_process(&work),
        Ok(Role::Start) => chapters::start_in_this_process(),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

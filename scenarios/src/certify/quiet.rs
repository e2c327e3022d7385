//! Steps that fail do so by a panic, which is caught and told in the report: nobody needs it on standard error.

use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

/// How many runs want it quiet, and the hook that was there before the first.
static KEPT: Mutex<(usize, Option<Hook>)> = Mutex::new((0, None));

/// While one of these lives, panics write nothing; the last gives back the hook that was there.
///
/// The runner silences panics for the whole process too and does not always give the hook back; beside other
/// runs it gives back theirs.
#[derive(Debug)]
pub(super) struct Quiet;

impl Quiet {
    pub(super) fn keep() -> Self {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == 0 {
            kept.1 = Some(std::panic::take_hook());
            std::panic::set_hook(Box::new(|_| {}));
        }
        kept.0 += 1;
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 -= 1;
        // A hook cannot be set by a thread that panics.
        if kept.0 == 0
            && !std::thread::panicking()
            && let Some(hook) = kept.1.take()
        {
            std::panic::set_hook(hook);
        }
    }
}

//! What a process has used: CPU time and memory.

use crate::Outcome;

/// What this process has used so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    /// User and system time of all its threads, nanoseconds.
    pub(super) cpu_ns: u64,
    /// Memory it holds now, KiB.
    pub(super) held_kib: u64,
    /// The most it ever held, KiB.
    pub(super) most_kib: u64,
}

impl Used {
    /// Asks the operating system.
    pub(super) fn now() -> Self {
        Self {
            cpu_ns: cpu_ns(),
            held_kib: status("VmRSS:"),
            most_kib: status("VmHWM:"),
        }
    }

    /// As one line for the process that measures.
    pub(super) fn line(self) -> String {
        format!("{} {} {}", self.cpu_ns, self.held_kib, self.most_kib)
    }

    /// Reads such a line.
    pub(super) fn read(line: &str) -> Outcome<Self> {
        let mut numbers = line.split(' ').map(|word| word.trim().parse::<u64>());
        let mut next = || -> Outcome<u64> { Ok(numbers.next().ok_or("a number is missing")??) };
        Ok(Self {
            cpu_ns: next()?,
            held_kib: next()?,
            most_kib: next()?,
        })
    }
}

/// User and system time of this process, nanoseconds.
#[cfg(unix)]
pub(super) fn cpu_ns() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    seconds * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap_or_default()
}

/// Elsewhere there is no clock of the process: the figures are none.
#[cfg(not(unix))]
pub(super) fn cpu_ns() -> u64 {
    0
}

/// A line of Linux' `/proc/self/status`, KiB; 0 where there is no such file.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

/// Middle, lowest and highest of some figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Spread {
    /// Of at least one figure.
    pub(super) fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
        Self {
            median: at(sorted.len() / 2),
            low: at(0),
            high: at(sorted.len().saturating_sub(1)),
        }
    }
}

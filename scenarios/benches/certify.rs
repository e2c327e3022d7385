//! What a run of `tekigo certify` takes of the bundled reference vendor: in all, part by part, and for a scenario.
//!
//! ```text
//! cargo bench -p tekigo --bench certify                           the whole suite in both modes
//! cargo bench -p tekigo --bench certify -- --tags '@SYNC-01'      some of it
//! cargo bench -p tekigo --bench certify -- --smoke                seconds; shows that it runs
//! ```
//!
//! Two runs: one as a user starts it, with as many scenarios side by side as the machine has cores, for the wall time
//! and its parts; and one with scenarios one after another, for what each takes. CPU time is told apart: the judge's
//! with the simulated world in it (this process), and the vendor's (its child processes).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tekigo::certify::{CertifySettings, Step, certify};
use tekigo::drivers::VendorFile;
use tekigo::requirement::Mode;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

/// The allocator of `tekigo`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many of the longest scenarios are named.
const NAMED: usize = 10;

fn main() -> Outcome<()> {
    let tags = tags(std::env::args().skip(1))?;
    let cores = std::thread::available_parallelism()?.get();
    let whole = Timed::run(tags.as_deref(), cores)?;
    whole.print_parts(cores);
    let alone = Timed::run(tags.as_deref(), 1)?;
    alone.print_scenarios();
    Ok(())
}

/// Which scenarios. Without `--bench`, which `cargo bench` adds, a few.
fn tags(words: impl Iterator<Item = String>) -> Outcome<Option<String>> {
    const FEW: &str = "@SYNC-05";
    let words: Vec<String> = words.collect();
    let mut words = words.iter().map(String::as_str);
    let (mut chosen, mut is_smoke) = (None, true);
    while let Some(word) = words.next() {
        match word {
            "--bench" => is_smoke = false,
            "--smoke" => chosen = Some(FEW.to_owned()),
            "--tags" => chosen = Some(words.next().ok_or("--tags is followed by tags")?.to_owned()),
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    if is_smoke && chosen.is_none() {
        chosen = Some(FEW.to_owned());
    }
    Ok(chosen)
}

/// One run, timed.
struct Timed {
    began: Instant,
    ended: Instant,
    told: Vec<(Instant, Step)>,
    /// CPU seconds of judge and simulated world.
    own: f64,
    /// CPU seconds of the vendor's processes.
    vendor: f64,
}

impl Timed {
    fn run(tags: Option<&str>, jobs: usize) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let settings = CertifySettings {
            vendor: VendorFile::bundled_reference(),
            modes: vec![Mode::Api, Mode::File],
            profile: Profile::bundled(),
            feature: None,
            tags: tags.map(str::to_owned),
            only: None,
            sample: false,
            goes_on: false,
            story: None,
            shard: None,
            seed: 20_260_401,
            start: Moment::default_start(),
            jobs,
            strict: false,
            browser: false,
            report: folder.path().to_owned(),
            executed_at: String::new(),
            command: "tekigo certify".to_owned(),
            program: Some(env!("CARGO_BIN_EXE_tekigo").into()),
        };
        let told = Arc::new(Mutex::new(Vec::new()));
        let telling = Arc::clone(&told);
        let before = cpu_seconds();
        let began = Instant::now();
        let certified = certify(
            &settings,
            &(Arc::new(move |step| {
                let mut told = telling.lock().unwrap_or_else(PoisonError::into_inner);
                told.push((Instant::now(), step));
            }) as tekigo::certify::Progress),
        )?;
        let ended = Instant::now();
        if certified.exit.code() != 0 {
            let code = certified.exit.code();
            return Err(format!("the run ended with {code}: its time says nothing").into());
        }
        let after = cpu_seconds();
        let told = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(Self {
            began,
            ended,
            told,
            own: after.0 - before.0,
            vendor: after.1 - before.1,
        })
    }

    /// Wall time, its parts, and the share of a scenario.
    fn print_parts(&self, cores: usize) {
        let wall = self.ended - self.began;
        let count = self.scenarios().len();
        println!("{count} scenarios (both modes), {cores} side by side");
        println!();
        println!("{:<44}{:>10}{:>16}", "", "seconds", "ms a scenario");
        let row = |what: &str, seconds: f64| {
            let share = seconds * 1e3 / count.max(1) as f64;
            println!("{what:<44}{seconds:>10.2}{share:>16.1}");
        };
        row("wall time", wall.as_secs_f64());
        let mut since = self.began;
        for (at, part) in self.parts() {
            row(&format!("  {part}"), (at - since).as_secs_f64());
            since = at;
        }
        row("CPU time, judge and simulated world", self.own);
        row("CPU time, vendor", self.vendor);
        println!();
    }

    /// Where each part of the run ended.
    fn parts(&self) -> Vec<(Instant, &'static str)> {
        let last_of = |mode| {
            let of = |(_, step): &&(Instant, Step)| matches!(step, Step::Ended { mode: of, .. } if *of == mode);
            self.told.iter().rev().find(of).map(|(at, _)| *at)
        };
        let first = |wanted: fn(&Step) -> bool| {
            let found = self.told.iter().find(|(_, step)| wanted(step));
            found.map(|(at, _)| *at)
        };
        [
            (
                first(|step| matches!(step, Step::Begins(_))),
                "until the first scenario",
            ),
            (last_of(Mode::Api), "scenarios in mode 1"),
            (last_of(Mode::File), "scenarios in mode 2"),
            (
                first(|step| matches!(step, Step::Judging)),
                "until every vendor has stopped",
            ),
            (Some(self.ended), "judging and report"),
        ]
        .into_iter()
        .filter_map(|(at, part)| Some((at?, part)))
        .collect()
    }

    /// Every scenario with the time since the one before ended.
    fn scenarios(&self) -> Vec<(Duration, String)> {
        let mut since = self.began;
        let mut scenarios = Vec::new();
        for (at, step) in &self.told {
            if let Step::Ended { id, mode, .. } = step {
                scenarios.push((*at - since, format!("{id} {}", mode.id())));
            }
            since = *at;
        }
        scenarios
    }

    /// What scenarios take one after another.
    fn print_scenarios(&self) {
        let mut scenarios = self.scenarios();
        scenarios.sort_unstable_by(|one, other| other.cmp(one));
        let count = scenarios.len();
        println!("one after another");
        for (what, place) in [
            ("half of them at most", count / 2),
            ("nine in ten at most", count / 10),
            ("the longest", 0),
        ] {
            if let Some((time, _)) = scenarios.get(place) {
                println!("  {what:<30}{:>10.1} ms", time.as_secs_f64() * 1e3);
            }
        }
        println!("the longest, with their share of all");
        let all: Duration = scenarios.iter().map(|(time, _)| *time).sum();
        for (time, name) in scenarios.iter().take(NAMED) {
            let share = 100.0 * time.as_secs_f64() / all.as_secs_f64();
            println!(
                "  {name:<30}{:>10.1} ms{share:>8.1} %",
                time.as_secs_f64() * 1e3
            );
        }
    }
}

/// CPU seconds so far of this process and of its children that have ended; none where there is no Linux' `/proc`.
fn cpu_seconds() -> (f64, f64) {
    // A clock tick of Linux' interface is a hundredth of a second on every architecture that Rust knows.
    const TICKS_A_SECOND: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in parentheses and may hold spaces; the state follows it.
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let figures: Vec<f64> = after_name
        .split_whitespace()
        .skip(11)
        .take(4)
        .filter_map(|word| word.parse().ok())
        .collect();
    match figures.as_slice() {
        [user, system, of_children, system_of_children] => (
            (user + system) / TICKS_A_SECOND,
            (of_children + system_of_children) / TICKS_A_SECOND,
        ),
        _ => (0.0, 0.0),
    }
}

//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::certify::Shard;
use crate::requirement::Mode;

/// Tries a municipal long-term-care insurance system against a simulated platform, and judges each rule
#[derive(Debug, Parser)]
#[command(name = "tekigo", version, about, after_help = exit_codes())]
pub(super) struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Try a vendor build, print the verdict table and write the report
    Certify(CertifyOptions),
    /// Put the parts of a run (certify --shard) together and judge them as one
    Merge(MergeOptions),
    /// Check settings, machine and adapter, and rehearse a set-up (no verdict)
    Doctor(DoctorOptions),
    /// Write a commented vendor.toml to start from
    Init(InitOptions),
    /// Open a console in the browser for a product that is worked by hand, one instruction at a time
    Console(ConsoleOptions),
    /// Put up the simulated side alone, to be tried by hand
    Serve(ServeOptions),
    /// Write the books of an invented town
    Town(TownOptions),
    /// Write everything that the writer of an adapter needs into a folder
    Kit(KitOptions),
    /// Plant one fault into the reference vendor and see the alarm ring; without a name, list what can be planted
    ShowFailure(ShowFailureOptions),
    /// Plant faults into the reference vendor and show that each is put to the rule it breaks
    Prove(ProveOptions),
    /// Tell a product random histories of a town, and find the shortest one that breaks a rule
    Explore(ExploreOptions),
    /// Measure what the simulated side takes of this machine, and project it to a town (no verdict)
    Bench(BenchOptions),
    /// Set up one town and measure it (bench starts it by itself)
    #[command(hide = true)]
    BenchTrial(BenchTrialOptions),
    /// Run the bundled reference vendor (certify starts it by itself)
    #[command(hide = true)]
    ReferenceVendor(ReferenceVendorOptions),
    /// Run a vendor that says done and does nothing (to try the judge)
    #[command(hide = true)]
    NullVendor(NullVendorOptions),
}

/// Options of `certify`.
#[derive(Debug, Args)]
pub(super) struct CertifyOptions {
    /// The file of the vendor build (vendor.toml); the bundled reference vendor without
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: Option<PathBuf>,
    /// The connection modes to try; one that the vendor does not declare is left out and said so
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// Run this feature file instead of the suite, such as one that explore kept
    #[arg(long, value_name = "FILE", conflicts_with = "story")]
    pub(super) feature: Option<PathBuf>,
    /// Choose scenarios by their tags, such as "@SETUP-01 or @SYNC-01"
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) tags: Option<String>,
    /// Run one scenario alone, such as SETUP-01/02
    #[arg(long, value_name = "ID")]
    pub(super) only: Option<String>,
    /// Run one part of several, such as 2/4, to be put together by merge
    #[arg(long, value_name = "I/N", conflicts_with_all = ["only", "feature", "story"])]
    pub(super) shard: Option<Shard>,
    /// Tell a story instead of running the scenarios: year (a fiscal year of a town of 1,000, every business day) or month (a small town, to try it)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["tags", "only"])]
    pub(super) story: Option<String>,
    /// The seed of every random stream; the same seed gives the same journals
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// How many scenarios run side by side
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    pub(super) jobs: usize,
    /// Let rules that are inferred or taken from a sibling interface fail too
    #[arg(long)]
    pub(super) strict: bool,
    /// Work PMH's pages with a real browser (Chromium and chromedriver)
    #[arg(long)]
    pub(super) browser: bool,
    /// The folder of the report
    #[arg(long, value_name = "DIR", default_value = "tekigo-report")]
    pub(super) report: PathBuf,
    /// A fault to plant in the bundled reference vendor (to try the judge)
    #[arg(long, value_name = "NAME", conflicts_with = "vendor")]
    pub(super) fault: Option<String>,
    /// A harmless difference of the bundled reference vendor (to try that the judge leaves it alone)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["vendor", "fault"])]
    pub(super) variant: Option<String>,
}

/// Options of `console`.
#[derive(Debug, Args)]
pub(super) struct ConsoleOptions {
    /// The file of the product (vendor.toml), with manual = true in [start]
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: PathBuf,
    /// The connection modes to try; one that the vendor does not declare is left out and said so
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// Choose scenarios by their tags, such as "@SETUP-01 or @SYNC-01"
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) tags: Option<String>,
    /// Run one scenario alone, such as SETUP-01/02
    #[arg(long, value_name = "ID")]
    pub(super) only: Option<String>,
    /// The seed of every random stream
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// Let rules that are inferred or taken from a sibling interface fail too
    #[arg(long)]
    pub(super) strict: bool,
    /// The folder of the record, the files and the report; with a record of the same run in it, it goes on from there
    #[arg(long, value_name = "DIR", default_value = "tekigo-console")]
    pub(super) folder: PathBuf,
    /// Where the pages are, on this machine alone; port 0 for any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8310")]
    pub(super) listen: SocketAddr,
}

/// Options of `prove`.
#[derive(Debug, Args)]
pub(super) struct ProveOptions {
    /// The connection modes
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The list of what is planted; the bundled one (fixtures/vendors/reference/faults.toml) without
    #[arg(long, value_name = "FILE")]
    pub(super) list: Option<PathBuf>,
    /// Only this fault or harmless variant; may be given more than once
    #[arg(long, value_name = "NAME", action = clap::ArgAction::Append)]
    pub(super) only: Vec<String>,
    /// The seed of every random stream
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// How many faults are tried side by side
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    pub(super) jobs: usize,
    /// The folder of prove.html and prove.json
    #[arg(long, value_name = "DIR", default_value = "tekigo-proof")]
    pub(super) out: PathBuf,
}

/// Options of `explore`.
#[derive(Debug, Args)]
pub(super) struct ExploreOptions {
    /// The file of the vendor build (vendor.toml); the bundled reference vendor without
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: Option<PathBuf>,
    /// The connection modes; one that the vendor does not declare is left out
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// How many histories to tell
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) cases: u32,
    /// About how many things happen in each history
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(super) deeds: u32,
    /// The seed of the town and of the histories; the same seed tells the same histories
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// How many histories run side by side
    #[arg(long, value_name = "N", default_value_t = default_jobs())]
    pub(super) jobs: usize,
    /// The folder in which finds are kept as feature files; those that are there are run first
    #[arg(long, value_name = "DIR", default_value = "tekigo-explore")]
    pub(super) out: PathBuf,
    /// Explore the bundled reference vendor with this planted fault
    #[arg(long, value_name = "NAME", conflicts_with = "vendor")]
    pub(super) fault: Option<String>,
}

/// Which connection modes (連携方式) to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ModeOption {
    /// Mode 1: API and batch
    Api,
    /// Mode 2: files
    File,
    /// Both, side by side
    Both,
}

impl ModeOption {
    pub(super) fn modes(self) -> Vec<Mode> {
        match self {
            Self::Api => vec![Mode::Api],
            Self::File => vec![Mode::File],
            Self::Both => Mode::ALL.to_vec(),
        }
    }
}

/// Options of `show-failure`.
#[derive(Debug, Args)]
pub(super) struct ShowFailureOptions {
    /// The fault; what there is to choose from is listed without
    #[arg(value_name = "NAME")]
    pub(super) fault: Option<String>,
    /// The folder of the report
    #[arg(long, value_name = "DIR", default_value = "tekigo-alarm")]
    pub(super) report: PathBuf,
}

/// Options of `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeOptions {
    /// The report folders of all parts
    #[arg(value_name = "DIR", required = true)]
    pub(super) parts: Vec<PathBuf>,
    /// The file of the vendor build with which the parts were run; the bundled reference vendor without
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: Option<PathBuf>,
    /// The folder of the interface profile with which they were run; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// Let inferred rules end in 不合格 and open ones in exit code 5, as the parts were run
    #[arg(long)]
    pub(super) strict: bool,
    /// The folder of the report of the whole run
    #[arg(long, value_name = "DIR", default_value = "tekigo-report")]
    pub(super) report: PathBuf,
}

/// Options of `doctor`.
#[derive(Debug, Args)]
pub(super) struct DoctorOptions {
    /// The file of the vendor build (vendor.toml); the bundled reference vendor without
    #[arg(long, value_name = "FILE")]
    pub(super) vendor: Option<PathBuf>,
    /// The connection modes to rehearse; one that the vendor does not declare is left out and said so
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// The folder in which the report of a run will stand
    #[arg(long, value_name = "DIR", default_value = "tekigo-report")]
    pub(super) report: PathBuf,
    /// Check as well that the pages can be opened in Chromium
    #[arg(long)]
    pub(super) browser: bool,
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(super) struct InitOptions {
    /// How tekigo will reach the product
    #[arg(long, value_enum, default_value_t = DriverOption::Http)]
    pub(super) driver: DriverOption,
    /// The connection modes that the product has
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The file to write; one that is there is never written over
    #[arg(long, value_name = "FILE", default_value = "vendor.toml")]
    pub(super) out: PathBuf,
}

/// How a product is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DriverOption {
    /// tekigo starts the adapter, which listens for HTTP
    Http,
    /// tekigo starts the adapter, which speaks by lines of JSON on standard input and output
    Stdio,
    /// The adapter runs already and listens for HTTP
    Address,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// The seed of every random stream
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// The port of PMH (verification environment); 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
    /// The folder of certificates, key and journal; with a journal in it, it goes on from there
    #[arg(long, value_name = "DIR", default_value = "tekigo-serve")]
    pub(super) dir: PathBuf,
    /// The simulated time, such as 2026-11-02T09:00:00+09:00; it stands still
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// The connection mode of a new world
    #[arg(long, value_enum, default_value_t = ServeMode::Api)]
    pub(super) mode: ServeMode,
    /// Leave everything from the first log-in on to be done by hand; no key is issued
    #[arg(long)]
    pub(super) fresh: bool,
    /// Let invented people live there, with offices, a hospital and a board that want to see their data (mode 1, a new world)
    #[arg(long, conflicts_with = "fresh")]
    pub(super) people: bool,
}

/// 連携方式 of a world that stands alone: an insurer has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ServeMode {
    /// Mode 1: API and batch
    Api,
    /// Mode 2: files
    File,
}

/// Options of `town`.
#[derive(Debug, Args)]
pub(super) struct TownOptions {
    /// How many insured people (1 to 1,000,000)
    #[arg(long, value_name = "N")]
    pub(super) size: u32,
    /// The seed; the same seed and size give the same town
    #[arg(long, value_name = "S", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// The file to write; standard output without
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Options of `kit`.
#[derive(Debug, Args)]
pub(super) struct KitOptions {
    /// The folder to write; it must be empty, or not there yet
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// The folder of an interface profile; the bundled if-2.0-assumed without
    #[arg(long, value_name = "DIR")]
    pub(super) profile: Option<PathBuf>,
    /// The seed of the invented people; the same seed gives the same kit, but for certificates
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
}

/// Options of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchOptions {
    /// How many insured people the town has to which the figures are projected (1,000 to 940,000)
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=940_000))]
    pub(super) people: u32,
    /// The connection modes to measure
    #[arg(long, value_enum, default_value_t = ModeOption::Both)]
    pub(super) mode: ModeOption,
    /// The seed; the same seed gives the same towns
    #[arg(long, value_name = "N", default_value_t = 20_260_401)]
    pub(super) seed: u64,
    /// The file to write a plot to (SVG)
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Options of one trial of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchTrialOptions {
    #[arg(long)]
    pub(super) people: u32,
    #[arg(long, value_enum)]
    pub(super) mode: ModeOption,
    #[arg(long)]
    pub(super) seed: u64,
}

/// Options of the bundled reference vendor.
#[derive(Debug, Args)]
pub(super) struct ReferenceVendorOptions {
    /// Over HTTP, here
    #[arg(long, required_unless_present = "stdio", conflicts_with = "stdio")]
    pub(super) listen: Option<SocketAddr>,
    /// By lines of JSON on standard input and output
    #[arg(long)]
    pub(super) stdio: bool,
    #[arg(long)]
    pub(super) database: Option<PathBuf>,
    #[arg(long)]
    pub(super) fault: Option<String>,
    #[arg(long)]
    pub(super) variant: Option<String>,
    #[arg(long)]
    pub(super) stop_with_stdin: bool,
}

/// Options of the null vendor.
#[derive(Debug, Args)]
pub(super) struct NullVendorOptions {
    #[arg(long)]
    pub(super) listen: SocketAddr,
    #[arg(long, value_name = "NAME", default_value = "always_done")]
    pub(super) behaviour: tekigo_null_vendor::Behaviour,
    #[arg(long)]
    pub(super) stop_with_stdin: bool,
}

/// Half as many again as there are processors: a scenario waits a third of its time for the product
/// to do what it was asked.
pub(super) fn default_jobs() -> usize {
    std::thread::available_parallelism().map_or(2, |processors| (processors.get() * 3).div_ceil(2))
}

fn exit_codes() -> String {
    let codes = crate::verdict::EXIT_CODES
        .iter()
        .map(|(code, _)| format!("  {}  {}", code.code(), code.in_english()));
    std::iter::once("Exit codes of certify:".to_owned())
        .chain(codes)
        .collect::<Vec<_>>()
        .join("\n")
}

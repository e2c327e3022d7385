//! The programs of this machine that the test needs.

use std::path::PathBuf;

/// Where they are.
#[derive(Debug)]
pub(crate) struct Programs {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
    /// The script of axe-core, or why there is none.
    pub(crate) axe: Result<String, String>,
    /// Where pictures go, if anywhere.
    pub(crate) pictures: Option<PathBuf>,
}

/// What is missing, if anything is.
pub(crate) fn find() -> Result<Programs, String> {
    let find = |names: &[&str]| {
        on_path(names).ok_or_else(|| format!("{} is not installed", names.join(" or ")))
    };
    Ok(Programs {
        chromium: find(&["chromium", "chromium-browser", "google-chrome"])?,
        driver: find(&["chromedriver", "chromium.chromedriver"])?,
        axe: axe(),
        pictures: variable("TEKIGO_SCREENSHOTS").map(PathBuf::from),
    })
}

fn axe() -> Result<String, String> {
    let place = variable("TEKIGO_AXE").ok_or("TEKIGO_AXE does not name axe-core's script")?;
    std::fs::read_to_string(&place).map_err(|error| format!("TEKIGO_AXE: {place}: {error}"))
}

/// Whether a check that cannot run must fail.
pub(crate) fn is_ci() -> bool {
    variable("CI").as_deref() == Some("true")
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = variable("PATH")?;
    let folders = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.find(|place| place.is_file())
}

#[allow(
    clippy::disallowed_methods,
    reason = "どのブラウザーがあるか、CIの中かは、機械の環境だけが知っている"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

//! The programs of this machine that the test needs.

use std::path::PathBuf;

/// Where they are.
#[derive(Debug)]
pub(crate) struct Programs {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
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
        pictures: variable("TEKIGO_SCREENSHOTS").map(PathBuf::from),
    })
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

#[expect(
    clippy::disallowed_methods,
    reason = "どのブラウザーがあるか、CIの中かは、機械の環境だけが知っている"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

//! The guides: the only files of a kit that are written by hand.

use super::folder::Kit;

macro_rules! pages {
    ($($path:literal: $source:literal),* $(,)?) => {
        &[$((
            $path,
            include_str!(concat!("../../interface/kit/", $source)),
        )),*]
    };
}

/// Each page by its path in the kit.
const PAGES: &[(&str, &str)] = pages![
    "README.md": "start.md",
    "README.ja.md": "start.ja.md",
    "TUTORIAL.md": "tutorial.md",
    "TUTORIAL.ja.md": "tutorial.ja.md",
    "vendor.toml": "vendor.toml",
    "link/README.md": "link.md",
    "link/README.ja.md": "link.ja.md",
    "certificates/README.md": "certificates.md",
    "certificates/README.ja.md": "certificates.ja.md",
    "samples/README.md": "samples.md",
    "samples/README.ja.md": "samples.ja.md",
];

/// Adds the guides.
pub(super) fn add(kit: &mut Kit) {
    for (path, text) in PAGES {
        kit.text(*path, *text);
    }
}

//! The feature files inside the program. A test compares this list with the folder.

macro_rules! features {
    ($($path:literal),* $(,)?) => {
        &[$((
            concat!("features/", $path),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../features/", $path)),
        )),*]
    };
}

/// Path and text of every feature file, in the order of paths.
pub const BUNDLED: &[(&str, &str)] = features![];

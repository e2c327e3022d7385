use std::fs;
use std::path::{Path, PathBuf};

/// The simulated world: what must be a function of its inputs.
const WORLD: [&str; 13] = [
    "kernel",
    "systems",
    "domain",
    "profile",
    "world.rs",
    "input.rs",
    "operator.rs",
    "effect.rs",
    "viewer",
    "world",
    "portal",
    "attestation.rs",
    "insurer_shape.rs",
];

/// The adapters among them: the journal's file, and the folder a profile is read from.
const ADAPTERS: [&str; 2] = ["kernel/journal.rs", "profile/files.rs"];

/// Clocks, I/O, hash order, threads and the environment.
const OUTSIDE: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "tokio",
    "SystemTime",
    "Instant",
    "::now()",
    "HashMap",
    "HashSet",
    "println!",
    "thread_rng",
];

fn sources(at: &Path, found: &mut Vec<PathBuf>) {
    if at.is_file() {
        found.push(at.to_owned());
        return;
    }
    for entry in fs::read_dir(at).expect("a folder of sources") {
        sources(&entry.expect("an entry").path(), found);
    }
}

#[test]
fn the_world_knows_no_clock_no_file_and_no_chance() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for part in WORLD {
        sources(&root.join(part), &mut files);
    }
    files.sort();
    assert!(files.len() > 40, "only {} files were found", files.len());
    let mut strange = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).expect("below src");
        if ADAPTERS.iter().any(|adapter| name == Path::new(adapter)) {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source");
        let lines = text.lines().zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim_start().starts_with("//"));
        for (line, number) in lines {
            for word in OUTSIDE.iter().filter(|word| line.contains(**word)) {
                strange.push(format!("{}:{number}: {word}", name.display()));
            }
        }
    }
    assert!(strange.is_empty(), "{strange:#?}");
}

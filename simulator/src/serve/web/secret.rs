//! Random values that nobody can guess: session ids and the keys of tokens. They never reach the
//! journal, so they take no part in a run's seed.

use std::fmt::Write as _;

/// Bytes of every secret.
pub(super) const SECRET_BYTES: usize = 32;

/// Bytes from the operating system's random number generator.
pub(super) fn random_bytes() -> [u8; SECRET_BYTES] {
    let mut bytes = [0; SECRET_BYTES];
    rustls::crypto::ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .expect("the operating system gives random bytes");
    bytes
}

/// The same as half-width letters and digits.
pub fn random_text() -> String {
    hexadecimal(&random_bytes())
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

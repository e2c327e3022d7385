//! Files that come in and go out through PMH's pages.

use std::borrow::Cow;

use super::shell::Shell;
use crate::kernel::Mask;
use crate::operator::UploadedFile;
use crate::profile::{CsvCodec, Profile};

impl Shell {
    /// A file as it came from a browser, ready to become part of an input: decoded by the
    /// profile's character set, and masked. What cannot be decoded says why.
    #[must_use]
    pub fn uploaded_file(&self, name: &str, bytes: &[u8]) -> UploadedFile {
        uploaded(self.mask_in_place(), self.profile(), name, bytes)
    }

    /// A file of which only so many bytes were read because it is larger than any may be.
    #[must_use]
    pub fn oversized_file(&self, name: &str, bytes: u64) -> UploadedFile {
        UploadedFile {
            name: kept_name(self.mask_in_place(), name),
            bytes,
            text: None,
            unreadable: Some("大きすぎるため、途中までしか受け取っていません".to_owned()),
        }
    }

    /// A text that somebody typed into a page, as an input may hold it.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.mask_in_place().apply(text).into_owned()
    }

    /// The bytes of a fetched file, in the profile's character set.
    #[must_use]
    pub fn file_bytes(&self, text: &str) -> Vec<u8> {
        let codec = CsvCodec::new(self.profile());
        // PMH puts nothing into a file that the character set lacks.
        codec
            .encode(text)
            .unwrap_or_else(|_| text.as_bytes().to_vec())
    }
}

fn uploaded(mask: &Mask, profile: &Profile, name: &str, bytes: &[u8]) -> UploadedFile {
    let (text, unreadable) = match CsvCodec::new(profile).decode(bytes) {
        Ok(text) => (Some(masked(mask, text)), None),
        Err(error) => (None, Some(error.to_string())),
    };
    UploadedFile {
        name: kept_name(mask, name),
        bytes: bytes.len() as u64,
        text,
        unreadable,
    }
}

fn masked(mask: &Mask, text: Cow<'_, str>) -> String {
    match mask.apply(&text) {
        Cow::Owned(masked) => masked,
        Cow::Borrowed(_) => text.into_owned(),
    }
}

fn kept_name(mask: &Mask, name: &str) -> String {
    let masked = mask.apply(name);
    masked
        .chars()
        .take(UploadedFile::NAME_CHARACTERS_MAX)
        .collect()
}

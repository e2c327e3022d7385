//! Files that come in and go out through PMH's pages.

use super::shell::Shell;
use crate::operator::UploadedFile;
use crate::profile::CsvCodec;

impl Shell {
    /// A file as it came from a browser, ready to become part of an input: decoded by the
    /// profile's character set, and masked. What cannot be decoded says why.
    #[must_use]
    pub fn uploaded_file(&self, name: &str, bytes: &[u8]) -> UploadedFile {
        UploadedFile::of_bytes(self.profile(), self.mask_in_place(), name, bytes)
    }

    /// A file of which only so many bytes were read because it is larger than any may be.
    #[must_use]
    pub fn oversized_file(&self, name: &str, bytes: u64) -> UploadedFile {
        UploadedFile::oversized(self.mask_in_place(), name, bytes)
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

//! The files of a profile, bundled or from a folder, and where in them something is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::fault::{ProfileError, ProfileFault};

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../../fixtures/profiles/if-2.0-assumed/", $name)),
        )),*]
    };
}

/// The profile that is part of the program.
const BUNDLED: &[(&str, &str)] = bundled![
    "profile.toml",
    "codes.toml",
    "access.toml",
    "kinds/boardMaterial.toml",
    "kinds/boardReadingStatus.toml",
    "kinds/burdenRatioCard.toml",
    "kinds/certification.toml",
    "kinds/certificationProgress.toml",
    "kinds/consent.toml",
    "kinds/equipmentPurchaseUse.toml",
    "kinds/fileReceipt.toml",
    "kinds/homeModificationUse.toml",
    "kinds/insuranceCard.toml",
    "kinds/person.toml",
    "kinds/physicianOpinion.toml",
    "kinds/planRequest.toml",
    "kinds/processingResult.toml",
    "kinds/reductionCard.toml",
    "kinds/setControl.toml",
    "kinds/setupCompletion.toml",
    "kinds/setupStart.toml",
    "kinds/surveySheet.toml",
];

/// The folder of the kinds in a profile.
pub(super) const KINDS_FOLDER: &str = "kinds/";

/// The files of one profile by name relative to its folder, `/` between the parts.
pub(super) struct ProfileFiles {
    folder: String,
    files: BTreeMap<String, Cow<'static, str>>,
}

impl ProfileFiles {
    pub(super) fn bundled() -> Self {
        let files = BUNDLED
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text)));
        Self {
            folder: "if-2.0-assumed".to_owned(),
            files: files.collect(),
        }
    }

    pub(super) fn read(folder: &Path) -> Result<Self, ProfileError> {
        let mut read = Self {
            folder: folder.display().to_string(),
            files: BTreeMap::new(),
        };
        for name in ["profile.toml", "codes.toml", "access.toml"] {
            read.read_file(folder, name.to_owned())?;
        }
        let kinds = folder.join(KINDS_FOLDER);
        let unreadable = |read: &Self, error: &io::Error| read.io_error("kinds", error);
        for entry in std::fs::read_dir(&kinds).map_err(|error| unreadable(&read, &error))? {
            let entry = entry.map_err(|error| unreadable(&read, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".toml") {
                read.read_file(folder, format!("{KINDS_FOLDER}{name}"))?;
            }
        }
        Ok(read)
    }

    fn read_file(&mut self, folder: &Path, name: String) -> Result<(), ProfileError> {
        let bytes =
            std::fs::read(folder.join(&name)).map_err(|error| self.io_error(&name, &error))?;
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.files.insert(name, Cow::Owned(text));
                Ok(())
            }
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let line = line_of(error.as_bytes(), offset);
                let detail = "UTF-8ではありません".to_owned();
                Err(self.error(&name, line, ProfileFault::Unreadable { detail }))
            }
        }
    }

    fn io_error(&self, name: &str, error: &io::Error) -> ProfileError {
        let fault = if error.kind() == io::ErrorKind::NotFound {
            ProfileFault::FileMissing
        } else {
            ProfileFault::Unreadable {
                detail: error.to_string(),
            }
        };
        self.error(name, 1, fault)
    }

    fn error(&self, name: &str, line: usize, fault: ProfileFault) -> ProfileError {
        ProfileError {
            file: format!("{}/{name}", self.folder),
            line,
            fault,
        }
    }

    /// A file of the profile.
    pub(super) fn source(&self, name: &str) -> Result<Source<'_>, ProfileError> {
        match self.files.get_key_value(name) {
            Some((name, text)) => Ok(Source {
                files: self,
                name,
                text,
            }),
            None => Err(self.error(name, 1, ProfileFault::FileMissing)),
        }
    }

    /// The files of the kinds, by name.
    pub(super) fn kinds(&self) -> Result<Vec<Source<'_>>, ProfileError> {
        let kinds: Vec<Source<'_>> = self
            .files
            .iter()
            .filter(|(name, _)| name.starts_with(KINDS_FOLDER))
            .map(|(name, text)| Source {
                files: self,
                name,
                text,
            })
            .collect();
        if kinds.is_empty() {
            return Err(self.error("kinds", 1, ProfileFault::NoKinds));
        }
        Ok(kinds)
    }

    /// SHA-256 over every file's name and bytes, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            for part in [name.as_bytes(), text.as_bytes()] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        hash.finalize()
            .iter()
            .fold(String::new(), |mut text, byte| {
                // Writing to a text cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset.min(bytes.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

/// One file of a profile.
#[derive(Clone, Copy)]
pub(super) struct Source<'f> {
    files: &'f ProfileFiles,
    pub(super) name: &'f str,
    text: &'f str,
}

impl Source<'_> {
    /// An error at a span of the file.
    pub(super) fn error(&self, span: Range<usize>, fault: ProfileFault) -> ProfileError {
        self.files
            .error(self.name, line_of(self.text.as_bytes(), span.start), fault)
    }

    /// `FILE:LINE` of a span, for messages about another place.
    pub(super) fn place(&self, span: Range<usize>) -> String {
        format!(
            "{}:{}",
            self.name,
            line_of(self.text.as_bytes(), span.start)
        )
    }

    /// Parses the file.
    pub(super) fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, ProfileError> {
        toml::from_str(self.text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            self.error(span, parse_fault(error.message()))
        })
    }
}

/// Says in Japanese what the TOML reader says in English.
fn parse_fault(message: &str) -> ProfileFault {
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let allowed: Vec<&str> = rest.split('`').skip(3).step_by(2).collect();
        return ProfileFault::UnknownMember {
            member: quoted(rest),
            allowed: allowed.join("、"),
        };
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return ProfileFault::MissingMember {
            member: quoted(rest),
        };
    }
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some((received, expected)) = message
            .strip_prefix(prefix)
            .and_then(|rest| rest.split_once(", expected "))
        {
            return ProfileFault::WrongType {
                expected: type_name(expected),
                received: type_name(received),
            };
        }
    }
    let detail = match message {
        "duplicate key" => "同じ名前の項目が2回あります".to_owned(),
        other => other.replace('\n', "; "),
    };
    ProfileFault::Syntax { detail }
}

/// The Japanese for what serde calls a type, with the value if it names one.
fn type_name(english: &str) -> String {
    const NAMES: [(&str, &str); 16] = [
        ("a string", "文字列"),
        ("string", "文字列"),
        ("a boolean", "真偽値（true か false）"),
        ("boolean", "真偽値"),
        ("integer", "整数"),
        ("floating point", "小数"),
        ("u8", "0から255の整数"),
        ("u16", "0から65535の整数"),
        ("u32", "0以上の整数"),
        ("u64", "0以上の整数"),
        ("usize", "0以上の整数"),
        ("a sequence", "配列"),
        ("sequence", "配列"),
        ("a map", "表"),
        ("map", "表"),
        ("a tuple of size 2", "2つの要素の配列"),
    ];
    let found = NAMES
        .iter()
        .filter_map(|(name, ja)| Some((english.strip_prefix(name)?, ja)))
        .find(|(rest, _)| rest.is_empty() || rest.starts_with(' '));
    match found {
        Some((rest, ja)) => format!("{ja}{}", rest.replace(['`', '"'], "")),
        None => english.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::ProfileFiles;

    #[test]
    fn the_bundle_is_the_folder() {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/profiles/if-2.0-assumed");
        let read = ProfileFiles::read(&folder).expect("the folder of the bundled profile");
        assert_eq!(read.files, ProfileFiles::bundled().files);
        assert_eq!(read.digest(), ProfileFiles::bundled().digest());
    }
}

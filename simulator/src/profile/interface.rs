//! A profile, read and checked.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::access::AccessRules;
use super::codes::{BusinessError, CodeList, ResultCode, SetError, SystemError};
use super::fault::ProfileError;
use super::files::ProfileFiles;
use super::layout::{KindId, KindLayout};
use super::load::{self, Settings};
use super::load_access;
use super::load_codes::{self, Codes};
use super::load_kind;
use super::settings::{
    ApiSettings, CalendarSettings, CharacterSettings, CredentialSettings, Environment,
    FileSettings, OffLimits, PageSettings, ProfileHead, StaffSettings, TimeSettings,
};

/// An interface profile (連携仕様プロファイル): settings, codes and layouts of one edition.
pub struct Profile {
    digest: String,
    settings: Settings,
    codes: Codes,
    /// In set-up order; a [`KindId`] is the place in here.
    kinds: Vec<KindLayout>,
    access: AccessRules,
}

impl Profile {
    /// The profile that is part of the program, read once.
    #[must_use]
    pub fn bundled() -> Arc<Self> {
        static BUNDLED: OnceLock<Arc<Profile>> = OnceLock::new();
        let read = || match Profile::compile(&ProfileFiles::bundled()) {
            Ok(profile) => Arc::new(profile),
            // The program carries its own profile: this is a broken build, and a test finds it.
            Err(error) => unreachable!("{error}"),
        };
        Arc::clone(BUNDLED.get_or_init(read))
    }

    /// Reads a profile from its folder.
    ///
    /// # Errors
    /// The first thing that is wrong with it: file, line and reason.
    pub fn load(folder: &Path) -> Result<Self, ProfileError> {
        Self::compile(&ProfileFiles::read(folder)?)
    }

    fn compile(files: &ProfileFiles) -> Result<Self, ProfileError> {
        let settings = load::settings(files.source("profile.toml")?)?;
        let codes = load_codes::codes(files.source("codes.toml")?)?;
        let unknown_items = settings.api.unknown_items.value;
        let kinds = load_kind::kinds(files.kinds()?, &codes.lists, unknown_items)?;
        let access = load_access::access(files.source("access.toml")?, &kinds)?;
        Ok(Self {
            digest: files.digest(),
            settings,
            codes,
            kinds,
            access,
        })
    }

    /// SHA-256 over the names and bytes of all files, in hexadecimal: the identity of the profile.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What the profile is.
    #[must_use]
    pub fn head(&self) -> &ProfileHead {
        &self.settings.head
    }

    /// Name of the profile, e.g. `if-2.0-assumed`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.settings.head.id
    }

    /// Time of the interface.
    #[must_use]
    pub fn time(&self) -> &TimeSettings {
        &self.settings.time
    }

    /// Dates the law and the programme fix.
    #[must_use]
    pub fn calendar(&self) -> &CalendarSettings {
        &self.settings.calendar
    }

    /// The environments of PMH.
    #[must_use]
    pub fn environments(&self) -> &[Environment] {
        &self.settings.environments
    }

    /// An environment by name: `verification` or `production`.
    #[must_use]
    pub fn environment(&self, id: &str) -> Option<&Environment> {
        self.environments()
            .iter()
            .find(|environment| environment.id == id)
    }

    /// Systems that a vendor must never call directly.
    #[must_use]
    pub fn off_limits(&self) -> &[OffLimits] {
        &self.settings.off_limits
    }

    /// Keys and certificates.
    #[must_use]
    pub fn credentials(&self) -> &CredentialSettings {
        &self.settings.credentials
    }

    /// Mode 1 (方式①).
    #[must_use]
    pub fn api(&self) -> &ApiSettings {
        &self.settings.api
    }

    /// Mode 2 (方式②).
    #[must_use]
    pub fn file(&self) -> &FileSettings {
        &self.settings.file
    }

    /// Municipal staff.
    #[must_use]
    pub fn staff(&self) -> &StaffSettings {
        &self.settings.staff
    }

    /// PMH's pages.
    #[must_use]
    pub fn pages(&self) -> &PageSettings {
        &self.settings.pages
    }

    /// Characters of texts.
    #[must_use]
    pub fn characters(&self) -> &CharacterSettings {
        &self.settings.characters
    }

    /// Who may see what.
    #[must_use]
    pub fn access(&self) -> &AccessRules {
        &self.access
    }

    /// The code lists.
    #[must_use]
    pub fn lists(&self) -> &[Arc<CodeList>] {
        &self.codes.lists
    }

    /// A code list by name.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&CodeList> {
        self.lists()
            .iter()
            .find(|list| list.id() == id)
            .map(Arc::as_ref)
    }

    /// The results of records.
    #[must_use]
    pub fn results(&self) -> &[ResultCode] {
        &self.codes.results
    }

    /// A result of records by code.
    #[must_use]
    pub fn result(&self, code: &str) -> Option<&ResultCode> {
        self.results().iter().find(|result| result.code == code)
    }

    /// The refusals of whole requests in HTTP 200 answers.
    #[must_use]
    pub fn business_errors(&self) -> &[BusinessError] {
        &self.codes.business_errors
    }

    /// A business error by code.
    #[must_use]
    pub fn business_error(&self, code: &str) -> Option<&BusinessError> {
        self.business_errors()
            .iter()
            .find(|error| error.code == code)
    }

    /// The refusals of whole sets of files.
    #[must_use]
    pub fn set_errors(&self) -> &[SetError] {
        &self.codes.set_errors
    }

    /// A set error by code.
    #[must_use]
    pub fn set_error(&self, code: &str) -> Option<&SetError> {
        self.set_errors().iter().find(|error| error.code == code)
    }

    /// The refusals of requests by HTTP status.
    #[must_use]
    pub fn system_errors(&self) -> &[SystemError] {
        &self.codes.system_errors
    }

    /// A system error by code.
    #[must_use]
    pub fn system_error(&self, code: &str) -> Option<&SystemError> {
        self.system_errors().iter().find(|error| error.code == code)
    }

    /// The layouts of all kinds, in set-up order.
    #[must_use]
    pub fn kinds(&self) -> &[KindLayout] {
        &self.kinds
    }

    /// The layout of a kind of this profile; a kind of another profile gives the first layout.
    #[must_use]
    pub fn layout(&self, kind: KindId) -> &KindLayout {
        self.kinds.get(kind.index()).unwrap_or(&self.kinds[0])
    }

    /// A kind by name, e.g. `person`.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<KindId> {
        self.find(|layout| layout.id() == id)
    }

    /// A kind by the path of its registration tasks.
    #[must_use]
    pub fn kind_by_path(&self, path: &str) -> Option<KindId> {
        self.find(|layout| layout.path() == Some(path))
    }

    /// A kind by its part of file names.
    #[must_use]
    pub fn kind_by_file_code(&self, file_code: &str) -> Option<KindId> {
        self.find(|layout| layout.file_code() == file_code)
    }

    fn find(&self, is_wanted: impl Fn(&KindLayout) -> bool) -> Option<KindId> {
        self.kinds
            .iter()
            .find(|layout| is_wanted(layout))
            .map(KindLayout::kind)
    }
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id())
            .field("digest", &self.digest)
            .finish()
    }
}

use std::collections::BTreeMap;

use crate::domain::InstitutionCode;
use crate::profile::{Profile, Who};
use crate::systems::viewing::{Admission, Viewer};
use crate::viewer::Denial;

/// The institutions that there are.
#[derive(Debug, Clone, Default)]
pub struct Medical {
    institutions: BTreeMap<InstitutionCode, Institution>,
}

/// A medical institution (医療機関).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// Its name.
    pub name: String,
    /// The name in the certificate of its line.
    pub certificate: String,
}

impl Medical {
    /// Notes an institution as it is now.
    pub fn note_institution(&mut self, code: InstitutionCode, institution: Institution) {
        self.institutions.insert(code, institution);
    }

    /// Admits an institution by its certificate.
    ///
    /// # Errors
    /// No such institution, or another's certificate.
    pub fn admit<'p>(
        &self,
        profile: &'p Profile,
        code: &str,
        certificate: Option<&str>,
    ) -> Result<(InstitutionCode, &Institution, Admission<'p>), Denial> {
        let wrong = Denial::CertificateWrong;
        let code: InstitutionCode = code.parse().map_err(|_| wrong)?;
        let institution = self.institutions.get(&code).ok_or(wrong)?;
        if certificate != Some(institution.certificate.as_str()) {
            return Err(wrong);
        }
        let role = profile.access().role(Who::Institution);
        let admission = Admission::new(Viewer::Institution(code), role);
        Ok((code, institution, admission))
    }
}

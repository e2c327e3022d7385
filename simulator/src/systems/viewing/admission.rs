use std::fmt;

use crate::domain::{InstitutionCode, InsurerNumber, OfficeNumber};
use crate::profile::ViewerRole;
use crate::systems::intermediate::Identifier;

/// Who looks, as the door has found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// A user of an office.
    Office {
        /// The office.
        office: OfficeNumber,
        /// The user.
        user: String,
    },
    /// The person.
    Person(Identifier),
    /// A medical institution.
    Institution(InstitutionCode),
    /// A member of a municipality's board.
    Member {
        /// The municipality.
        insurer: InsurerNumber,
        /// The member's number.
        number: String,
    },
    /// A municipality's staff.
    Municipality(InsurerNumber),
}

/// Evidence that somebody has come through the door made for them.
#[derive(Debug, Clone)]
pub struct Admission<'p> {
    viewer: Viewer,
    role: Option<&'p ViewerRole>,
}

impl<'p> Admission<'p> {
    /// Only a system's door admits.
    pub(in crate::systems) fn new(viewer: Viewer, role: Option<&'p ViewerRole>) -> Self {
        Self { viewer, role }
    }

    /// Who it is.
    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The viewer's row of the access matrix, if there is one.
    #[must_use]
    pub fn role(&self) -> Option<&'p ViewerRole> {
        self.role
    }
}

impl fmt::Display for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office { office, user } => write!(f, "{office}/{user}"),
            Self::Person(identifier) => write!(f, "{identifier}"),
            Self::Institution(code) => write!(f, "{code}"),
            Self::Member { insurer, number } => write!(f, "{insurer}/{number}"),
            Self::Municipality(insurer) => write!(f, "{insurer}"),
        }
    }
}

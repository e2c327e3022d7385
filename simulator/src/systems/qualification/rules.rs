use crate::systems::intermediate::{Identifier, PersonToken};

use super::OnlineQualification;

/// Learns identifiers; learning one again changes nothing.
pub fn receive(system: &mut OnlineQualification, people: &[(PersonToken, Identifier)]) {
    for (token, identifier) in people {
        system.known.insert(*token, *identifier);
    }
}

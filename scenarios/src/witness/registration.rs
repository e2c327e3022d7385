//! Records that a vendor handed to PMH, by whichever way.

use serde_json::Value;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::traffic::{Exchange, Traffic};

/// Records of one kind that a vendor handed to PMH at once: a registration request (方式①) or a
/// file (方式②).
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// Position in the journal.
    pub n: u64,
    /// The run's time.
    pub at: Moment,
    /// The kind, as in the profile; empty if it has none of that name.
    pub kind: String,
    /// The file that carried it (方式②).
    pub file: Option<String>,
    /// Whether it was marked as part of the initial set-up (連携区分).
    pub is_initial: bool,
    /// Whether PMH took it on as a registration task.
    pub is_accepted: bool,
    /// The records, as far as they can be read; one that cannot is null.
    pub records: Vec<Value>,
    /// Everything as it came.
    pub text: String,
}

impl Traffic {
    /// What the vendor handed over for registration, in order.
    #[must_use]
    pub fn registrations(&self, profile: &Profile) -> Vec<Registration> {
        let requests = self
            .exchanges
            .iter()
            .filter(|exchange| exchange.is_registration())
            .map(|exchange| by_request(profile, exchange));
        let files = self
            .uploads()
            .flat_map(|upload| upload.registrations(profile));
        let mut registrations: Vec<Registration> = requests.chain(files).collect();
        registrations.sort_by_key(|registration| registration.n);
        registrations
    }
}

fn by_request(profile: &Profile, exchange: &Exchange) -> Registration {
    let request = &exchange.request;
    let resource = request.path.rsplit('/').next().unwrap_or_default();
    let kind = profile.kind_by_path(resource);
    let initial = format!("linkSegment={}", profile.api().link_segment_initial.value);
    Registration {
        n: exchange.n,
        at: exchange.at,
        kind: kind.map_or_else(String::new, |kind| profile.layout(kind).id().to_owned()),
        file: None,
        is_initial: request.query.split('&').any(|part| part == initial),
        is_accepted: exchange.is_accepted(),
        records: serde_json::from_str(request.body_text()).unwrap_or_default(),
        text: request.body_text().to_owned(),
    }
}

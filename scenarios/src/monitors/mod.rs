//! 監視: rules that are checked on every event of every run, whatever its scenario is about.
//!
//! A monitor reads journal lines and reports observations: at least one event it looked at, and
//! whether the rule held there. A monitor that saw nothing it could judge reports nothing.

mod consents;
mod facts;
mod files;
mod form;
mod link;
mod observation;
mod people;
mod refusal;
mod schedule;
mod secrets;

use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;

use crate::requirement::{Mode, MonitorDeclaration};
pub(crate) use consents::{ConsentAnswer, consent_answers};
use facts::Facts;
pub use observation::MonitorObservation;
use observation::Watch;

type Monitor = fn(&Facts<'_>, &mut Watch);

/// Every monitor, with the rule it watches.
const MONITORS: &[(MonitorDeclaration, Monitor)] = &[
    (declare("pmh-only", "CONN-02"), link::through_pmh_only),
    (
        declare_in("https-443-only", "CONN-03", &[Mode::Api]),
        link::https_to_permitted_hosts,
    ),
    (
        declare_in("one-environment", "CONN-04", &[Mode::Api]),
        link::one_environment,
    ),
    (
        declare_in("key-on-every-call", "CONN-06", &[Mode::Api]),
        link::key_on_every_call,
    ),
    (
        declare_in("no-key-in-files", "CONN-07", &[Mode::File]),
        files::no_key_in_files,
    ),
    (
        declare_in("files-only", "CONN-09", &[Mode::File]),
        files::files_and_nothing_else,
    ),
    (
        declare("near-completion", "SCHED-06"),
        schedule::start_not_far_from_completion,
    ),
    (
        declare("after-completion", "SCHED-07"),
        link::start_not_before_completion,
    ),
    (
        declare("law-in-force", "SCHED-08"),
        link::not_before_the_law,
    ),
    (
        declare("one-identifier", "SETUP-06"),
        people::one_identifier_a_person,
    ),
    (
        declare("insured-only", "SETUP-11"),
        people::insured_people_only,
    ),
    (
        declare("not-disclosed", "SYNC-09"),
        people::not_disclosed_is_said,
    ),
    (
        declare("number-in-place", "SEC-01"),
        secrets::my_number_in_its_place,
    ),
    (
        declare("secrets-in-place", "SEC-02"),
        secrets::secrets_in_their_place,
    ),
    (
        declare("follows-profile", "FORM-01"),
        form::follows_the_profile,
    ),
    (declare("check-digits", "FORM-02"), form::check_digits_hold),
    (
        declare("gated-by-consent", "CONSENT-03"),
        consents::nothing_without_consent,
    ),
    (
        declare("one-consent", "CONSENT-14"),
        consents::one_consent_a_person,
    ),
    (
        declare("consent-as-given", "CONSENT-15"),
        consents::only_as_it_was_given,
    ),
];

const fn declare(id: &'static str, requirement: &'static str) -> MonitorDeclaration {
    declare_in(id, requirement, &Mode::ALL)
}

const fn declare_in(
    id: &'static str,
    requirement: &'static str,
    modes: &'static [Mode],
) -> MonitorDeclaration {
    MonitorDeclaration {
        id,
        requirement,
        modes,
    }
}

/// The monitors there are, for the accounting.
#[must_use]
pub fn declarations() -> Vec<MonitorDeclaration> {
    MONITORS
        .iter()
        .map(|(declaration, _)| *declaration)
        .collect()
}

/// What every monitor of a mode saw in a journal.
#[must_use]
pub fn watch(profile: &Profile, mode: Mode, events: &[Event]) -> Vec<MonitorObservation> {
    let facts = Facts::of(profile, events);
    MONITORS
        .iter()
        .filter(|(declaration, _)| declaration.modes.contains(&mode))
        .flat_map(|(declaration, monitor)| {
            let mut watch = Watch::new(declaration);
            monitor(&facts, &mut watch);
            watch.into_observations()
        })
        .collect()
}

//! The simulator, prepared by the staff up to a set-up that has started.

use std::any::Any;
use std::path::Path;

use tekigo_simulator::InsurerShape;
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};

use super::staff::{ENVIRONMENT, FIRST, Mode, Staff};
use crate::Outcome;
use crate::line::{Greeting, Tls};
use crate::people::INSURER;

pub(crate) fn settings(folder: &Path, is_journaled: bool, my_numbers: Vec<u64>) -> Settings {
    Settings {
        profile: Profile::bundled(),
        seed: 7,
        start: Moment::default_start(),
        insurers: vec![InsurerSettings {
            number: INSURER.to_owned(),
            name: "つきみ市".to_owned(),
            first_password: FIRST.to_owned(),
            shape: InsurerShape::default(),
        }],
        my_numbers,
        journal: folder.join("journal.jsonl"),
        durability: if is_journaled {
            Durability::Process
        } else {
            Durability::Nowhere
        },
        port: 0,
        resume: false,
    }
}

pub(super) async fn start(folder: &Path, is_journaled: bool) -> Outcome<(Greeting, Box<dyn Any>)> {
    let simulator = Simulator::start(settings(folder, is_journaled, Vec::new())).await?;
    let staff = Staff::new(simulator.shell());
    let key = staff.prepare(Mode::Api)?.ok_or("no key was issued")?;
    staff.start_by_request(&key)?;
    let host = simulator
        .hosts()
        .iter()
        .find(|host| host.environment.as_deref() == Some(ENVIRONMENT))
        .ok_or("PMH does not listen")?;
    let certificate = simulator
        .client_certificate(INSURER, ENVIRONMENT)
        .ok_or("no client certificate")?;
    let base = Profile::bundled().api().base_path.value.clone();
    let path = |kind| format!("{base}/{kind}RegistrationTasks?linkSegment=1");
    let greeting = Greeting {
        address: host.address,
        host: host.host.clone(),
        tls: Some(Tls {
            authority: simulator.authority_pem().to_owned(),
            chain: certificate.chain_pem.clone(),
            key: certificate.key_pem.clone(),
        }),
        paths: [path("person"), path("certification")],
        key,
    };
    Ok((greeting, Box::new(simulator)))
}

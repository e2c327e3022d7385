//! The simulator, prepared by the staff up to a set-up that has started.

use std::any::Any;
use std::path::Path;

use bytes::Bytes;
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, RawRequest, Settings, Shell, Simulator};
use tekigo_simulator::{Effect, Input, InsurerShape, OperatorAction, OperatorInput};

use crate::Outcome;
use crate::line::{Greeting, Tls};
use crate::people::INSURER;

const ENVIRONMENT: &str = "verification";
const FIRST: &str = "Hatsukai-2026";
const OWN: &str = "Tsukimi-2026-11";

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
    let (key, _) = prepared(&simulator)?;
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

/// The name of the client certificate, and a request of the vendor's with everything but path and
/// body.
#[derive(Debug)]
pub(crate) struct Vendor {
    base: String,
    key: String,
}

impl Vendor {
    /// A registration of records, as it comes in from the line.
    pub(crate) fn registering(&self, kind: &str, body: Bytes) -> RawRequest {
        RawRequest {
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!("{}/{kind}RegistrationTasks", self.base),
            query: "linkSegment=1".to_owned(),
            certificate: Some(format!("{INSURER}-{ENVIRONMENT}-01")),
            authorization: Some(format!("Bearer {}", self.key)),
            content_type: Some("application/json".to_owned()),
            body: Ok(body),
        }
    }
}

/// Has the staff prepare everything and the set-up started; the key, and a vendor that holds it.
pub(crate) fn prepared(simulator: &Simulator) -> Outcome<(String, Vendor)> {
    let shell = simulator.shell();
    let mask = shell.mask();
    let mut key = None;
    for action in [
        OperatorAction::LogIn {
            password: mask.password_token(FIRST),
        },
        OperatorAction::ChangePassword {
            current: mask.password_token(FIRST),
            password: mask.password_token(OWN),
            length: OWN.chars().count(),
        },
        OperatorAction::RegisterAddresses {
            processing_result: "kekka@tsukimi.example".to_owned(),
            board_reading: "shinsakai@tsukimi.example".to_owned(),
        },
        OperatorAction::ChooseMode {
            mode: "api".to_owned(),
        },
        OperatorAction::ReportEnvironmentReady,
        OperatorAction::ConfirmSchedule {
            setup_date: shell.now().date(),
        },
        OperatorAction::IssueKey,
    ] {
        key = act(shell, action)?.or(key);
    }
    let key = key.ok_or("no key was issued")?;
    let vendor = Vendor {
        base: Profile::bundled().api().base_path.value.clone(),
        key: key.clone(),
    };
    let start = format!(r#"[{{"insurerNumber":"{INSURER}","baselineDate":"2026-11-02"}}]"#);
    let reply = shell.request(vendor.registering("setupStart", start.into()))?;
    if reply.status != 202 {
        return Err(format!("set-up does not start: {}", reply.body).into());
    }
    Ok((key, vendor))
}

fn act(shell: &Shell, action: OperatorAction) -> Outcome<Option<String>> {
    let effects = shell.submit(&Input::Operator(OperatorInput {
        insurer: INSURER.to_owned(),
        environment: ENVIRONMENT.to_owned(),
        action,
    }))?;
    match effects.into_iter().next().map(|dated| dated.effect) {
        Some(Effect::OperatorAnswer(answer)) if answer.done => Ok(answer.key),
        other => Err(format!("PMH's pages refuse: {other:?}").into()),
    }
}

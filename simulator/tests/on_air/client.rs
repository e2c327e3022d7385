//! A municipal system as small as can be, for talking to the simulator over the real line.

use std::path::Path;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{Effect, Input, InsurerShape, OperatorAction, OperatorInput};

pub(super) const INSURER: &str = "139998";
pub(super) const FIRST: &str = "Hatsukai-2026";

pub(super) struct Client {
    http: reqwest::Client,
    base: String,
    pub(super) key: String,
}

pub(super) fn settings(journal: &Path, resume: bool) -> Settings {
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
        my_numbers: vec![123_456_789_018],
        journal: journal.to_owned(),
        durability: Durability::Process,
        port: 0,
        resume,
    }
}

/// Does an action in PMH's pages, and returns a key if one was issued.
pub(super) fn act(simulator: &Simulator, action: OperatorAction) -> Result<Option<String>, String> {
    let input = Input::Operator(OperatorInput {
        insurer: INSURER.to_owned(),
        environment: "verification".to_owned(),
        action,
    });
    let effects = simulator.shell().submit(&input).expect("journaled");
    match effects.into_iter().map(|dated| dated.effect).next() {
        Some(Effect::OperatorAnswer(answer)) if answer.done => Ok(answer.key),
        Some(Effect::OperatorAnswer(answer)) => Err(answer.reason.unwrap_or_default()),
        other => panic!("the pages answer the staff, not {other:?}"),
    }
}

/// Everything the staff prepare, in order; returns the key.
pub(super) fn prepare(simulator: &Simulator) -> String {
    let mask = simulator.shell().mask();
    let actions = [
        OperatorAction::LogIn {
            password: mask.password_token(FIRST),
        },
        OperatorAction::ChangePassword {
            current: mask.password_token(FIRST),
            password: mask.password_token("Tsukimi-2026"),
            length: 12,
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
            setup_date: jiff::civil::date(2026, 11, 2),
        },
    ];
    for action in actions {
        act(simulator, action.clone()).unwrap_or_else(|reason| panic!("{action:?}: {reason}"));
    }
    act(simulator, OperatorAction::IssueKey)
        .expect("issued")
        .expect("a key")
}

impl Client {
    pub(super) fn new(simulator: &Simulator, key: String) -> Self {
        let certificate = simulator
            .client_certificate(INSURER, "verification")
            .expect("issued at the start");
        let identity = format!("{}{}", certificate.key_pem, certificate.chain_pem);
        Self::with_identity(simulator, key, Some(&identity))
    }

    pub(super) fn with_identity(
        simulator: &Simulator,
        key: String,
        identity: Option<&str>,
    ) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let host = simulator
            .hosts()
            .iter()
            .find(|host| host.environment.as_deref() == Some("verification"))
            .expect("PMH listens");
        let authority = reqwest::Certificate::from_pem(simulator.authority_pem().as_bytes());
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([authority.expect("PEM")])
            .resolve(&host.host, host.address);
        if let Some(identity) = identity {
            let identity = reqwest::Identity::from_pem(identity.as_bytes());
            builder = builder.identity(identity.expect("PEM"));
        }
        Self {
            http: builder.build().expect("a client"),
            base: format!("https://{}:{}/kaigo/v2", host.host, host.address.port()),
            key,
        }
    }

    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), reqwest::Error> {
        let response = self.answer(method, path, body).await?;
        let status = response.status();
        Ok((status, response.json().await?))
    }

    /// The answer with its headers.
    pub(super) async fn answer(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<reqwest::Response, reqwest::Error> {
        let mut request = self
            .http
            .request(method, format!("{}/{path}", self.base))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        self.send(Method::POST, path, Some(body))
            .await
            .expect("an answer")
    }

    pub(super) async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send(Method::GET, path, None).await.expect("an answer")
    }

    pub(super) async fn start_setup(&self) {
        let record = json!([{ "insurerNumber": INSURER, "baselineDate": "2026-11-02" }]);
        let (status, answer) = self
            .post("setupStartRegistrationTasks?linkSegment=1", &record)
            .await;
        assert_eq!(status, 202, "{answer}");
    }
}

pub(super) fn person(insured_number: &str, my_number: &str) -> Value {
    json!({
        "insurerNumber": INSURER,
        "insuredNumber": insured_number,
        "myNumber": my_number,
        "basicFiveInfo": {
            "name": "月見 花子",
            "nameKana": "ツキミ　ハナコ",
            "address": "つきみ市うさぎ町1番地",
            "dateOfBirth": "1941-03-05",
            "sex": "2",
        },
        "isNotDisclosed": false,
        "insuredCategory": "1",
        "qualificationAcquiredDate": "2006-03-04",
        "modificationSeg": "1",
    })
}

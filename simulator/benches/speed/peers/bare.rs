//! The least that a server of records could be: axum, typed JSON, a map, a line of evidence.

use std::any::Any;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::Outcome;
use crate::line::{Greeting, Tls};

const HOST: &str = "pmh.example";

/// A person as sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    insurer_number: String,
    insured_number: String,
    my_number: String,
    basic_five_info: Basic,
    is_not_disclosed: bool,
    insured_category: String,
    qualification_acquired_date: String,
    modification_seg: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Basic {
    name: String,
    name_kana: String,
    address: String,
    date_of_birth: String,
    sex: String,
}

/// A certification as sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Certification {
    insurer_number: String,
    insured_number: String,
    application_number: String,
    is_deleted: bool,
    application_date: String,
    application_type: String,
    decided_date: String,
    care_level: String,
    valid_from: Option<String>,
    valid_to: Option<String>,
    first_judgement: Option<String>,
    board_opinion: Option<String>,
}

/// What is kept of either.
pub(super) trait Keyed: Serialize + serde::de::DeserializeOwned + Send + 'static {
    /// What tells it from others.
    fn key(&self) -> String;
    /// As one of the records kept.
    fn kept(self) -> Kept;
}

impl Keyed for Person {
    fn key(&self) -> String {
        self.insured_number.clone()
    }

    fn kept(self) -> Kept {
        Kept::Person(self)
    }
}

impl Keyed for Certification {
    fn key(&self) -> String {
        format!("{}/{}", self.insured_number, self.application_number)
    }

    fn kept(self) -> Kept {
        Kept::Certification(self)
    }
}

/// A record kept.
#[derive(Debug)]
#[expect(
    dead_code,
    reason = "kept to be there, as a server would; nobody reads it"
)]
pub(super) enum Kept {
    Person(Person),
    Certification(Certification),
}

/// The records of a server without an order.
#[expect(
    clippy::disallowed_types,
    reason = "the fastest map there is: this is what the simulator is compared with"
)]
pub(super) type Records = std::collections::HashMap<String, Kept>;

/// The answer of a server that has taken records over.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Accepted {
    task_id: String,
    kind: &'static str,
    received_count: usize,
    status: &'static str,
}

impl Accepted {
    pub(super) fn of(task: u64, received_count: usize) -> Self {
        Self {
            task_id: format!("T-{task:08}"),
            kind: "record",
            received_count,
            status: "accepted",
        }
    }
}

struct Inner {
    records: Records,
    evidence: BufWriter<File>,
    hash: [u8; 32],
    count: u64,
}

type Shared = Arc<Mutex<Inner>>;

pub(super) async fn start(folder: &Path, is_tls: bool) -> Outcome<(Greeting, Box<dyn Any>)> {
    let shared: Shared = Arc::new(Mutex::new(Inner {
        records: Records::new(),
        evidence: BufWriter::new(File::create(folder.join("evidence.jsonl"))?),
        hash: [0; 32],
        count: 0,
    }));
    let router = Router::new()
        .route("/persons", post(take::<Person>))
        .route("/certifications", post(take::<Certification>))
        .with_state(shared);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let tls = if is_tls {
        let (config, tls) = certificates()?;
        tokio::spawn(serve_tls(listener, TlsAcceptor::from(config), router));
        Some(tls)
    } else {
        tokio::spawn(async { axum::serve(listener, router).await });
        None
    };
    let greeting = Greeting {
        address,
        host: HOST.to_owned(),
        tls,
        paths: ["/persons".to_owned(), "/certifications".to_owned()],
        key: "key".to_owned(),
    };
    Ok((greeting, Box::new(())))
}

async fn take<R: Keyed>(
    State(shared): State<Shared>,
    Json(records): Json<Vec<R>>,
) -> (StatusCode, Json<Accepted>) {
    let mut inner = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = inner.evidence(&records);
    for record in records {
        inner.records.insert(record.key(), record.kept());
    }
    (StatusCode::ACCEPTED, Json(answer))
}

impl Inner {
    /// Writes request and answer as one line, with a hash over it and the line before.
    fn evidence<R: Serialize>(&mut self, records: &[R]) -> Accepted {
        self.count += 1;
        let answer = Accepted::of(self.count, records.len());
        let evidence = Evidence {
            n: self.count,
            host: HOST,
            method: "POST",
            path: "/records",
            content_type: "application/json",
            body: records,
            status: 202,
            answer: &answer,
        };
        let mut line = Vec::with_capacity(1024);
        serde_json::to_writer(&mut line, &evidence).ok();
        let mut hash = Sha256::new();
        hash.update(self.hash);
        hash.update(&line);
        self.hash = hash.finalize().into();
        line.extend_from_slice(b" \"");
        for byte in self.hash {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            line.push(HEX[usize::from(byte >> 4)]);
            line.push(HEX[usize::from(byte & 15)]);
        }
        line.extend_from_slice(b"\"\n");
        self.evidence.write_all(&line).ok();
        answer
    }
}

#[derive(Serialize)]
struct Evidence<'a, R> {
    n: u64,
    host: &'static str,
    method: &'static str,
    path: &'static str,
    content_type: &'static str,
    body: &'a [R],
    status: u16,
    answer: &'a Accepted,
}

async fn serve_tls(listener: TcpListener, acceptor: TlsAcceptor, router: Router) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, router) = (acceptor.clone(), router.clone());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            if let Ok(stream) = acceptor.accept(stream).await {
                let service = TowerToHyperService::new(router);
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            }
        });
    }
}

/// A server that asks for a client certificate, and what a client needs for it.
fn certificates() -> Outcome<(Arc<ServerConfig>, Tls)> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority = params.self_signed(&key)?;
    let issuer = Issuer::new(params, key);
    let issue = |usage| -> Outcome<_> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec![HOST.to_owned()])?;
        params.extended_key_usages = vec![usage];
        Ok((params.signed_by(&key, &issuer)?, key))
    };
    let (server, server_key) = issue(ExtendedKeyUsagePurpose::ServerAuth)?;
    let (client, client_key) = issue(ExtendedKeyUsagePurpose::ClientAuth)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone())?;
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(verifier.build()?)
        .with_single_cert(
            vec![server.der().clone()],
            PrivateKeyDer::Pkcs8(server_key.serialize_der().into()),
        )?;
    let tls = Tls {
        authority: authority.pem(),
        chain: client.pem(),
        key: client_key.serialize_pem(),
    };
    Ok((Arc::new(config), tls))
}

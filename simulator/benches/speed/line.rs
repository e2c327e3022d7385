//! The client that loads a server: HTTP/1.1 by hand, so that it takes little of the machine.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::Outcome;
use crate::people::{Kind, array};

/// How to talk to a server, as the server says it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Greeting {
    /// Where it listens.
    pub(super) address: std::net::SocketAddr,
    /// The host name it goes by.
    pub(super) host: String,
    /// What TLS needs; without it, it speaks plain HTTP.
    pub(super) tls: Option<Tls>,
    /// The path for records of a person and for rows of history.
    pub(super) paths: [String; 2],
    /// The authentication key.
    pub(super) key: String,
}

/// Certificates, PEM.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Tls {
    pub(super) authority: String,
    pub(super) chain: String,
    pub(super) key: String,
}

impl Greeting {
    /// The kind of record that each of the paths takes.
    pub(super) const KINDS: [Kind; 2] = [Kind::Person, Kind::Certification];

    fn config(tls: &Tls) -> Outcome<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(tls.authority.as_bytes())?)?;
        let chain = CertificateDer::pem_slice_iter(tls.chain.as_bytes());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        Ok(ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_root_certificates(roots)
            .with_client_auth_cert(
                chain.collect::<Result<_, _>>()?,
                PrivateKeyDer::from_pem_slice(tls.key.as_bytes())?,
            )?)
    }
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// Connections that stay open.
pub(super) struct Client {
    greeting: Arc<Greeting>,
    connections: Vec<Connection>,
}

struct Connection {
    wire: Box<dyn Wire>,
    received: Vec<u8>,
}

impl Client {
    pub(super) async fn connect(greeting: Greeting, connections: usize) -> Outcome<Self> {
        let connector = match &greeting.tls {
            Some(tls) => Some(TlsConnector::from(Arc::new(Greeting::config(tls)?))),
            None => None,
        };
        let mut open = Vec::new();
        for _ in 0..connections {
            let stream = TcpStream::connect(greeting.address).await?;
            stream.set_nodelay(true)?;
            let wire: Box<dyn Wire> = match &connector {
                Some(connector) => {
                    let name = ServerName::try_from(greeting.host.clone())?;
                    Box::new(connector.connect(name, stream).await?)
                }
                None => Box::new(stream),
            };
            let received = Vec::with_capacity(4096);
            open.push(Connection { wire, received });
        }
        Ok(Self {
            greeting: Arc::new(greeting),
            connections: open,
        })
    }

    /// Sends the records of people, `together` in a request, over all connections at once.
    pub(super) async fn send(
        &mut self,
        path: usize,
        people: std::ops::Range<u32>,
        together: u32,
    ) -> Outcome<()> {
        let each = people.len().div_ceil(self.connections.len()) as u32;
        let mut running = tokio::task::JoinSet::new();
        let mut first = people.start;
        for mut connection in self.connections.drain(..) {
            let own = first..(first + each).min(people.end);
            first = own.end;
            let greeting = Arc::clone(&self.greeting);
            running.spawn(async move {
                connection.send(&greeting, path, own, together).await?;
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(connection)
            });
        }
        while let Some(done) = running.join_next().await {
            self.connections.push(done??);
        }
        Ok(())
    }
}

impl Connection {
    async fn send(
        &mut self,
        greeting: &Greeting,
        path: usize,
        people: std::ops::Range<u32>,
        together: u32,
    ) -> Outcome<()> {
        let mut body = String::new();
        for first in people.clone().step_by(together as usize) {
            let these = first..(first + together).min(people.end);
            array(Greeting::KINDS[path], these, &mut body);
            let request = format!(
                "POST {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                greeting.paths[path],
                greeting.host,
                greeting.key,
                body.len(),
            );
            self.wire.write_all(request.as_bytes()).await?;
            self.wire.flush().await?;
            self.answer().await?;
        }
        Ok(())
    }

    async fn answer(&mut self) -> Outcome<()> {
        self.received.clear();
        loop {
            if self.wire.read_buf(&mut self.received).await? == 0 {
                return Err("the server closed the line".into());
            }
            let text = std::str::from_utf8(&self.received)?;
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then_some(value.trim())
            });
            if body.len() < length.ok_or("no length")?.parse()? {
                continue;
            }
            if !head.starts_with("HTTP/1.1 20") || body.contains("errors") {
                return Err(format!("not taken over: {text}").into());
            }
            return Ok(());
        }
    }
}

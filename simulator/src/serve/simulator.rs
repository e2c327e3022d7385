//! A run: the world, its journal, its certificates and its listeners.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::certificates::{CertificateError, ClientCertificate, ServerIdentity, TestAuthority};
use super::decoy::Decoy;
use super::link_server::LinkServer;
use super::opening::{Settings, client_name, open_shell};
use super::shell::{Shell, ShellError};
use super::tls::{ClientCheck, RunClock, server_config};
use super::viewer_doors::ViewerDoors;
use super::{pages, portal};
use crate::kernel::{JournalError, Moment};
use crate::profile::Profile;

/// Why a run could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// A listener could not be opened.
    #[error(
        "127.0.0.1:{port} で待ち受けられません（{cause}）。ほかのプログラムが使っていないか確かめるか、別のポートを指定してください"
    )]
    Listen {
        /// The port asked for; 0 for any.
        port: u16,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The world could not be opened.
    #[error(transparent)]
    Shell(#[from] ShellError),
    /// A certificate could not be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// TLS settings that do not fit together.
    #[error("TLSの設定ができません: {0}")]
    Tls(#[from] rustls::Error),
    /// The check of client certificates could not be set up.
    #[error("クライアント証明書の検査を設定できません: {0}")]
    Verifier(String),
}

/// Which local address stands for a host and port of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostAddress {
    /// `pmh`, or what may not be called: `platform`, `careweb`, `plain_http`.
    pub role: String,
    /// PMH's environment, if it is one.
    pub environment: Option<String>,
    /// Host name.
    pub host: String,
    /// Port in the profile.
    pub port: u16,
    /// The local address.
    pub address: SocketAddr,
}

/// A world on the air. Dropping it ends every connection and listener.
#[derive(Debug)]
pub struct Simulator {
    pub(super) shell: Arc<Shell>,
    pub(super) authority: TestAuthority,
    stranger: TestAuthority,
    clock: Arc<RunClock>,
    links: Vec<(String, Arc<LinkServer>)>,
    hosts: Vec<HostAddress>,
    pages: Vec<(String, SocketAddr)>,
    pub(super) doors: Option<ViewerDoors>,
    portal: Option<SocketAddr>,
    clients: Vec<(String, String, ClientCertificate, u64)>,
    pub(super) profile: Arc<Profile>,
    pub(super) _listeners: JoinSet<()>,
}

impl Simulator {
    /// Opens a world and puts it on the air, on 127.0.0.1.
    ///
    /// # Errors
    /// A port is taken, the journal cannot be written, or a certificate cannot be made.
    pub async fn start(settings: Settings) -> Result<Self, SimulatorError> {
        let profile = Arc::clone(&settings.profile);
        let authority = TestAuthority::new("適合試験用認証局")?;
        let stranger = TestAuthority::new("無関係の認証局")?;
        let clock = Arc::new(RunClock::new(settings.start));
        let shell = Arc::new(open_shell(&settings, &clock)?);
        let mut simulator = Self {
            shell,
            authority,
            stranger,
            clock,
            links: Vec::new(),
            hosts: Vec::new(),
            pages: Vec::new(),
            doors: None,
            portal: None,
            clients: Vec::new(),
            profile,
            _listeners: JoinSet::new(),
        };
        simulator.issue_clients(&settings)?;
        simulator.listen_as_pmh(settings.port).await?;
        simulator.listen_as_decoys().await?;
        simulator.open_pages().await?;
        simulator.open_viewer_doors().await?;
        simulator.open_portal().await?;
        Ok(simulator)
    }

    /// The way into the world.
    #[must_use]
    pub fn shell(&self) -> &Arc<Shell> {
        &self.shell
    }

    /// Which local address stands for which host.
    #[must_use]
    pub fn hosts(&self) -> &[HostAddress] {
        &self.hosts
    }

    /// Where PMH's pages of an environment are. They are for people and their browsers: plain HTTP,
    /// and none of the addresses that a vendor is told.
    #[must_use]
    pub fn pages(&self, environment: &str) -> Option<SocketAddr> {
        self.pages
            .iter()
            .find(|(id, _)| id == environment)
            .map(|(_, address)| *address)
    }

    /// Where the pages of the portal (介護情報基盤ポータル) are: for everybody's browser, as PMH's are.
    #[must_use]
    pub fn portal(&self) -> Option<SocketAddr> {
        self.portal
    }

    /// The certificate of the run's CA, PEM.
    #[must_use]
    pub fn authority_pem(&self) -> &str {
        self.authority.certificate_pem()
    }

    /// The client certificate of an insurer in an environment.
    #[must_use]
    pub fn client_certificate(
        &self,
        insurer: &str,
        environment: &str,
    ) -> Option<&ClientCertificate> {
        self.clients
            .iter()
            .rev()
            .find(|(number, place, _, _)| number == insurer && place == environment)
            .map(|(_, _, certificate, _)| certificate)
    }

    /// The name of an issued client certificate, by its chain.
    #[must_use]
    pub fn certificate_name(&self, chain_pem: &str) -> Option<&str> {
        self.clients
            .iter()
            .find(|(_, _, certificate, _)| certificate.chain_pem == chain_pem)
            .map(|(_, _, certificate, _)| certificate.name.as_str())
    }

    /// A client certificate that PMH's CA did not issue.
    ///
    /// # Errors
    /// The key could not be made.
    pub fn foreign_client_certificate(&self) -> Result<ClientCertificate, SimulatorError> {
        let (certificate, _) = self
            .stranger
            .issue_client("別名義", self.shell.now(), 730)?;
        Ok(certificate)
    }

    /// A certificate of the insurer that is good for so many days from a moment, under the same
    /// name.
    ///
    /// # Errors
    /// The key could not be made.
    pub fn reissue_client_certificate(
        &mut self,
        insurer: &str,
        environment: &str,
        from: Moment,
        days: u32,
    ) -> Result<ClientCertificate, SimulatorError> {
        let name = client_name(insurer, environment);
        let (certificate, serial) = self.authority.issue_client(&name, from, days)?;
        self.remember_client(insurer, environment, certificate.clone(), serial);
        self.shell.note(
            "run",
            "certificate.issued",
            &serde_json::json!({ "name": name, "from": from, "days": days }),
        )?;
        Ok(certificate)
    }

    /// Revokes every client certificate an insurer has been issued in an environment.
    ///
    /// # Errors
    /// The new list could not be put in force.
    pub fn revoke_client_certificates(
        &mut self,
        insurer: &str,
        environment: &str,
    ) -> Result<(), SimulatorError> {
        for (number, place, _, serial) in &self.clients {
            if number == insurer && place == environment {
                self.authority.revoke(*serial);
            }
        }
        self.shell.note(
            "run",
            "certificate.revoked",
            &serde_json::json!({ "name": client_name(insurer, environment) }),
        )?;
        self.show_server_certificate(ServerIdentity::Right)
    }

    /// Changes the certificate that PMH shows from the next connection on.
    ///
    /// # Errors
    /// The certificate could not be made or the journal written.
    pub fn show_server_certificate(&self, identity: ServerIdentity) -> Result<(), SimulatorError> {
        for (host, link) in &self.links {
            let config = self.server_config(host, identity)?;
            *link.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        }
        self.shell.note(
            "run",
            "certificate.shown",
            &serde_json::json!({ "identity": identity.name() }),
        )?;
        Ok(())
    }

    pub(super) fn server_config(
        &self,
        host: &str,
        identity: ServerIdentity,
    ) -> Result<Arc<rustls::ServerConfig>, SimulatorError> {
        let chain = match identity {
            ServerIdentity::Right => self.authority.issue_server(host, false)?,
            ServerIdentity::Expired => self.authority.issue_server(host, true)?,
            ServerIdentity::OtherHost => self
                .authority
                .issue_server("betsu.kaigo-sotei.example", false)?,
            ServerIdentity::OtherIssuer => self.stranger.issue_server(host, false)?,
        };
        server_config(&self.authority, &self.clock, chain, ClientCheck::Required)
    }

    fn issue_clients(&mut self, settings: &Settings) -> Result<(), SimulatorError> {
        let days = self
            .profile
            .credentials()
            .client_certificate_lifetime_days
            .value;
        let profile = Arc::clone(&self.profile);
        for insurer in &settings.insurers {
            for environment in profile.environments() {
                let name = client_name(&insurer.number, &environment.id);
                let (certificate, serial) =
                    self.authority.issue_client(&name, settings.start, days)?;
                self.remember_client(&insurer.number, &environment.id, certificate, serial);
            }
        }
        Ok(())
    }

    fn remember_client(
        &mut self,
        insurer: &str,
        environment: &str,
        certificate: ClientCertificate,
        serial: u64,
    ) {
        for (_, link) in &self.links {
            link.certificates
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .push((certificate.der.clone(), certificate.name.clone()));
        }
        self.clients.push((
            insurer.to_owned(),
            environment.to_owned(),
            certificate,
            serial,
        ));
    }

    async fn listen_as_pmh(&mut self, port: u16) -> Result<(), SimulatorError> {
        let profile = Arc::clone(&self.profile);
        let api = profile.api();
        for (index, environment) in profile.environments().iter().enumerate() {
            let port = if index == 0 { port } else { 0 };
            let (listener, address) = listen(port).await?;
            let config = self.server_config(&environment.host, ServerIdentity::Right)?;
            let certificates = self
                .clients
                .iter()
                .map(|(_, _, certificate, _)| (certificate.der.clone(), certificate.name.clone()))
                .collect();
            let server = Arc::new(LinkServer {
                shell: Arc::clone(&self.shell),
                environment: environment.id.clone(),
                config: RwLock::new(config),
                certificates: RwLock::new(certificates),
                openapi_path: format!("{}/openapi.json", api.base_path.value),
                profile: Arc::clone(&profile),
                openapi: OnceLock::new(),
                body_bytes_max: api.request_bytes_max.value,
            });
            self.links
                .push((environment.host.clone(), Arc::clone(&server)));
            self._listeners.spawn(server.run(listener));
            self.hosts.push(HostAddress {
                role: "pmh".to_owned(),
                environment: Some(environment.id.clone()),
                host: environment.host.clone(),
                port: environment.port,
                address,
            });
        }
        Ok(())
    }

    async fn open_pages(&mut self) -> Result<(), SimulatorError> {
        let profile = Arc::clone(&self.profile);
        for environment in profile.environments() {
            let (listener, address) = listen(0).await?;
            let shell = Arc::clone(&self.shell);
            let serving = pages::open(listener, address.port(), shell, environment.clone());
            self._listeners.spawn(serving);
            self.pages.push((environment.id.clone(), address));
        }
        Ok(())
    }

    async fn open_portal(&mut self) -> Result<(), SimulatorError> {
        let (listener, address) = listen(0).await?;
        let shell = Arc::clone(&self.shell);
        let serving = portal::open(listener, address.port(), shell);
        self._listeners.spawn(serving);
        self.portal = Some(address);
        Ok(())
    }

    async fn listen_as_decoys(&mut self) -> Result<(), SimulatorError> {
        let profile = Arc::clone(&self.profile);
        for off_limits in profile.off_limits() {
            let chain = self.authority.issue_server(&off_limits.host, false)?;
            let config = server_config(&self.authority, &self.clock, chain, ClientCheck::None)?;
            self.listen_as_decoy(
                &off_limits.id,
                &off_limits.host,
                off_limits.port,
                Some(config),
            )
            .await?;
        }
        if let Some(environment) = profile.environments().first() {
            self.listen_as_decoy("plain_http", &environment.host, 80, None)
                .await?;
        }
        Ok(())
    }

    async fn listen_as_decoy(
        &mut self,
        role: &str,
        host: &str,
        port: u16,
        config: Option<Arc<rustls::ServerConfig>>,
    ) -> Result<(), SimulatorError> {
        let (listener, address) = listen(0).await?;
        let decoy = Arc::new(Decoy {
            shell: Arc::clone(&self.shell),
            role: role.to_owned(),
            config,
        });
        self._listeners.spawn(decoy.run(listener));
        self.hosts.push(HostAddress {
            role: role.to_owned(),
            environment: None,
            host: host.to_owned(),
            port,
            address,
        });
        Ok(())
    }
}

pub(super) async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), SimulatorError> {
    let failed = |cause| SimulatorError::Listen { port, cause };
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

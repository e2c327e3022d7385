//! Where those who want to see what the platform holds come in: the pages of four doors, and the
//! interface for care software.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinSet;

use super::certificates::{ClientCertificate, ServerIdentity};
use super::shell::Shell;
use super::simulator::{Simulator, SimulatorError, listen};
use super::software_server::{self, SoftwareServer};
use super::{board, careweb, medical, mynaportal};

/// The doors that are open.
#[derive(Debug)]
pub(super) struct ViewerDoors {
    careweb: SocketAddr,
    mynaportal: SocketAddr,
    medical: SocketAddr,
    board: SocketAddr,
    software: (Arc<SoftwareServer>, SocketAddr),
}

/// Opens the pages of one door on a free port.
async fn pages<F>(
    listeners: &mut JoinSet<()>,
    shell: &Arc<Shell>,
    open: impl FnOnce(tokio::net::TcpListener, u16, Arc<Shell>) -> F,
) -> Result<SocketAddr, SimulatorError>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (listener, address) = listen(0).await?;
    listeners.spawn(open(listener, address.port(), Arc::clone(shell)));
    Ok(address)
}

impl Simulator {
    /// Opens every door.
    pub(super) async fn open_viewer_doors(&mut self) -> Result<(), SimulatorError> {
        let config = self.server_config(software_server::SOFTWARE_HOST, ServerIdentity::Right)?;
        let server = SoftwareServer::new(Arc::clone(&self.shell), config);
        let (listener, address) = listen(0).await?;
        let (listeners, shell) = (&mut self._listeners, &self.shell);
        listeners.spawn(Arc::clone(&server).run(listener));
        self.doors = Some(ViewerDoors {
            careweb: pages(listeners, shell, careweb::open).await?,
            mynaportal: pages(listeners, shell, mynaportal::open).await?,
            medical: pages(listeners, shell, medical::open).await?,
            board: pages(listeners, shell, board::open).await?,
            software: (server, address),
        });
        Ok(())
    }

    /// Where the pages of 介護WEBサービス are, for people and their browsers like PMH's.
    #[must_use]
    pub fn careweb(&self) -> Option<SocketAddr> {
        self.doors.as_ref().map(|doors| doors.careweb)
    }

    /// Where マイナポータル is.
    #[must_use]
    pub fn mynaportal(&self) -> Option<SocketAddr> {
        self.doors.as_ref().map(|doors| doors.mynaportal)
    }

    /// Where the pages of medical institutions are.
    #[must_use]
    pub fn medical(&self) -> Option<SocketAddr> {
        self.doors.as_ref().map(|doors| doors.medical)
    }

    /// Where the pages of the review boards' members are.
    #[must_use]
    pub fn board(&self) -> Option<SocketAddr> {
        self.doors.as_ref().map(|doors| doors.board)
    }

    /// Host and address of the interface for care software (介護ソフト).
    #[must_use]
    pub fn care_software(&self) -> Option<(&'static str, SocketAddr)> {
        let (_, address) = &self.doors.as_ref()?.software;
        Some((software_server::SOFTWARE_HOST, *address))
    }

    /// Issues the client certificate of an office for its care software.
    ///
    /// # Errors
    /// The certificate could not be made.
    pub fn issue_office_certificate(
        &self,
        name: &str,
    ) -> Result<ClientCertificate, SimulatorError> {
        let credentials = self.profile.credentials();
        let days = credentials.client_certificate_lifetime_days.value;
        let now = self.shell.now();
        let (certificate, _) = self.authority.issue_client(name, now, days)?;
        if let Some(doors) = &self.doors {
            doors.software.0.know(&certificate);
        }
        Ok(certificate)
    }
}

//! Free ports of this machine.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, PoisonError};

use crate::drivers::vendor_file::VendorAddress;

/// The ports that builds of this process hold, listening or about to.
///
/// Between choosing a port and the build listening on it, the system may offer the same port again;
/// without this list a slot could then talk to the build of another.
static HELD: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// How often the system is asked for a port that no build of this process holds.
const OFFERS_MAX: usize = 50;

/// A port that was free a moment ago and that no other build of this process gets while it is held.
#[derive(Debug)]
pub(super) struct HeldPort(u16);

impl HeldPort {
    pub(super) fn choose() -> io::Result<Self> {
        for _ in 0..OFFERS_MAX {
            let offered = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let port = offered.local_addr()?.port();
            if held().insert(port) {
                return Ok(Self(port));
            }
        }
        Err(io::Error::from(io::ErrorKind::AddrInUse))
    }

    pub(super) const fn address(&self) -> VendorAddress {
        VendorAddress::local(self.0)
    }

    /// Whether somebody listens on the port.
    pub(super) fn is_taken(&self) -> bool {
        TcpListener::bind((Ipv4Addr::LOCALHOST, self.0)).is_err()
    }
}

impl Drop for HeldPort {
    fn drop(&mut self) {
        held().remove(&self.0);
    }
}

fn held() -> std::sync::MutexGuard<'static, BTreeSet<u16>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

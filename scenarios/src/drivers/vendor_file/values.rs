//! The small values of a vendor's file.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::str::FromStr;

/// Where a vendor build answers test-control operations: plain HTTP on this machine only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VendorAddress(SocketAddrV4);

/// The text is not an address at which the judge looks for a vendor build.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "アドレスは「http://127.0.0.1:8080」の形（このパソコンの中だけ）で書きます。「{0}」は違います"
)]
pub struct AddressError(pub String);

impl VendorAddress {
    /// The address of `port` on this machine.
    #[must_use]
    pub const fn local(port: u16) -> Self {
        Self(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))
    }

    /// The port.
    #[must_use]
    pub const fn port(self) -> u16 {
        self.0.port()
    }

    /// `127.0.0.1:8080`, as handed to a command in place of `{address}`.
    #[must_use]
    pub fn host_and_port(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Display for VendorAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.0)
    }
}

impl FromStr for VendorAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || AddressError(text.to_owned());
        let rest = text.strip_prefix("http://").ok_or_else(wrong)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let address: SocketAddrV4 = rest.parse().map_err(|_| wrong())?;
        if address.ip().is_loopback() && address.port() != 0 {
            Ok(Self(address))
        } else {
            Err(wrong())
        }
    }
}

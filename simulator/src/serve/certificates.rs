//! The test CA of a run, and the certificates it issues.

use std::sync::Mutex;

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint,
    DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    RevocationReason, RevokedCertParams, SerialNumber, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};

use crate::kernel::Moment;

/// A certificate could not be made.
#[derive(Debug, thiserror::Error)]
#[error("試験用の証明書を作れません: {0}")]
pub struct CertificateError(#[from] rcgen::Error);

/// Which server certificate PMH shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerIdentity {
    /// The right one: spans the run's clock and the machine's.
    Right,
    /// Expired, by the run's clock and by the machine's.
    Expired,
    /// Made out to another host.
    OtherHost,
    /// Issued by somebody the vendor was not told to trust.
    OtherIssuer,
}

impl ServerIdentity {
    /// How the journal names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Expired => "expired",
            Self::OtherHost => "other_host",
            Self::OtherIssuer => "other_issuer",
        }
    }
}

/// A client certificate as a vendor installs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The name in its subject.
    pub name: String,
    /// Certificate chain, PEM.
    pub chain_pem: String,
    /// Private key, PEM.
    pub key_pem: String,
    /// The certificate, DER.
    pub der: Vec<u8>,
}

/// A CA that exists for one run.
#[derive(Debug)]
pub struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate_pem: String,
    certificate: CertificateDer<'static>,
    state: Mutex<Issued>,
}

#[derive(Debug, Default)]
struct Issued {
    last_serial: u64,
    revoked: Vec<u64>,
}

/// A server's chain and key.
pub(super) type ServerChain = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

impl TestAuthority {
    /// Makes a CA.
    ///
    /// # Errors
    /// The key could not be made.
    pub fn new(name: &str) -> Result<Self, CertificateError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![
            KeyUsagePurpose::KeyCertSign,
            KeyUsagePurpose::CrlSign,
            KeyUsagePurpose::DigitalSignature,
        ];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2060, 1, 1);
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            certificate_pem: certificate.pem(),
            certificate: certificate.der().clone(),
            issuer: Issuer::new(params, key),
            state: Mutex::default(),
        })
    }

    /// The CA's own certificate, PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    pub(super) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Issues a client certificate, good from the day before `from` for so many days, and
    /// returns it with its serial number.
    ///
    /// # Errors
    /// The key could not be made.
    pub fn issue_client(
        &self,
        name: &str,
        from: Moment,
        days: u32,
    ) -> Result<(ClientCertificate, u64), CertificateError> {
        let (mut params, serial) = self.params(Vec::new(), name)?;
        params.not_before = day(from.plus_seconds(-86_400));
        params.not_after = day(from.plus_seconds(i64::from(days) * 86_400));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let client = ClientCertificate {
            name: name.to_owned(),
            chain_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            der: certificate.der().to_vec(),
        };
        Ok((client, serial))
    }

    /// Issues a server certificate for a host.
    pub(super) fn issue_server(
        &self,
        host: &str,
        is_expired: bool,
    ) -> Result<ServerChain, CertificateError> {
        let (mut params, _) = self.params(vec![host.to_owned()], host)?;
        let last_year = if is_expired { 2021 } else { 2059 };
        params.not_before = date_time_ymd(2020, 1, 2);
        params.not_after = date_time_ymd(last_year, 1, 1);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Ok((vec![certificate.der().clone()], key))
    }

    /// Revokes a client certificate by its serial number.
    pub fn revoke(&self, serial: u64) {
        if let Ok(mut state) = self.state.lock() {
            state.revoked.push(serial);
        }
    }

    /// The list of revoked certificates.
    pub(super) fn revocation_list(
        &self,
    ) -> Result<CertificateRevocationListDer<'static>, CertificateError> {
        let revoked = self
            .state
            .lock()
            .map(|state| state.revoked.clone())
            .unwrap_or_default();
        let params = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 2),
            next_update: date_time_ymd(2059, 1, 1),
            crl_number: SerialNumber::from(revoked.len() as u64 + 1),
            issuing_distribution_point: None,
            revoked_certs: revoked
                .into_iter()
                .map(|serial| RevokedCertParams {
                    serial_number: SerialNumber::from(serial),
                    revocation_time: date_time_ymd(2020, 1, 3),
                    reason_code: Some(RevocationReason::KeyCompromise),
                    invalidity_date: None,
                })
                .collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(params.signed_by(&self.issuer)?.der().clone())
    }

    fn params(
        &self,
        names: Vec<String>,
        subject: &str,
    ) -> Result<(CertificateParams, u64), CertificateError> {
        let serial = self.state.lock().map_or(0, |mut state| {
            state.last_serial += 1;
            state.last_serial
        });
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, subject);
        params.serial_number = Some(SerialNumber::from(serial));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.crl_distribution_points = Vec::<CrlDistributionPoint>::new();
        Ok((params, serial))
    }
}

fn day(moment: Moment) -> time::OffsetDateTime {
    let date = moment.date();
    date_time_ymd(
        i32::from(date.year()),
        u8::try_from(date.month()).unwrap_or(1),
        u8::try_from(date.day()).unwrap_or(1),
    )
}

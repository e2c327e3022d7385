//! TLS 1.3 with client certificates, following the run's clock.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::HeaderValue;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::UnixTime;
use rustls::server::WebPkiClientVerifier;
use rustls::time_provider::TimeProvider;
use rustls::{AlertDescription, CertificateError, Error, RootCertStore, ServerConfig};

use super::certificates::{ServerChain, TestAuthority};
use super::simulator::SimulatorError;
use crate::kernel::Moment;

/// The run's clock as TLS and HTTP read it.
#[derive(Debug)]
pub(super) struct RunClock {
    unix_seconds: AtomicI64,
    /// The HTTP `Date` of that second: written out when the clock moves, not for every answer.
    date: RwLock<HeaderValue>,
}

impl RunClock {
    pub(super) fn new(now: Moment) -> Self {
        Self {
            unix_seconds: AtomicI64::new(now.unix_seconds()),
            date: RwLock::new(date(now)),
        }
    }

    pub(super) fn set(&self, now: Moment) {
        let seconds = now.unix_seconds();
        if self.unix_seconds.swap(seconds, Ordering::Relaxed) != seconds {
            *self.date.write().unwrap_or_else(PoisonError::into_inner) = date(now);
        }
    }

    pub(super) fn date(&self) -> HeaderValue {
        let date = self.date.read().unwrap_or_else(PoisonError::into_inner);
        date.clone()
    }
}

fn date(now: Moment) -> HeaderValue {
    HeaderValue::try_from(now.http_date()).expect("an HTTP date is a header value")
}

#[derive(Debug)]
struct FollowsRun(Arc<RunClock>);

impl TimeProvider for FollowsRun {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.unix_seconds.load(Ordering::Relaxed)).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// Whether a server asks for a client certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientCheck {
    Required,
    None,
}

/// A server's TLS settings.
pub(super) fn server_config(
    authority: &TestAuthority,
    clock: &Arc<RunClock>,
    (chain, key): ServerChain,
    check: ClientCheck,
) -> Result<Arc<ServerConfig>, SimulatorError> {
    let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
    let time: Arc<dyn TimeProvider> = Arc::new(FollowsRun(Arc::clone(clock)));
    let builder = ServerConfig::builder_with_details(Arc::clone(&provider), time)
        .with_protocol_versions(&[&rustls::version::TLS13])?;
    let builder = match check {
        ClientCheck::None => builder.with_no_client_auth(),
        ClientCheck::Required => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.certificate().clone())?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .with_crls([authority.revocation_list()?])
                .only_check_end_entity_revocation()
                .build()
                .map_err(|error| SimulatorError::Verifier(error.to_string()))?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    Ok(Arc::new(builder.with_single_cert(chain, key)?))
}

/// Why a handshake failed, in words that do not change from run to run.
pub(super) fn handshake_failure(error: &std::io::Error) -> String {
    let cause = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    let text = match cause {
        Some(Error::NoCertificatesPresented) => "クライアント証明書が提示されませんでした",
        Some(Error::InvalidCertificate(certificate)) => certificate_failure(certificate),
        Some(Error::AlertReceived(alert)) => alert_failure(*alert),
        Some(Error::PeerIncompatible(_)) => "相手がTLS 1.3に対応していません",
        Some(Error::InvalidMessage(_)) => "TLSではない通信でした",
        Some(_) => "TLSの取り決めができませんでした",
        None => "取り決めの途中で接続が切れました",
    };
    text.to_owned()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "rustls の列挙は増え続ける。名指ししない失敗はすべて同じ言葉で伝える"
)]
fn certificate_failure(error: &CertificateError) -> &'static str {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "クライアント証明書の有効期限が切れています"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "クライアント証明書の有効期間がまだ始まっていません"
        }
        CertificateError::Revoked => "クライアント証明書が失効しています",
        CertificateError::UnknownIssuer => "クライアント証明書の発行者を信頼できません",
        _ => "クライアント証明書を確かめられません",
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "rustls の列挙は増え続ける。名指ししない警告はすべて同じ言葉で伝える"
)]
fn alert_failure(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::CertificateExpired => {
            "相手が、PMHの証明書の有効期限切れを理由に接続をやめました"
        }
        AlertDescription::UnknownCA => {
            "相手が、PMHの証明書の発行者を信頼できないとして接続をやめました"
        }
        AlertDescription::BadCertificate | AlertDescription::CertificateUnknown => {
            "相手が、PMHの証明書を受け入れずに接続をやめました"
        }
        _ => "相手がTLSの警告を返して接続をやめました",
    }
}

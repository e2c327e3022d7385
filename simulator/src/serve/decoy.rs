//! Listeners where nobody may call, so that a direct call is seen, not guessed.

use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::shell::Shell;
use crate::input::{DecoyCall, Input};

/// How long a caller may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(2);
/// How much of what it says is kept.
const HEAD_BYTES_MAX: usize = 2048;

/// An address that nobody may call.
#[derive(Debug)]
pub(super) struct Decoy {
    pub(super) shell: Arc<Shell>,
    pub(super) role: String,
    /// TLS settings; `None` for plain HTTP.
    pub(super) config: Option<Arc<ServerConfig>>,
}

impl Decoy {
    /// Accepts connections until the task is dropped, and journals each.
    pub(super) async fn run(self: Arc<Self>, listener: TcpListener) {
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let decoy = Arc::clone(&self);
            let caller = self.shell.caller();
            connections.spawn(async move {
                decoy.receive(stream).await;
                drop(caller);
            });
            while connections.try_join_next().is_some() {}
        }
    }

    async fn receive(&self, stream: TcpStream) {
        let detail = match &self.config {
            None => first_line(stream).await,
            Some(config) => {
                let accepted = TlsAcceptor::from(Arc::clone(config)).accept(stream);
                match tokio::time::timeout(PATIENCE, accepted).await {
                    Ok(Ok(stream)) => first_line(stream).await,
                    Ok(Err(_)) | Err(_) => "接続だけ（要求は読めませんでした）".to_owned(),
                }
            }
        };
        let detail = self.shell.mask().apply(&detail).into_owned();
        let call = DecoyCall {
            role: self.role.clone(),
            detail,
        };
        if self.shell.submit(&Input::Decoy(call)).is_err() {
            eprintln!("記録（ジャーナル）に書けないため、禁止された呼出しを残せません");
        }
    }
}

async fn first_line(mut stream: impl tokio::io::AsyncRead + Unpin) -> String {
    let mut bytes = vec![0; HEAD_BYTES_MAX];
    let read = tokio::time::timeout(PATIENCE, stream.read(&mut bytes)).await;
    let length = match read {
        Ok(Ok(length)) => length,
        Ok(Err(_)) | Err(_) => 0,
    };
    let text = String::from_utf8_lossy(&bytes[..length]);
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        "接続だけ（要求はありませんでした）".to_owned()
    } else {
        line.to_owned()
    }
}

//! Connections of browsers, bounded in number, size and time.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::body::within;

/// Connections at once; more wait. A browser opens about six.
const CONNECTIONS_MAX: usize = 96;
/// How long the head of a request may take, and a connection be idle.
const HEAD_TIME: Duration = Duration::from_secs(20);
/// How long a connection may last.
const CONNECTION_TIME: Duration = Duration::from_secs(900);
/// Headers of a request.
const HEADERS_MAX: usize = 64;
/// Bytes of a request's head, and of a piece of its body.
const BUFFER_BYTES_MAX: usize = 64 * 1024;

/// Serves pages until the task is dropped.
pub async fn serve(listener: TcpListener, router: Router) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        // Pages are small; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        connections.spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_headers(HEADERS_MAX)
                .max_buf_size(BUFFER_BYTES_MAX)
                .serve_connection(TokioIo::new(stream), service);
            // A connection that breaks off is the browser's business.
            let _ = within(CONNECTION_TIME, connection).await;
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
}

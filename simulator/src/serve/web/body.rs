//! Reading a body with an end to bytes and to patience.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures::StreamExt;

/// How long a body may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From one piece to the next.
    pub silence: Duration,
    /// In all.
    pub whole: Duration,
}

impl Patience {
    /// For forms, which a browser sends at once.
    pub const FORM: Self = Self {
        silence: Duration::from_secs(5),
        whole: Duration::from_secs(15),
    };

    /// For files, over a slow line too.
    pub const UPLOAD: Self = Self {
        silence: Duration::from_secs(5),
        whole: Duration::from_secs(300),
    };
}

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It took longer than [`Patience`] allows.
    #[error("the body came too slowly")]
    Slow,
    /// The connection broke off, or the transfer coding was not kept.
    #[error("the body broke off")]
    Broken,
    /// More bytes than allowed.
    #[error("the body is too large")]
    TooLarge,
}

/// A body, piece by piece. A piece is never larger than the connection's buffer.
#[derive(Debug)]
pub(super) struct Pieces {
    stream: BodyDataStream,
    silence: Duration,
}

impl Pieces {
    pub(super) fn new(body: Body, patience: Patience) -> Self {
        Self {
            stream: body.into_data_stream(),
            silence: patience.silence,
        }
    }

    /// The next piece; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        match within(self.silence, self.stream.next()).await {
            None => Err(BodyError::Slow),
            Some(None) => Ok(None),
            Some(Some(Ok(piece))) => Ok(Some(piece)),
            Some(Some(Err(_))) => Err(BodyError::Broken),
        }
    }
}

/// Bytes that are taken in and thrown away of a body that is too large or that nobody reads: a
/// browser that is still sending would show a broken line instead of the answer.
const PASSED_OVER_MAX: u64 = 64 * 1024 * 1024;

/// The whole body, if it is not larger than this.
pub async fn read(body: Body, most: usize, patience: Patience) -> Result<Vec<u8>, BodyError> {
    let reading = async {
        let mut pieces = Pieces::new(body, patience);
        let mut bytes = Vec::new();
        let mut came = 0;
        while let Some(piece) = pieces.next().await? {
            came += piece.len() as u64;
            if came <= most as u64 {
                bytes.extend_from_slice(&piece);
            } else if came > PASSED_OVER_MAX {
                break;
            }
        }
        if came > most as u64 {
            return Err(BodyError::TooLarge);
        }
        Ok(bytes)
    };
    within(patience.whole, reading)
        .await
        .unwrap_or(Err(BodyError::Slow))
}

/// Takes in what is still coming and keeps none of it.
pub(super) async fn pass_over(body: Body, patience: Patience) {
    let passing = async {
        let mut pieces = Pieces::new(body, patience);
        let mut passed = 0;
        while let Ok(Some(piece)) = pieces.next().await {
            passed += piece.len() as u64;
            if passed > PASSED_OVER_MAX {
                break;
            }
        }
    };
    // Whoever is slower than that gets the broken line.
    let _ = within(patience.whole, passing).await;
}

/// What comes within a time, if anything does.
#[expect(
    clippy::disallowed_methods,
    reason = "遅い相手を待ち続けないための線の上の守りで、世界の時刻にはかかわらない"
)]
pub(super) async fn within<T>(time: Duration, future: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, future).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASTY: Patience = Patience {
        silence: Duration::from_millis(40),
        whole: Duration::from_millis(400),
    };

    const PATIENT: Patience = Patience {
        silence: Duration::from_secs(20),
        whole: Duration::from_secs(20),
    };

    fn endless(piece: &'static [u8], every: Duration) -> Body {
        let stream = futures::stream::unfold((), move |()| async move {
            pause(every).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(piece)), ()))
        });
        Body::from_stream(stream)
    }

    /// Never ends, and never lets anybody wait.
    fn flood() -> Body {
        let piece = Bytes::from_static(&[0; 64 * 1024]);
        let pieces = futures::stream::repeat(Ok::<_, std::convert::Infallible>(piece));
        Body::from_stream(pieces)
    }

    async fn pause(time: Duration) {
        // Nothing ever comes of it, so this is a pause.
        let _ = within(time, std::future::pending::<()>()).await;
    }

    #[tokio::test]
    async fn a_silent_body_is_given_up() {
        let silent = endless(b"", Duration::from_secs(3600));
        assert_eq!(read(silent, 10, HASTY).await, Err(BodyError::Slow));
    }

    #[tokio::test]
    async fn a_body_that_trickles_is_given_up_too() {
        let trickle = endless(b"a", Duration::from_millis(10));
        assert_eq!(read(trickle, 10_000, HASTY).await, Err(BodyError::Slow));
    }

    #[tokio::test]
    async fn an_endless_body_is_cut_at_the_bound() {
        assert_eq!(
            read(flood(), 9_999, PATIENT).await,
            Err(BodyError::TooLarge)
        );
        let body = Body::from("1234567890");
        assert_eq!(
            read(body, 10, HASTY).await.as_deref(),
            Ok(&b"1234567890"[..])
        );
    }

    #[tokio::test]
    async fn what_is_passed_over_has_an_end() {
        pass_over(flood(), PATIENT).await;
        pass_over(endless(b"", Duration::from_secs(3600)), HASTY).await;
    }
}

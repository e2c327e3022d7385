//! The pace at which the parser of an upload is fed, so that its bounds hold before memory grows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures::Stream;

use super::body::{BodyError, Pieces};
use super::turned_away::TurnedAway;

/// Bytes of the head of one part.
pub(super) const HEAD_BYTES_MAX: u64 = 16 * 1024;

/// Why reading ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The parser got this much without finding the end of a part's head.
    #[error("the head of a part is too long")]
    HeadTooLong,
    /// More came than is even passed over.
    #[error("the upload does not end")]
    Endless,
    /// No form of ours.
    #[error("the parts are not those of the form")]
    Garbled,
}

impl Fault {
    pub(super) fn turned_away(self) -> TurnedAway {
        match self {
            Self::Body(BodyError::Slow) => TurnedAway::Slow,
            Self::Body(BodyError::Broken | BodyError::TooLarge)
            | Self::HeadTooLong
            | Self::Endless
            | Self::Garbled => TurnedAway::Unreadable,
        }
    }
}

impl From<multer::Error> for Fault {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "whatever else the parser dislikes is a body that no browser sends"
    )]
    fn from(error: multer::Error) -> Self {
        match error {
            multer::Error::StreamReadFailed(cause) => {
                cause.downcast::<Self>().map_or(Self::Garbled, |own| *own)
            }
            _ => Self::Garbled,
        }
    }
}

/// Hands the parser one piece at a time: it takes in whatever is ready before it looks, so without
/// a pause it would hold a whole upload before the first bound is seen.
pub(super) fn paced(
    pieces: Pieces,
    since: Arc<AtomicU64>,
    most: u64,
) -> impl Stream<Item = Result<Bytes, Fault>> + Send + 'static {
    let start = (pieces, since, 0_u64, 0_u64);
    futures::stream::unfold(
        start,
        move |(mut pieces, since, mut whole, last)| async move {
            tokio::task::yield_now().await;
            // The parser may ask for more before it has looked at the last piece, which may be long.
            let looked_at = since.load(Ordering::Relaxed).saturating_sub(last);
            let next = if looked_at > HEAD_BYTES_MAX {
                Err(Fault::HeadTooLong)
            } else if whole > most {
                Err(Fault::Endless)
            } else {
                pieces.next().await.map_err(Fault::from)
            };
            let piece = next.transpose()?;
            let length = piece.as_ref().map_or(0, |piece| piece.len() as u64);
            since.fetch_add(length, Ordering::Relaxed);
            whole += length;
            Some((piece, (pieces, since, whole, length)))
        },
    )
}

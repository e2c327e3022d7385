//! An answer's body, whole or cut off in the middle.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// A body of known length that may break off half-way.
#[derive(Debug)]
pub(super) struct ReplyBody {
    bytes: Option<Bytes>,
    length: u64,
    breaks_off: bool,
}

/// The line was cut on purpose.
#[derive(Debug, thiserror::Error)]
#[error("the connection was cut as the scenario asked")]
pub(super) struct CutOff;

impl From<Infallible> for CutOff {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl ReplyBody {
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            bytes: Some(bytes),
            breaks_off: false,
        }
    }

    pub(super) fn cut_within(bytes: &Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            bytes: Some(bytes.slice(..bytes.len() / 2)),
            breaks_off: true,
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        let next = match self.bytes.take() {
            Some(bytes) if !bytes.is_empty() => Some(Ok(Frame::data(bytes))),
            _ if self.breaks_off => Some(Err(CutOff)),
            _ => None,
        };
        Poll::Ready(next)
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(if self.bytes.is_some() { self.length } else { 0 })
    }
}

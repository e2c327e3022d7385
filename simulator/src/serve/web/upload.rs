//! Files as browsers send them: `multipart/form-data`, read with bounds before memory grows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, header};
use multer::{Field, Multipart};

use super::body::{Patience, Pieces, within};
use super::form::TOKEN_FIELD;
use super::pace::{Fault, paced};
use super::turned_away::TurnedAway;

/// Characters of a boundary [RFC 2046, 5.1.1].
const BOUNDARY_CHARACTERS_MAX: usize = 70;
/// Bytes of the token.
const TOKEN_BYTES_MAX: usize = 128;
/// How many times the bytes of a whole upload are taken in, and thrown away, before the line is
/// cut: until then the sender gets an answer.
const PASSED_OVER_TIMES: u64 = 4;

/// What an upload may hold.
#[derive(Debug, Clone, Copy)]
pub struct UploadBounds {
    /// Files.
    pub files_max: usize,
    /// Bytes of one file.
    pub file_bytes_max: u64,
    /// Bytes of all files.
    pub whole_bytes_max: u64,
}

/// A file that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The name the browser gave it: foreign text, never a path.
    pub name: String,
    /// How many bytes came.
    pub bytes: u64,
    /// The bytes; empty if [`Received::is_too_much`].
    pub content: Vec<u8>,
}

/// What came of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Received {
    /// The files in the order they came; at most one more than allowed.
    pub files: Vec<ReceivedFile>,
    /// Whether a bound was exceeded: then no content was kept.
    pub is_too_much: bool,
}

/// An upload that is being read.
pub struct Upload {
    parts: Multipart<'static>,
    since: Arc<AtomicU64>,
    bounds: UploadBounds,
}

impl Upload {
    /// Begins to read; nothing has been read yet.
    pub fn open(
        headers: &HeaderMap,
        body: Body,
        patience: Patience,
        bounds: UploadBounds,
    ) -> Result<Self, TurnedAway> {
        let boundary = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| multer::parse_boundary(value).ok())
            .filter(|boundary| (1..=BOUNDARY_CHARACTERS_MAX).contains(&boundary.len()))
            .ok_or(TurnedAway::NotAForm)?;
        let since = Arc::new(AtomicU64::new(0));
        let most = bounds.whole_bytes_max.saturating_mul(PASSED_OVER_TIMES);
        let pieces = Pieces::new(body, patience);
        let parts = Multipart::new(paced(pieces, Arc::clone(&since), most), boundary);
        Ok(Self {
            parts,
            since,
            bounds,
        })
    }

    /// The form's token, which must come first: nothing of a file is read without it.
    pub async fn token(&mut self) -> Result<String, TurnedAway> {
        let Some(mut field) = self.next_part().await.map_err(Fault::turned_away)? else {
            return Err(TurnedAway::NoToken);
        };
        if field.name() != Some(TOKEN_FIELD) || field.file_name().is_some() {
            return Err(TurnedAway::NoToken);
        }
        let mut token = Vec::new();
        while let Some(piece) = next_piece(&self.since, &mut field)
            .await
            .map_err(Fault::turned_away)?
        {
            if token.len() + piece.len() > TOKEN_BYTES_MAX {
                return Err(TurnedAway::NoToken);
            }
            token.extend_from_slice(&piece);
        }
        String::from_utf8(token).map_err(|_| TurnedAway::NoToken)
    }

    /// The files of the only other field there may be.
    pub async fn files(&mut self, field: &str, patience: Patience) -> Result<Received, TurnedAway> {
        let mut received = Received::default();
        let reading = self.read_files(field, &mut received);
        match within(patience.whole, reading).await {
            Some(Ok(())) => Ok(received),
            Some(Err(Fault::Endless)) => {
                received.drop_contents();
                Ok(received)
            }
            Some(Err(fault)) => Err(fault.turned_away()),
            None => Err(TurnedAway::Slow),
        }
    }

    async fn read_files(&mut self, field: &str, received: &mut Received) -> Result<(), Fault> {
        let mut whole = 0_u64;
        while let Some(mut part) = self.next_part().await? {
            if part.name() != Some(field) {
                return Err(Fault::Garbled);
            }
            let Some(name) = part.file_name().map(str::to_owned) else {
                return Err(Fault::Garbled);
            };
            let is_listed = received.files.len() <= self.bounds.files_max;
            let mut file = ReceivedFile {
                name,
                bytes: 0,
                content: Vec::new(),
            };
            while let Some(piece) = next_piece(&self.since, &mut part).await? {
                let length = piece.len() as u64;
                file.bytes += length;
                whole += length;
                let fits = file.bytes <= self.bounds.file_bytes_max
                    && whole <= self.bounds.whole_bytes_max;
                if !fits && !received.is_too_much {
                    received.drop_contents();
                    file.content = Vec::new();
                }
                if !received.is_too_much {
                    file.content.extend_from_slice(&piece);
                }
            }
            // What a browser sends for a field in which nothing was chosen.
            let is_nothing = file.name.is_empty() && file.bytes == 0;
            if is_listed && !is_nothing {
                received.files.push(file);
            }
            if received.files.len() > self.bounds.files_max {
                received.drop_contents();
            }
        }
        Ok(())
    }

    async fn next_part(&mut self) -> Result<Option<Field<'static>>, Fault> {
        self.since.store(0, Ordering::Relaxed);
        self.parts.next_field().await.map_err(Fault::from)
    }
}

impl Received {
    fn drop_contents(&mut self) {
        self.is_too_much = true;
        for file in &mut self.files {
            file.content = Vec::new();
        }
    }
}

async fn next_piece(since: &AtomicU64, part: &mut Field<'_>) -> Result<Option<Bytes>, Fault> {
    since.store(0, Ordering::Relaxed);
    part.chunk().await.map_err(Fault::from)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderValue;

    use super::*;
    use crate::serve::web::pace::HEAD_BYTES_MAX;

    const BOUNDS: UploadBounds = UploadBounds {
        files_max: 3,
        file_bytes_max: 1000,
        whole_bytes_max: 1500,
    };
    const HASTY: Patience = Patience {
        silence: Duration::from_millis(200),
        whole: Duration::from_secs(20),
    };

    fn part(disposition: &str, content: &str) -> String {
        format!("--B\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
    }

    fn file(name: &str, content: &str) -> String {
        part(&format!("name=\"files\"; filename=\"{name}\""), content)
    }

    fn token() -> String {
        part("name=\"csrf\"", "t0ken")
    }

    async fn read(body: Body) -> Result<(String, Received), TurnedAway> {
        read_within(BOUNDS, body).await
    }

    async fn read_within(
        bounds: UploadBounds,
        body: Body,
    ) -> Result<(String, Received), TurnedAway> {
        let mut headers = HeaderMap::new();
        let media = HeaderValue::from_static("multipart/form-data; boundary=B");
        headers.insert(header::CONTENT_TYPE, media);
        let mut upload = Upload::open(&headers, body, HASTY, bounds)?;
        let token = upload.token().await?;
        Ok((token, upload.files("files", HASTY).await?))
    }

    fn endless(first: String, then: &'static [u8]) -> Body {
        let stream = futures::stream::unfold(Some(first), move |first| async move {
            let piece = first.map_or(Bytes::from_static(then), Bytes::from);
            Some((Ok::<_, std::io::Error>(piece), None))
        });
        Body::from_stream(stream)
    }

    #[tokio::test]
    async fn files_are_read_in_whatever_pieces_they_come() {
        let text = format!(
            "{}{}{}--B--\r\n",
            token(),
            file("あ.csv", "1\r\n--2"),
            file("b", "")
        );
        let whole = read(Body::from(text.clone())).await;
        let (token, received) = whole.clone().expect("a form");
        assert_eq!(token, "t0ken");
        assert!(!received.is_too_much);
        let named: Vec<_> = received
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(named, ["あ.csv", "b"]);
        assert_eq!(received.files[0].content, b"1\r\n--2");
        assert_eq!(received.files[0].bytes, 6);
        let bytes = text.into_bytes().into_iter();
        let pieces = bytes.map(|byte| Ok::<_, std::io::Error>(Bytes::from(vec![byte])));
        let by_bytes = read(Body::from_stream(futures::stream::iter(pieces))).await;
        assert_eq!(by_bytes, whole);
    }

    #[tokio::test]
    async fn a_first_piece_longer_than_a_head_may_be_is_read() {
        let bounds = UploadBounds {
            file_bytes_max: 1 << 20,
            whole_bytes_max: 1 << 20,
            ..BOUNDS
        };
        let long = "x".repeat(usize::try_from(HEAD_BYTES_MAX).expect("it fits") * 2);
        let text = format!("{}{}--B--\r\n", token(), file("a", &long));
        let (_, received) = read_within(bounds, Body::from(text)).await.expect("a form");
        assert_eq!(received.files[0].content, long.as_bytes());
    }

    #[tokio::test]
    async fn a_field_in_which_nothing_was_chosen_holds_no_file() {
        let text = format!("{}{}--B--\r\n", token(), file("", ""));
        let (_, received) = read(Body::from(text)).await.expect("a form");
        assert_eq!(received, Received::default());
    }

    #[tokio::test]
    async fn nothing_is_read_without_the_token_first() {
        for text in [
            format!("{}{}--B--\r\n", file("a", "x"), token()),
            "--B--\r\n".to_owned(),
            format!(
                "{}--B--\r\n",
                part("name=\"csrf\"; filename=\"t\"", "t0ken")
            ),
            format!(
                "{}--B--\r\n",
                part("name=\"csrf\"", &"t".repeat(TOKEN_BYTES_MAX + 1))
            ),
        ] {
            let refused = read(Body::from(text.clone())).await;
            assert_eq!(refused, Err(TurnedAway::NoToken), "{text}");
        }
    }

    #[tokio::test]
    async fn too_much_is_counted_and_not_kept() {
        let cases = [
            vec![("a", 1001)],
            vec![("a", 800), ("b", 701)],
            vec![("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1)],
        ];
        for case in cases {
            let files: String = case
                .iter()
                .map(|(name, length)| file(name, &"x".repeat(*length)))
                .collect();
            let text = format!("{}{files}--B--\r\n", token());
            let (_, received) = read(Body::from(text)).await.expect("a form");
            assert!(received.is_too_much, "{case:?}");
            assert!(received.files.len() <= BOUNDS.files_max + 1);
            for (came, (name, length)) in received.files.iter().zip(&case) {
                assert_eq!((came.name.as_str(), came.bytes), (*name, *length as u64));
                assert!(came.content.is_empty());
            }
        }
    }

    #[tokio::test]
    async fn an_upload_without_an_end_is_left() {
        let head = format!("{}{}", token(), file("a", ""));
        let head = head.strip_suffix("\r\n").expect("an end").to_owned();
        let (_, received) = read(endless(head, &[b'x'; 4096])).await.expect("left");
        assert!(received.is_too_much);
        assert!(received.files.iter().all(|file| file.content.is_empty()));
        let parts =
            "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n\r\n";
        let (_, received) = read(endless(token(), parts.as_bytes()))
            .await
            .expect("left");
        assert!(received.is_too_much);
        assert_eq!(received.files.len(), BOUNDS.files_max + 1);
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_left() {
        let roomy = UploadBounds {
            whole_bytes_max: 1_000_000,
            ..BOUNDS
        };
        let flood = endless("--B\r\nContent-Disposition: ".to_owned(), &[b'a'; 1024]);
        assert_eq!(read_within(roomy, flood).await, Err(TurnedAway::Unreadable));
        let flood = endless(format!("{}--B\r\n", token()), b"X-Header: 1\r\n");
        assert_eq!(read_within(roomy, flood).await, Err(TurnedAway::Unreadable));
        let flood = endless(String::new(), &[b'\n'; 1024]);
        assert_eq!(read_within(roomy, flood).await, Err(TurnedAway::Unreadable));
    }

    #[tokio::test]
    async fn what_no_browser_sends_is_not_read() {
        for rest in [
            part("name=\"other\"; filename=\"a\"", "x"),
            part("name=\"files\"", "x"),
            part("filename=\"a\"", "x"),
            file("a\0b", "x"),
            "--B\r\n\r\nx\r\n".to_owned(),
            "no boundary".to_owned(),
            String::new(),
        ] {
            let text = format!("{}{rest}", token());
            let refused = read(Body::from(text.clone())).await;
            assert_eq!(refused, Err(TurnedAway::Unreadable), "{text}");
        }
    }

    #[tokio::test]
    async fn a_silent_sender_is_given_up() {
        let silent = futures::stream::once(async { Ok::<_, std::io::Error>(Bytes::from(token())) });
        let silent = futures::StreamExt::chain(silent, futures::stream::pending());
        assert_eq!(read(Body::from_stream(silent)).await, Err(TurnedAway::Slow));
    }
}

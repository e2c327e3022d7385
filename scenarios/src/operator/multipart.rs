//! A form with files, as a browser sends it (multipart/form-data).

use super::terminal::CarriedFile;

/// The body of a form with files, and the boundary between its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Multipart {
    boundary: String,
    body: Vec<u8>,
}

impl Multipart {
    /// Puts texts and files into one body.
    pub(super) fn of(texts: &[(String, String)], name: &str, files: &[CarriedFile]) -> Self {
        let boundary = boundary_for(files);
        let mut body = Vec::new();
        for (name, value) in texts {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n",
                quoted(name)
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for file in files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                 Content-Type: text/csv\r\n\r\n",
                quoted(name),
                quoted(&file.name)
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&file.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Self { boundary, body }
    }

    /// `Content-Type` of the body.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The body.
    pub(super) fn into_body(self) -> Vec<u8> {
        self.body
    }
}

/// A line that stands in none of the files.
fn boundary_for(files: &[CarriedFile]) -> String {
    let stands_in = |boundary: &str| {
        files.iter().any(|file| {
            let mut windows = file.bytes.windows(boundary.len());
            windows.any(|window| window == boundary.as_bytes())
        })
    };
    let mut boundary = "----lgwan-terminal".to_owned();
    while stands_in(&boundary) {
        boundary.push('-');
    }
    boundary
}

/// Quotation marks and line ends as browsers write them in a part's head.
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_never_stands_in_a_file() {
        let file = |bytes: &str| CarriedFile {
            name: "a\"b.csv".to_owned(),
            bytes: bytes.into(),
        };
        let files = [file("----lgwan-terminal-"), file("x")];
        let texts = [("csrf".to_owned(), "あ".to_owned())];
        let sent = Multipart::of(&texts, "files", &files);
        assert_eq!(
            sent.content_type(),
            "multipart/form-data; boundary=----lgwan-terminal--"
        );
        let body = String::from_utf8(sent.into_body()).expect("text");
        assert!(body.contains("name=\"csrf\"\r\n\r\nあ\r\n"));
        assert!(body.contains("name=\"files\"; filename=\"a%22b.csv\""));
        assert!(body.ends_with("\r\n------lgwan-terminal----\r\n"));
    }
}

//! Attacks on the upload: bounded in bytes, parts and time, answered, and without effect.

use tekigo_simulator::profile::Profile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::browser::{MULTIPART, file_part, part, upload_body};
use super::file_set::{first_set, person};
use super::office::{INSURER, Office};

const END: &[u8] = b"--tekigo-test-boundary--\r\n";

/// What decides about the account, without the list of what was refused.
fn memory(office: &Office) -> String {
    office.simulator.shell().look(|world| {
        let account = (
            INSURER.parse().expect("an insurer"),
            "verification".to_owned(),
        );
        format!("{:?}", world.pmh().account(&account))
    })
}

fn uploads(office: &Office) -> usize {
    office.journal().matches(r#""action":"upload""#).count()
}

#[tokio::test]
async fn a_file_larger_than_allowed_is_counted_and_not_read() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = memory(&office);
    let most = Profile::bundled().file().bytes_max.value;
    let mut files = first_set("20261102100000", vec![person("0000000001", "123456789018")]);
    files[2].1 = vec![b'1'; most + 1];
    let page = staff.upload(&files).await;
    assert_eq!(page.status, 413);
    assert!(
        page.problems()
            .contains(&format!("送られたのは{}バイト", most + 1))
    );
    assert_eq!(memory(&office), before);
    assert_eq!(uploads(&office), 1, "the attempt is in the record");
    assert!(office.journal().len() < most, "but not the bytes");
}

#[tokio::test]
async fn files_larger_than_a_set_are_not_kept() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = memory(&office);
    let most = Profile::bundled().file().bytes_max.value;
    let files: Vec<_> = (0..3)
        .map(|at| (format!("{at}.csv"), vec![b'1'; most]))
        .collect();
    let page = staff.upload(&files).await;
    assert_eq!(page.status, 413);
    assert!(
        page.problems()
            .contains("1つの組は合わせて67108864バイトまでです")
    );
    assert_eq!(memory(&office), before);
}

#[tokio::test]
async fn ten_thousand_parts_are_one_refusal() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = memory(&office);
    let files: Vec<_> = (0..10_000)
        .map(|at| (format!("{at}.csv"), b"1".to_vec()))
        .collect();
    let page = staff.upload(&files).await;
    assert_eq!(page.status, 413);
    assert!(
        page.problems().contains("100ファイルまで"),
        "{}",
        page.problems()
    );
    assert_eq!(memory(&office), before);
    assert!(office.journal().len() < 100_000);
}

#[tokio::test]
async fn what_is_no_form_of_ours_is_refused_whole() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/send").await.token();
    let before = office.events();
    let csrf = part("name=\"csrf\"", token.as_bytes());
    let long_head = part(
        &format!("name=\"files\"; filename=\"{}\"", "a".repeat(300_000)),
        b"1",
    );
    let many_heads = format!(
        "--tekigo-test-boundary\r\n{}Content-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n1\r\n",
        "X-More: 1\r\n".repeat(100)
    );
    for rest in [
        part("name=\"other\"; filename=\"a.csv\"", b"1"),
        part("name=\"files\"", b"1"),
        part("filename=\"a.csv\"", b"1"),
        file_part("a\0b.csv", b"1"),
        long_head,
        many_heads.into_bytes(),
        csrf.clone(),
        b"--tekigo-test-boundary\r\n\r\n1\r\n".to_vec(),
        b"garbage".to_vec(),
    ] {
        let body = [&csrf[..], &rest, END].concat();
        let page = staff.post_parts("/send", body).await;
        assert_eq!(
            page.status,
            400,
            "{}",
            rest[..40.min(rest.len())].escape_ascii()
        );
        assert!(!page.problems().is_empty());
    }
    for (media, body) in [
        ("multipart/form-data", upload_body(&token, &[])),
        ("multipart/form-data; boundary=", upload_body(&token, &[])),
        ("text/csv", b"1".to_vec()),
    ] {
        let headers = [("content-type", media)];
        let page = staff
            .request(reqwest::Method::POST, "/send", &headers, body)
            .await;
        assert_eq!(page.status, 415, "{media}");
    }
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn contents_that_are_no_text_are_told_by_file() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = memory(&office);
    for (wrong, said) in [
        (&b"\xef\xbb\xbf\x00\x00"[..], "NUL"),
        (b"\x83\x41\x83\x42\r\n", "UTF-8"),
        (b"", "空"),
        (b"PK\x03\x04\x14\x00\x08\x08", "先頭"),
    ] {
        let mut files = first_set("20261102100000", vec![person("0000000001", "123456789018")]);
        files[2].1 = wrong.to_vec();
        let page = staff.upload(&files).await;
        assert_eq!(page.status, 422, "{said}");
        let rows = page.texts("#problems tbody tr").join("/");
        assert!(rows.contains(&files[2].0), "{rows}");
        assert!(rows.contains(said), "{rows}");
    }
    assert_eq!(memory(&office), before);
}

fn head(office_address: std::net::SocketAddr, cookie: &str, length: &str) -> String {
    format!(
        "POST /send HTTP/1.1\r\nHost: {office_address}\r\nCookie: {cookie}\r\nContent-Type: {MULTIPART}\r\n{length}\r\n\r\n"
    )
}

#[tokio::test]
async fn an_upload_that_stops_coming_is_given_up() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/send").await.token();
    let cookie = staff.cookie.clone().expect("a cookie");
    let before = office.events();
    let mut bytes = head(staff.address, &cookie, "Content-Length: 1000000").into_bytes();
    bytes.extend(part("name=\"csrf\"", token.as_bytes()));
    bytes.extend(b"--tekigo-test-boundary\r\nContent-Disposition: form-data; name=\"files\"");
    let answer = staff.raw(&bytes).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let mut bytes = head(staff.address, &cookie, "Transfer-Encoding: chunked").into_bytes();
    bytes.extend(b"4\r\n--te\r\nnot a length\r\n");
    let answer = staff.raw(&bytes).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn a_head_of_a_part_without_an_end_is_cut_short() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/send").await.token();
    let cookie = staff.cookie.clone().expect("a cookie");
    let before = office.events();
    let mut line = TcpStream::connect(staff.address).await.expect("a line");
    let head = head(staff.address, &cookie, "Content-Length: 900000000");
    line.write_all(head.as_bytes()).await.expect("written");
    let csrf = part("name=\"csrf\"", token.as_bytes());
    line.write_all(&csrf).await.expect("written");
    let flood = async {
        let mut written = 0_usize;
        let piece = [b'a'; 16 * 1024];
        let begin = b"--tekigo-test-boundary\r\nContent-Disposition: ";
        if line.write_all(begin).await.is_ok() {
            while line.write_all(&piece).await.is_ok() && written < 900_000_000 {
                written += piece.len();
            }
        }
        written
    };
    let written = flood.await;
    assert!(written < 100_000_000, "{written} bytes were taken in");
    let mut rest = Vec::new();
    let _ = line.read_to_end(&mut rest).await;
    assert_eq!(office.events(), before);
    assert_eq!(staff.get("/send").await.status, 200, "and the pages go on");
}

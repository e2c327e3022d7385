//! Files to and from people: what the product has written, pictures of its screen, and what it is given.

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use tekigo_simulator::serve::web::{
    Patience, Problem, ReceivedFile, TurnedAway, Upload, UploadBounds,
};

use super::current::{self, here};
use super::names;
use super::service::{ByVisitor, InForm, InPages, Pages};
use crate::console::entry::Sort;
use crate::console::form::Typed;
use crate::console::standing::Standing;

pub(super) const TAKE_BACK: &str = "/take-back";
pub(super) const PICTURES: &str = "/picture/*";
pub(super) const WRITTEN: &str = "/written/*";
pub(super) const GIVE: &str = "/give/*/*";
pub(super) const PICTURE_PREFIX: &str = "/picture/";
pub(super) const WRITTEN_PREFIX: &str = "/written/";
pub(super) const GIVE_PREFIX: &str = "/give/";

/// Pictures of a screen.
const PICTURE_BOUNDS: UploadBounds = UploadBounds {
    files_max: 5,
    file_bytes_max: 8 << 20,
    whole_bytes_max: 20 << 20,
};
/// Files of the link interface: more than any profile allows in a set.
const WRITTEN_BOUNDS: UploadBounds = UploadBounds {
    files_max: 200,
    file_bytes_max: 64 << 20,
    whole_bytes_max: 128 << 20,
};
/// Characters of a file's name.
const NAME_CHARACTERS_MAX: usize = 200;

/// Takes pictures of the screen.
pub(super) async fn bring_picture(
    pages: InPages,
    visitor: ByVisitor,
    to: Path<String>,
    request: Request,
) -> Response {
    bring(pages, visitor, to, request, Sort::Picture).await
}

/// Takes files that the product has written.
pub(super) async fn bring_written(
    pages: InPages,
    visitor: ByVisitor,
    to: Path<String>,
    request: Request,
) -> Response {
    bring(pages, visitor, to, request, Sort::Written).await
}

async fn bring(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    Path(to): Path<String>,
    request: Request,
    sort: Sort,
) -> Response {
    let (head, body) = request.into_parts();
    let remembered = names::remembered(&head.headers, pages.port);
    let (field, bounds) = match sort {
        Sort::Picture => ("picture", PICTURE_BOUNDS),
        Sort::Written => ("written", WRITTEN_BOUNDS),
    };
    let received = async {
        let mut upload = Upload::open(&head.headers, body, Patience::UPLOAD, bounds)?;
        let token = upload.token().await?;
        if !pages.gate.sessions.is_form_token(&visitor.cookie, &token) {
            return Err(TurnedAway::NoToken);
        }
        upload.files(field, Patience::UPLOAD).await
    };
    let received = match received.await {
        Ok(received) => received,
        Err(why) => return pages.gate.turn_away(why),
    };
    let refuse = |text: String| {
        let problem = Problem::at(field, text);
        here(&pages, &visitor, &remembered, &Typed::new(), vec![problem])
    };
    if received.is_too_much {
        return refuse(format!(
            "大きすぎるため、受け取りませんでした。何も変わっていません。1つ{}メガバイト、{}個、合わせて{}メガバイトまでです",
            bounds.file_bytes_max >> 20,
            bounds.files_max,
            bounds.whole_bytes_max >> 20
        ));
    }
    if received.files.is_empty() {
        return refuse("ファイルを選んでください".to_owned());
    }
    if let Some(wrong) = received
        .files
        .iter()
        .find_map(|file| wrong_file(file, sort))
    {
        return refuse(wrong);
    }
    let files = received.files.into_iter();
    let files = files.map(|file| (file.name, file.content)).collect();
    match pages.desk.bring(&to, sort, files) {
        Ok(()) => pages.lead_to(&visitor, current::PATH, "ファイルを受け取りました"),
        Err(error) => match pages.problem(&error) {
            Ok(problem) => here(&pages, &visitor, &remembered, &Typed::new(), vec![problem]),
            Err(broken) => broken.into_response(),
        },
    }
}

/// What is wrong with a file, if anything is.
fn wrong_file(file: &ReceivedFile, sort: Sort) -> Option<String> {
    let name = &file.name;
    let is_plain = !name.is_empty()
        && name.chars().count() <= NAME_CHARACTERS_MAX
        && !name.starts_with('.')
        && !name.contains(['/', '\\', '\0'])
        && !name.contains(char::is_control);
    if !is_plain {
        return Some(format!("「{name}」は、ファイルの名前として受け取れません"));
    }
    let is_picture =
        file.content.starts_with(b"\x89PNG\r\n\x1a\n") || file.content.starts_with(b"\xff\xd8\xff");
    (sort == Sort::Picture && !is_picture)
        .then(|| format!("「{name}」は、PNG か JPEG の画像ではありません"))
}

/// Takes a file back.
pub(super) async fn take_back(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    Extension(sent): InForm,
) -> Response {
    if !sent.has_only(&["to", "file"]) {
        return pages.strange_form();
    }
    match pages.desk.take_back(sent.text("to"), sent.text("file")) {
        Ok(()) => pages.lead_to(&visitor, current::PATH, "ファイルを取り消しました"),
        Err(error) => match pages.problem(&error) {
            Ok(problem) => here(&pages, &visitor, "", &Typed::new(), vec![problem]),
            Err(broken) => broken.into_response(),
        },
    }
}

/// Gives a file of the open instruction.
pub(super) async fn give(
    State(pages): InPages,
    Path((to, name)): Path<(String, String)>,
) -> Response {
    let Some(content) = gift(&pages, &to, &name) else {
        return pages.gate.turn_away(TurnedAway::NoSuchPage);
    };
    let kind = HeaderValue::from_static("application/octet-stream");
    let mut response = ([(header::CONTENT_TYPE, kind)], content).into_response();
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        // The name is the address's last part, which browsers take.
        HeaderValue::from_static("attachment"),
    );
    response
}

fn gift(pages: &Pages, to: &str, name: &str) -> Option<Vec<u8>> {
    let state = pages.desk.state();
    let Standing::Asking(open) = &state.standing else {
        return None;
    };
    let gift = open.gifts.iter().find(|gift| gift.name == name)?;
    (open.key.in_path() == to).then(|| gift.content.clone())
}

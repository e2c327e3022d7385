//! Reading `kinds/<kind>.toml`: the kind itself, and what must be unique among kinds.

use std::sync::Arc;

use toml::Spanned;

use super::codes::CodeList;
use super::fault::{ProfileError, ProfileFault};
use super::files::{KINDS_FOLDER, Source};
use super::layout::{Direction, KindId, KindLayout};
use super::load::Seen;
use super::load_layout;
use super::rows::Roles;
use super::settings::UnknownItems;
use super::tables::{KindFile, KindTable};

/// As many kinds as a [`KindId`] can tell apart.
const KINDS_MAX: usize = 200;

/// What must be unique among the kinds of a profile.
#[derive(Default)]
struct SeenKinds {
    ids: Seen,
    orders: Seen,
    paths: Seen,
    file_codes: Seen,
}

pub(super) fn kinds(
    sources: Vec<Source<'_>>,
    lists: &[Arc<CodeList>],
    unknown_items: UnknownItems,
) -> Result<Vec<KindLayout>, ProfileError> {
    let mut seen = SeenKinds::default();
    let mut kinds = Vec::with_capacity(sources.len());
    if let Some(source) = sources.get(KINDS_MAX) {
        let count = sources.len();
        let fault = ProfileFault::TooMany {
            what: "データ種別",
            count,
            limit: KINDS_MAX,
        };
        return Err(source.error(0..0, fault));
    }
    for source in sources {
        let file: KindFile = source.parse()?;
        seen.check(source, &file.kind)?;
        kinds.push(kind(source, file.kind, lists, unknown_items)?);
    }
    kinds.sort_by_key(|kind| kind.order);
    for (index, kind) in (0..=u8::MAX).zip(&mut kinds) {
        kind.kind = KindId(index);
    }
    Ok(kinds)
}

impl SeenKinds {
    fn check(&mut self, source: Source<'_>, table: &KindTable) -> Result<(), ProfileError> {
        self.ids.insert(source, "データ種別", &table.id)?;
        let order = Spanned::new(table.order.span(), table.order.get_ref().to_string());
        self.orders.insert(source, "order", &order)?;
        if let Some(path) = &table.path {
            self.paths.insert(source, "path", path)?;
        }
        self.file_codes
            .insert(source, "file_code", &table.file_code)
    }
}

fn kind(
    source: Source<'_>,
    table: KindTable,
    lists: &[Arc<CodeList>],
    unknown_items: UnknownItems,
) -> Result<KindLayout, ProfileError> {
    let file_stem = source
        .name
        .trim_start_matches(KINDS_FOLDER)
        .trim_end_matches(".toml");
    if table.id.get_ref() != file_stem {
        let received = table.id.get_ref().clone();
        let fault = ProfileFault::BadValue {
            what: "id",
            expected: "ファイル名と同じ名前",
            received,
        };
        return Err(source.error(table.id.span(), fault));
    }
    let direction = direction(source, &table)?;
    for text in table.path.iter().chain([&table.file_code]) {
        if !is_name(text.get_ref()) {
            let received = text.get_ref().clone();
            let fault = ProfileFault::BadValue {
                what: "path と file_code",
                expected: "半角英数字",
                received,
            };
            return Err(source.error(text.span(), fault));
        }
    }
    let standing = source.standing(&table.standing)?;
    let layout = load_layout::layout(source, &table, lists)?;
    Ok(KindLayout {
        kind: KindId(0),
        id: table.id.into_inner().into(),
        ja: table.ja.into(),
        order: table.order.into_inner(),
        direction,
        path: table.path.map(|path| path.into_inner().into()),
        is_file_only: table.file_only,
        file_code: table.file_code.into_inner().into(),
        standing,
        source: table.source,
        roles: Roles::of(&layout.fields),
        fields: layout.fields,
        key: layout.key,
        deletion_flag: layout.deletion_flag,
        date_order: layout.date_order,
        members: layout.members,
        unknown_items,
    })
}

/// Paths and file codes: they are put into URLs and file names.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn direction(source: Source<'_>, table: &KindTable) -> Result<Direction, ProfileError> {
    let direction = match table.direction.get_ref().as_str() {
        "out" => Direction::Out,
        "in" => Direction::In,
        "both" => Direction::Both,
        received => {
            let fault = ProfileFault::UnknownWord {
                what: "direction（向き）",
                allowed: "out、in、both",
                received: received.to_owned(),
            };
            return Err(source.error(table.direction.span(), fault));
        }
    };
    if let (true, Some(path)) = (table.file_only, &table.path) {
        let reason = "ファイルだけの種別（file_only）に path は付けられません";
        return Err(source.error(path.span(), ProfileFault::Path { reason }));
    }
    match (direction.is_sent(), &table.path) {
        (true, None) if table.file_only => Ok(direction),
        (true, None) => {
            let reason = "送信する種別（direction が out か both）には path が必要です";
            Err(source.error(table.direction.span(), ProfileFault::Path { reason }))
        }
        (false, Some(path)) => {
            let reason = "受信だけの種別（direction が in）に path は付けられません";
            Err(source.error(path.span(), ProfileFault::Path { reason }))
        }
        (true, Some(_)) | (false, None) => Ok(direction),
    }
}

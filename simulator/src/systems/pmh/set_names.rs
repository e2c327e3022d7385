//! What PMH checks of a set (組) before it opens a file: number and size, names, and the set they
//! make.

use std::collections::BTreeMap;

use crate::operator::{SetProblem, UploadedFile};
use crate::profile::{FileName, LinkSegment, Profile, SetNumber};

use super::account::Account;
use super::problems::{Place, Problems, SetFault};
use super::state::AccountKey;

/// A file whose name could be read.
pub(super) type Named<'f> = (FileName, &'f UploadedFile);

/// The files of one set in the order of their sequence; the first is the control file (組の内訳).
#[derive(Debug)]
pub(super) struct Ordered<'f> {
    pub(super) number: SetNumber,
    pub(super) segment: LinkSegment,
    pub(super) files: Vec<Named<'f>>,
}

/// Puts a set in order by what can be seen from outside its files, or says why it is none that
/// this account may send now.
pub(super) fn put_in_order<'f>(
    profile: &Profile,
    account_key: &AccountKey,
    account: &Account,
    files: &'f [UploadedFile],
) -> Result<Ordered<'f>, Vec<SetProblem>> {
    check_size(profile, files)?;
    let mut named = read_names(profile, files)?;
    check_insurer(profile, account_key, &named)?;
    let (number, segment) = one_set(profile, &named)?;
    named.sort_by_key(|(name, _)| name.sequence);
    check_sequence(profile, &named)?;
    check_number(profile, account, number)?;
    check_direction(profile, &named)?;
    Ok(Ordered {
        number,
        segment,
        files: named,
    })
}

/// What the names of files say of their set, if the first one can be read.
pub(super) fn said(profile: &Profile, files: &[UploadedFile]) -> Option<(SetNumber, LinkSegment)> {
    let name = FileName::parse(&files.first()?.name, profile).ok()?;
    Some((name.set, name.segment))
}

fn check_size(profile: &Profile, files: &[UploadedFile]) -> Result<(), Vec<SetProblem>> {
    let settings = profile.file();
    let mut problems = Problems::new(profile);
    let most = settings.set_files_max.value;
    if files.is_empty() {
        let detail = "ファイルが1つも選ばれていません";
        problems.note(Place::default(), SetFault::Count, detail);
    }
    if files.len() > most {
        let detail = format!(
            "1つの組は組の内訳も入れて{most}ファイルまでです。送られたのは{}ファイルです",
            files.len()
        );
        problems.note(Place::default(), SetFault::Count, &detail);
    }
    let most = settings.bytes_max.value as u64;
    for file in files.iter().filter(|file| file.bytes > most) {
        let detail = format!(
            "1つのファイルは{most}バイトまでです。送られたのは{}バイトです",
            file.bytes
        );
        problems.note(Place::file(&file.name), SetFault::Size, &detail);
    }
    let most = settings.set_bytes_max.value as u64;
    let sum = files
        .iter()
        .fold(0_u64, |sum, file| sum.saturating_add(file.bytes));
    if sum > most {
        let detail = format!("1つの組は合わせて{most}バイトまでです。送られたのは{sum}バイトです");
        problems.note(Place::default(), SetFault::Size, &detail);
    }
    problems.end()
}

fn read_names<'f>(
    profile: &Profile,
    files: &'f [UploadedFile],
) -> Result<Vec<Named<'f>>, Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let mut named = Vec::with_capacity(files.len());
    for file in files {
        match FileName::parse(&file.name, profile) {
            Ok(name) => named.push((name, file)),
            Err(error) => {
                problems.note(Place::file(&file.name), SetFault::Name, &error.to_string());
            }
        }
    }
    problems.end().map(|()| named)
}

fn check_insurer(
    profile: &Profile,
    account_key: &AccountKey,
    named: &[Named<'_>],
) -> Result<(), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let ours = account_key.0;
    for (name, file) in named.iter().filter(|(name, _)| name.insurer != ours) {
        let detail = format!(
            "ファイル名の保険者番号は{}、ログインしている保険者は{ours}です",
            name.insurer
        );
        problems.note(Place::file(&file.name), SetFault::Insurer, &detail);
    }
    problems.end()
}

fn one_set(
    profile: &Profile,
    named: &[Named<'_>],
) -> Result<(SetNumber, LinkSegment), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let segment_code = |name: &FileName| profile.api().link_segment_code(name.segment).to_owned();
    let Some((first, _)) = named.first() else {
        let detail = "ファイルが1つも選ばれていません";
        problems.note(Place::default(), SetFault::Count, detail);
        return Err(problems.end().err().unwrap_or_default());
    };
    for (name, file) in named {
        let place = Place::file(&file.name);
        if name.set != first.set {
            let detail = format!(
                "このファイルの組の番号は{}、はじめのファイルの組の番号は{}です",
                name.set, first.set
            );
            problems.note(place, SetFault::Mixed, &detail);
        } else if name.segment != first.segment {
            let detail = format!(
                "このファイルの連携区分は「{}」、はじめのファイルの連携区分は「{}」です",
                segment_code(name),
                segment_code(first)
            );
            problems.note(place, SetFault::Mixed, &detail);
        }
    }
    problems.end().map(|()| (first.set, first.segment))
}

/// The places of a set are filled from 000 without a gap, each once.
fn check_sequence(profile: &Profile, named: &[Named<'_>]) -> Result<(), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let mut places: BTreeMap<u16, usize> = BTreeMap::new();
    for (name, file) in named {
        let taken = places.entry(name.sequence).or_default();
        *taken += 1;
        if *taken == 2 {
            let detail = format!("連番{:03}のファイルが2つ以上あります", name.sequence);
            problems.note(Place::file(&file.name), SetFault::Sequence, &detail);
        }
        if name.sequence == 0 && Some(name.kind) != profile.kind("setControl") {
            let detail = "連番000は、組の内訳です";
            problems.note(Place::file(&file.name), SetFault::Sequence, detail);
        }
    }
    let last = places.last_key_value().map_or(0, |(last, _)| *last);
    for gap in (0..last).filter(|place| !places.contains_key(place)) {
        let what = if gap == 0 {
            "組の内訳（連番000）がありません".to_owned()
        } else {
            format!("連番{gap:03}のファイルがありません")
        };
        problems.note(Place::default(), SetFault::Sequence, &what);
    }
    problems.end()
}

/// Numbers grow: a set comes once, and none comes after a newer one.
fn check_number(
    profile: &Profile,
    account: &Account,
    number: SetNumber,
) -> Result<(), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    let last = account.sets.last_key_value().map(|(last, _)| *last);
    if let Some(set) = account.sets.get(&number) {
        let detail = format!(
            "組の番号 {number} は {} に受け付けました",
            set.received_at.for_people()
        );
        problems.note(Place::default(), SetFault::Repeated, &detail);
    } else if let Some(last) = last.filter(|last| number < *last) {
        let detail = format!("送られた組の番号は {number}、最後に受け付けた組の番号は {last} です");
        problems.note(Place::default(), SetFault::Old, &detail);
    }
    problems.end()
}

/// Behind the control file come kinds that municipalities send.
fn check_direction(profile: &Profile, named: &[Named<'_>]) -> Result<(), Vec<SetProblem>> {
    let mut problems = Problems::new(profile);
    for (name, file) in named.iter().skip(1) {
        let layout = profile.layout(name.kind);
        let place = Place::file(&file.name);
        if Some(name.kind) == profile.kind("setControl") {
            let detail = "組の内訳は、連番000だけです";
            problems.note(place, SetFault::Direction, detail);
        } else if !layout.direction().is_sent() {
            let detail = format!("「{}」は、PMHから受け取るものです", layout.ja());
            problems.note(place, SetFault::Direction, &detail);
        }
    }
    problems.end()
}

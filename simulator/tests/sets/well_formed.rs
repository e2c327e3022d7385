//! Whether files make a set that PMH must take, worked out without any code of the product.

use std::collections::BTreeMap;

/// A kind as the published layout tables describe it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its part of file names.
    pub(super) code: String,
    /// The heads of its columns.
    pub(super) heads: Vec<String>,
    /// Whether municipalities send it.
    pub(super) is_sent: bool,
}

/// What decides about a set besides its files.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) insurer: String,
    /// The number of the last set that was taken over.
    pub(super) last: u64,
    pub(super) tables: Vec<Table>,
    pub(super) files_max: usize,
    pub(super) bytes_max: usize,
}

/// A name taken apart.
struct Parts<'n> {
    insurer: &'n str,
    code: &'n str,
    segment: &'n str,
    number: &'n str,
    sequence: usize,
}

impl Rules {
    /// The numbers of records of the files behind the control file, if this is a right set.
    pub(super) fn records(&self, files: &[(String, Vec<u8>)]) -> Option<Vec<usize>> {
        if files.len() > self.files_max || files.iter().any(|(_, it)| it.len() > self.bytes_max) {
            return None;
        }
        let mut places = BTreeMap::new();
        let mut set = None;
        for (name, bytes) in files {
            let parts = parts(name)?;
            let table = self.tables.iter().find(|table| table.code == parts.code)?;
            let is_of_set = set.get_or_insert((parts.segment, parts.number));
            let is_right = parts.insurer == self.insurer
                && *is_of_set == (parts.segment, parts.number)
                && parts.number.parse::<u64>().ok()? > self.last
                && (parts.sequence == 0) == (table.code == "CTL")
                && table.is_sent;
            let is_new = places
                .insert(parts.sequence, (name, rows(bytes, &table.heads)?))
                .is_none();
            if !is_right || !is_new {
                return None;
            }
        }
        let is_whole = places.keys().copied().eq(0..files.len());
        let (_, control) = places.remove(&0).filter(|_| is_whole)?;
        let mut listed = BTreeMap::new();
        for row in control {
            let [name, count] = row.as_slice() else {
                return None;
            };
            let is_count = !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit());
            let count: usize = count.parse().ok().filter(|_| is_count)?;
            if listed.insert(name.clone(), count).is_some() {
                return None;
            }
        }
        let counts: Vec<usize> = places.values().map(|(_, rows)| rows.len()).collect();
        let sent = places
            .into_values()
            .map(|(name, rows)| (name.clone(), rows.len()));
        let agrees = listed == sent.collect() && !counts.contains(&0) && !counts.is_empty();
        agrees.then_some(counts)
    }
}

/// `KJ_{6}_{code}_{1|2}_{14}_{3}.csv`.
fn parts(name: &str) -> Option<Parts<'_>> {
    let bare = name.strip_suffix(".csv")?.strip_prefix("KJ_")?;
    let [insurer, code, segment, number, sequence] =
        bare.split('_').collect::<Vec<_>>().try_into().ok()?;
    let is_digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_right = is_digits(insurer, 6)
        && matches!(segment, "1" | "2")
        && is_digits(number, 14)
        && is_digits(sequence, 3);
    Some(Parts {
        insurer,
        code,
        segment,
        number,
        sequence: sequence.parse().ok().filter(|_| is_right)?,
    })
}

/// The rows behind the header: UTF-8 with its mark, every cell quoted, CR LF behind every row.
fn rows(bytes: &[u8], heads: &[String]) -> Option<Vec<Vec<String>>> {
    let text = std::str::from_utf8(bytes).ok()?.strip_prefix('\u{feff}')?;
    let mut rest: Vec<char> = text.chars().rev().collect();
    if rest.contains(&'\0') {
        return None;
    }
    let mut rows = Vec::new();
    let mut row = Vec::new();
    while !rest.is_empty() {
        row.push(cell(&mut rest)?);
        match rest.pop()? {
            ',' => {}
            '\r' => {
                if rest.pop() != Some('\n') || row.len() != heads.len() {
                    return None;
                }
                rows.push(std::mem::take(&mut row));
            }
            _ => return None,
        }
    }
    let is_whole = row.is_empty() && rows.first().is_some_and(|first| first == heads);
    is_whole.then(|| rows.split_off(1))
}

/// A quoted cell, taken off the end of what is left.
fn cell(rest: &mut Vec<char>) -> Option<String> {
    if rest.pop()? != '"' {
        return None;
    }
    let mut cell = String::new();
    loop {
        match rest.pop()? {
            '"' if rest.last() == Some(&'"') => {
                rest.pop();
                cell.push('"');
            }
            '"' => return Some(cell),
            other => cell.push(other),
        }
    }
}

#[test]
fn it_tells_right_from_wrong() {
    let heads = ["あ".to_owned(), "い".to_owned()];
    let read = |text: &str| rows(text.as_bytes(), &heads);
    let right = "\u{feff}\"あ\",\"い\"\r\n\"1\",\"\"\"\r\n\"\r\n";
    let cells = vec!["1".to_owned(), "\"\r\n".to_owned()];
    assert_eq!(read(right), Some(vec![cells]));
    for wrong in [
        &right[3..],
        &right[..right.len() - 1],
        &right.replace(",\"い", "\"い"),
        &right.replace("\"1\"", "1"),
        &format!("{right}\r\n"),
        &format!("{right}\"1\"\r\n"),
    ] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
    assert!(parts("KJ_139998_PER_2_20261102090001_001.csv").is_some());
    assert!(parts("KJ_139998_PER_3_20261102090001_001.csv").is_none());
    assert!(parts("x/KJ_139998_PER_2_20261102090001_001.csv").is_none());
}

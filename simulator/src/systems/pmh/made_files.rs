//! The sets (組) that PMH makes: of results, and of what waits for an insurer.

use std::collections::BTreeMap;

use crate::domain::shown;
use crate::operator::{FetchedFile, OperatorAnswer};
use crate::profile::{CsvCodec, FileName, KindId, LinkSegment, SetNumber};

use super::account::Account;
use super::conditions;
use super::context::Context;
use super::results::{write_reasons, write_receipts};
use super::sets::{InboundSet, MadeContent, MadeFile};
use super::state::{AccountKey, Pmh};

/// A set in the making.
pub(super) struct Making {
    pub(super) segment: LinkSegment,
    /// Kind, content and number of records of each file behind the control file (組の内訳).
    pub(super) files: Vec<(KindId, MadeContent, usize)>,
}

impl Making {
    /// Gives the set its number and its files their names, and puts a control file before them.
    pub(super) fn make(
        self,
        context: Context<'_>,
        account_key: &AccountKey,
        account: &mut Account,
    ) -> (SetNumber, Vec<String>) {
        let profile = context.profile;
        let number = account.next_made(context.now);
        account.last_made = Some(number);
        let name = |sequence: usize, kind: KindId| {
            let name = FileName {
                set: number,
                sequence: u16::try_from(sequence).unwrap_or(u16::MAX),
                insurer: account_key.0,
                kind,
                segment: self.segment,
            };
            name.build(profile)
        };
        let mut names = Vec::with_capacity(self.files.len() + 1);
        let mut listed = Vec::with_capacity(self.files.len());
        let mut made = Vec::with_capacity(self.files.len() + 1);
        for (sequence, (kind, content, records)) in (1..).zip(self.files) {
            let name = name(sequence, kind);
            listed.push((name.clone(), records));
            made.push((name, kind, content));
        }
        if let Some(kind) = profile.kind("setControl") {
            let content = MadeContent::Control(listed);
            made.insert(0, (name(0, kind), kind, content));
        }
        for (name, kind, content) in made {
            names.push(name.clone());
            let file = MadeFile {
                kind,
                content,
                is_fetched: false,
            };
            account.made.insert(name, file);
        }
        (number, names)
    }
}

/// Makes what waits for an insurer into a set; from now on it counts as delivered.
pub(super) fn make_inbound_set(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
) -> OperatorAnswer {
    let profile = context.profile;
    let Some(account) = pmh.accounts.get_mut(account_key) else {
        return OperatorAnswer::default();
    };
    if let Err(code) = conditions::may_link(context, account, "file") {
        let error = profile.business_error(code);
        return OperatorAnswer::refused(error.map_or("", |error| error.ja.as_str()));
    }
    let most = profile.file().rows_max.value;
    let mut waiting: BTreeMap<KindId, Vec<u64>> = BTreeMap::new();
    for (number, item) in &mut pmh.inbound {
        if item.insurer != account_key.0 || item.is_acknowledged {
            continue;
        }
        let items = waiting.entry(item.kind).or_default();
        // What does not fit into a file of its kind waits for the next set.
        if items.len() < most {
            items.push(*number);
            item.is_acknowledged = true;
        }
    }
    if waiting.is_empty() {
        return OperatorAnswer::refused("受け取る情報はありません");
    }
    let files = waiting.into_iter().map(|(kind, items)| {
        let records = items.len();
        (kind, MadeContent::Inbound(items), records)
    });
    let making = Making {
        segment: LinkSegment::Difference,
        files: files.collect(),
    };
    let (number, files) = making.make(context, account_key, account);
    let set = InboundSet {
        made_at: context.now,
        files: files.clone(),
    };
    account.inbound_sets.insert(number, set);
    OperatorAnswer {
        made: files,
        ..OperatorAnswer::done()
    }
}

/// Writes a made file out, as often as somebody wants it.
pub(super) fn fetch_file(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    name: &str,
) -> OperatorAnswer {
    let made = pmh.accounts.get(account_key).and_then(|account| {
        let file = account.made.get(name)?;
        Some(text_of(pmh, context, account_key, file))
    });
    let Some(text) = made else {
        return OperatorAnswer::refused(format!("「{}」というファイルはありません", shown(name)));
    };
    let account = pmh.accounts.get_mut(account_key);
    if let Some(file) = account.and_then(|account| account.made.get_mut(name)) {
        file.is_fetched = true;
    }
    OperatorAnswer {
        fetched: Some(FetchedFile {
            name: name.to_owned(),
            text,
        }),
        ..OperatorAnswer::done()
    }
}

fn text_of(pmh: &Pmh, context: Context<'_>, account_key: &AccountKey, made: &MadeFile) -> String {
    let mut file = CsvCodec::new(context.profile).text(made.kind);
    match &made.content {
        MadeContent::Control(listed) => {
            for (name, records) in listed {
                file.row(|item| match item {
                    "fileName" => name.clone(),
                    "recordCount" => records.to_string(),
                    _ => String::new(),
                });
            }
        }
        MadeContent::Receipts(set) => write_receipts(&mut file, pmh, account_key, *set),
        MadeContent::Reasons { set, from, to } => {
            write_reasons(&mut file, pmh, context, account_key, (*set, *from, *to));
        }
        MadeContent::Inbound(numbers) => {
            for item in numbers.iter().filter_map(|number| pmh.inbound.get(number)) {
                file.json_row(&item.record);
            }
        }
    }
    file.finish()
}

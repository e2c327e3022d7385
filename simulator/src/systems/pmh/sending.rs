//! Taking over a set (組) that the staff send: all of it, or nothing.

use crate::operator::{AcceptedFile, AcceptedSet, OperatorAnswer, SetProblem, UploadedFile};
use crate::systems::{Message, Outgoing, SystemId};

use super::conditions::{self, Step};
use super::context::Context;
use super::problems::{Place, Problems};
use super::set_content::{self, ReadSet};
use super::set_names::{self, Ordered};
use super::sets::{FileSet, RefusedSet, SetFile};
use super::state::{AccountKey, Pmh, Task, task_name};

/// Takes a set over as tasks, or notes and tells why not.
pub(super) fn take_set(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    files: &[UploadedFile],
    outgoing: &mut Vec<Outgoing>,
) -> OperatorAnswer {
    match judge(pmh, context, account_key, files) {
        Ok((ordered, set, step)) => {
            outgoing.extend(conditions::take(pmh, account_key, step));
            take_over(pmh, context, account_key, &ordered, set, outgoing)
        }
        Err(problems) => {
            let refused = RefusedSet {
                received_at: context.now,
                said: set_names::said(context.profile, files),
                files: files.iter().map(|file| file.name.clone()).collect(),
                problems: problems.clone(),
            };
            let notes = pmh.refused_sets.entry(account_key.clone()).or_default();
            notes.note(refused);
            let reason = problems
                .first()
                .map(|problem| format!("この組は受け付けられません。{}", problem.message));
            OperatorAnswer {
                reason,
                problems,
                ..OperatorAnswer::default()
            }
        }
    }
}

/// Judges a set whole, in the fixed order; the first stage that finds something ends it.
fn judge<'f>(
    pmh: &Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    files: &'f [UploadedFile],
) -> Result<(Ordered<'f>, ReadSet<'f>, Step), Vec<SetProblem>> {
    let profile = context.profile;
    let mut problems = Problems::new(profile);
    let Some(account) = pmh.accounts.get(account_key) else {
        return Err(Vec::new());
    };
    if let Err(code) = conditions::may_link(context, account, "file") {
        problems.note_business(Place::default(), code, None);
    }
    problems.end()?;
    let ordered = set_names::put_in_order(profile, account_key, account, files)?;
    let set = set_content::read(profile, &ordered)?;
    set_content::check_control(profile, &set)?;
    let registered = pmh.registered_people(account_key.0);
    let step = set_content::check_setup(context, account, registered, &ordered, &set)?;
    Ok((ordered, set, step))
}

/// Every file becomes a task; the first one is worked on, and each hands on to the next.
fn take_over(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    ordered: &Ordered<'_>,
    set: ReadSet<'_>,
    outgoing: &mut Vec<Outgoing>,
) -> OperatorAnswer {
    let profile = context.profile;
    let number = ordered.number;
    let mut accepted = Vec::with_capacity(set.files.len());
    let mut files = Vec::with_capacity(set.files.len());
    for file in set.files {
        let records = file.rows.len();
        let mut task = Task::new(account_key.clone(), file.kind, file.rows);
        task.set = Some(number);
        let task = pmh.open_task(task);
        accepted.push(AcceptedFile {
            name: file.name.to_owned(),
            kind: profile.layout(file.kind).id().to_owned(),
            records,
            task: task_name(task),
        });
        files.push(SetFile {
            name: file.name.to_owned(),
            task,
        });
    }
    outgoing.extend(files.first().map(|first| Outgoing {
        to: SystemId::Pmh,
        message: Message::ProcessTask { task: first.task },
    }));
    if let Some(account) = pmh.accounts.get_mut(account_key) {
        let taken = FileSet {
            segment: ordered.segment,
            received_at: context.now,
            files,
            results: None,
        };
        account.sets.insert(number, taken);
    }
    let segment = profile.api().link_segment_code(ordered.segment);
    OperatorAnswer {
        set: Some(AcceptedSet {
            number: number.to_string(),
            segment: segment.to_owned(),
            files: accepted,
        }),
        ..OperatorAnswer::done()
    }
}

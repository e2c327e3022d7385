//! The auditor's copy of one person's pages, and what each business event writes on them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::ledger::{
    Application, ApplicationForm, BurdenRatioCard, Card, Consent, ConsentBox, ConsentState,
    ConsentTaker, EquipmentPurchase, HistoryRow, HomeModification, IssueRow, Lost, Person,
    PersonChanges, Reduction, Table,
};

/// 新様式の同意が有効になる日 [domain 4.2, 5.1].
const LAW_IN_FORCE: Date = date(2026, 4, 1);

/// Why an event does not fit the books. A vendor that accepted it anyway is a matter for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// Nobody has this number.
    #[error("被保険者番号「{insured_number}」の人は台帳にいません")]
    UnknownPerson {
        /// 被保険者番号.
        insured_number: String,
    },
    /// The person has already left.
    #[error("被保険者番号「{insured_number}」の人は{on}に資格を喪失しています")]
    AlreadyLost {
        /// 被保険者番号.
        insured_number: String,
        /// 喪失年月日.
        on: Date,
    },
    /// Somebody else has the number.
    #[error("被保険者番号「{insured_number}」はすでに使われています")]
    NumberInUse {
        /// 被保険者番号.
        insured_number: String,
    },
    /// The application's number is in use.
    #[error("申請番号「{application_number}」はすでに使われています")]
    ApplicationNumberInUse {
        /// 申請番号.
        application_number: String,
    },
    /// The vendor's answer with the number it gave is missing.
    #[error("{operation}で付けた番号が、回答から分かりません")]
    NotNumbered {
        /// The operation's name.
        operation: &'static str,
    },
    /// No such application.
    #[error("申請番号「{application_number}」の申請は台帳にありません")]
    UnknownApplication {
        /// 申請番号.
        application_number: String,
    },
    /// No such row.
    #[error("被保険者番号「{insured_number}」の{table}に履歴番号{history_number}の行はありません")]
    UnknownRow {
        /// 被保険者番号.
        insured_number: String,
        /// 表.
        table: Table,
        /// 履歴番号.
        history_number: u32,
    },
    /// There is no consent that could be withdrawn.
    #[error("被保険者番号「{insured_number}」の人は同意していないため、撤回できません")]
    NothingToWithdraw {
        /// 被保険者番号.
        insured_number: String,
    },
}

/// One person's pages.
#[derive(Debug, Clone)]
pub(super) struct Books {
    pub(super) person: Person,
    /// Rows taken back: their numbers stay used.
    pub(super) taken_back: BTreeSet<(Table, u32)>,
    /// 取得した事業所番号, if the newest consent came from an office.
    pub(super) consent_office: Option<String>,
    /// 審査会資料 handed to the board, by 申請番号.
    pub(super) materials: BTreeMap<String, BoardMaterial>,
}

/// 審査会資料, as the staff handed it to the members of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardMaterial {
    /// 審査会番号.
    pub meeting_number: String,
    /// 開催年月日.
    pub meeting_date: Date,
    /// 参照できる委員の番号.
    pub member_numbers: Vec<String>,
    /// 資料の内容.
    pub contents: String,
}

impl Books {
    pub(super) const fn open(person: Person) -> Self {
        Self {
            person,
            taken_back: BTreeSet::new(),
            consent_office: None,
            materials: BTreeMap::new(),
        }
    }

    pub(super) fn change(&mut self, changes: &PersonChanges) {
        let PersonChanges {
            name,
            kana,
            address,
            sex,
            birth,
            not_disclosed,
            my_number,
        } = changes;
        let person = &mut self.person;
        let texts = [
            (&mut person.name, name),
            (&mut person.kana, kana),
            (&mut person.address, address),
            (&mut person.my_number, my_number),
        ];
        for (held, changed) in texts {
            if let Some(changed) = changed {
                held.clone_from(changed);
            }
        }
        person.sex = sex.unwrap_or(person.sex);
        person.birth = birth.unwrap_or(person.birth);
        person.not_disclosed = not_disclosed.unwrap_or(person.not_disclosed);
    }

    pub(super) const fn lose(&mut self, lost: Lost) {
        self.person.lost = Some(lost);
    }

    /// Adds a row at the end, or at `insert_before` with that row and all later ones moved up by one.
    pub(super) fn issue<Row: HistoryRow>(
        &mut self,
        issue: &IssueRow<Row>,
    ) -> Result<(), AuditError> {
        let table = Row::TABLE;
        let held = Row::rows_of_mut(&mut self.person);
        let used = self
            .taken_back
            .iter()
            .filter(|(other, _)| *other == table)
            .map(|(_, number)| *number);
        let newest = held
            .iter()
            .map(HistoryRow::history_number)
            .chain(used)
            .max()
            .unwrap_or(0);
        let number = match issue.insert_before {
            None => newest + 1,
            Some(number) if (1..=newest).contains(&number) => {
                for row in held.iter_mut().filter(|row| row.history_number() >= number) {
                    row.renumber(row.history_number() + 1);
                }
                self.taken_back = std::mem::take(&mut self.taken_back)
                    .into_iter()
                    .map(|(other, used)| {
                        (
                            other,
                            if other == table && used >= number {
                                used + 1
                            } else {
                                used
                            },
                        )
                    })
                    .collect();
                number
            }
            Some(history_number) => {
                return Err(AuditError::UnknownRow {
                    insured_number: issue.insured_number.clone(),
                    table,
                    history_number,
                });
            }
        };
        let mut row = issue.row.clone();
        row.renumber(number);
        held.push(row);
        held.sort_by_key(HistoryRow::history_number);
        Ok(())
    }

    /// Takes a row back. Its number is not given out again.
    pub(super) fn delete(&mut self, table: Table, history_number: u32) -> Result<(), AuditError> {
        let found = match table {
            Table::Cards => self.remove::<Card>(history_number),
            Table::BurdenRatios => self.remove::<BurdenRatioCard>(history_number),
            Table::Reductions => self.remove::<Reduction>(history_number),
            Table::HomeModifications => self.remove::<HomeModification>(history_number),
            Table::EquipmentPurchases => self.remove::<EquipmentPurchase>(history_number),
        };
        if !found {
            let insured_number = self.person.insured_number.clone();
            return Err(AuditError::UnknownRow {
                insured_number,
                table,
                history_number,
            });
        }
        self.taken_back.insert((table, history_number));
        Ok(())
    }

    fn remove<Row: HistoryRow>(&mut self, history_number: u32) -> bool {
        let rows = Row::rows_of_mut(&mut self.person);
        let before = rows.len();
        rows.retain(|row| row.history_number() != history_number);
        rows.len() < before
    }

    pub(super) fn application(&mut self, application_number: &str) -> Option<&mut Application> {
        self.person
            .applications
            .iter_mut()
            .find(|application| application.application_number == application_number)
    }

    /// The consent box of an application counts on the new form only, and only if it was filled in.
    pub(super) fn note_box(&mut self, form: ApplicationForm, consent_box: ConsentBox, on: Date) {
        let state = match consent_box {
            ConsentBox::Given => ConsentState::Given,
            ConsentBox::Refused => ConsentState::Refused,
            ConsentBox::Blank => return,
        };
        if form == ApplicationForm::From2026 {
            self.note_consent(
                Consent {
                    state,
                    on,
                    form,
                    by: ConsentTaker::Municipality,
                },
                None,
            );
        }
    }

    /// Consent offered at the counter, or taken by an office.
    pub(super) fn note_given(&mut self, on: Date, office_number: Option<String>) {
        let by = if office_number.is_some() {
            ConsentTaker::Office
        } else {
            ConsentTaker::Municipality
        };
        self.note_consent(
            Consent {
                state: ConsentState::Given,
                on,
                form: ApplicationForm::From2026,
                by,
            },
            office_number,
        );
    }

    pub(super) fn withdraw(&mut self, on: Date) -> Result<(), AuditError> {
        match self.person.consent {
            Some(consent)
                if counts(consent) && consent.state == ConsentState::Given && consent.on <= on =>
            {
                let by = ConsentTaker::Municipality;
                self.person.consent = Some(Consent {
                    state: ConsentState::Withdrawn,
                    on,
                    by,
                    ..consent
                });
                self.consent_office = None;
                Ok(())
            }
            _ => Err(AuditError::NothingToWithdraw {
                insured_number: self.person.insured_number.clone(),
            }),
        }
    }

    /// The newer day wins, so that a late paper does not bring a withdrawn consent back [CONSENT-07].
    fn note_consent(&mut self, consent: Consent, office_number: Option<String>) {
        // What an office took may have been under way: on the same day the municipality's own word stands.
        let outdated = self.person.consent.is_some_and(|held| {
            let same_day_of_office = consent.by == ConsentTaker::Office && held.on == consent.on;
            counts(held) && (held.on > consent.on || same_day_of_office || !counts(consent))
        });
        if !outdated {
            self.person.consent = Some(consent);
            self.consent_office = office_number;
        }
    }
}

/// 包括同意として数える: an answer on the new form, since the law is in force.
pub(super) fn counts(consent: Consent) -> bool {
    consent.form == ApplicationForm::From2026
        && consent.on >= LAW_IN_FORCE
        && consent.state != ConsentState::Blank
}

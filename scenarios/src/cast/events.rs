//! 異動: what happens to a person, as business operations.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::CastError;
use super::stages::whole_case;
use crate::auditor::Auditor;
use crate::ledger::{
    Assigned, BurdenRatio, BurdenRatioCard, BurdenStage, BusinessEvent, Card, CareLevel, Category,
    ChangePerson, DeleteRow, EquipmentItem, EquipmentPurchase, HomeModification, IssueRow, Ledger,
    LoseQualification, LossReason, Person, PersonChanges, Reduction, ReductionType, RegisterPerson,
    Sex, Table,
};

const HOME_ALLOWANCE: u32 = 200_000;
const EQUIPMENT_ALLOWANCE: u32 = 100_000;
/// The number of an application that was accepted before the books were handed over.
const LEDGER_APPLICATION: &str = "S202600001";

/// What a word comes to for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The operations, in order.
    pub events: Vec<BusinessEvent>,
    /// The records it is about: kind, and row if it is known beforehand.
    pub touches: Vec<(String, Option<String>)>,
    /// A 個人番号 that the resident register does not know as the person's own.
    pub wrong_number: Option<String>,
}

impl Happening {
    fn of(kind: &str, row: Option<u32>, events: Vec<BusinessEvent>) -> Self {
        Self {
            events,
            touches: vec![(kind.to_owned(), row.map(|row| row.to_string()))],
            wrong_number: None,
        }
    }
}

/// The item of a word (語: 項目), as a dotted path.
#[must_use]
pub fn item(word: &str) -> Option<&'static str> {
    match word {
        "個人番号" => Some("myNumber"),
        "氏名" => Some("basicFiveInfo.name"),
        _ => None,
    }
}

/// What a word comes to for a person as the books stand, on a business day. `nth` counts how
/// often the word was used for the person before; `own_number` is the person's true 個人番号.
///
/// # Errors
/// The word is not on the list, or the person lacks what it needs.
pub fn events(
    word: &str,
    person: &Person,
    ledger: &Ledger,
    today: Date,
    nth: u32,
    own_number: &str,
) -> Result<Happening, CastError> {
    if let Some(happening) = change(word, person, ledger, today, nth, own_number) {
        return Ok(happening);
    }
    if let Some(happening) = row(word, person, today)? {
        return Ok(happening);
    }
    if let Some(happening) = case(word, person, ledger, today)? {
        return Ok(happening);
    }
    Err(CastError::UnknownWord {
        list: "異動",
        word: word.to_owned(),
    })
}

/// Enters what happened before the books were handed over into the books.
///
/// # Errors
/// The books do not take it.
pub fn into_ledger(ledger: &mut Ledger, happening: &Happening) -> Result<(), CastError> {
    let mut books = Auditor::new(ledger, Date::MIN);
    let assigned = Assigned {
        insured_number: None,
        application_number: Some(LEDGER_APPLICATION.to_owned()),
    };
    for event in &happening.events {
        let event = event
            .clone()
            .with_application_number(LEDGER_APPLICATION)
            .with_assigned(&assigned);
        books.apply(&event)?;
    }
    for person in &mut ledger.people {
        if let Some(entered) = books.person(&person.insured_number) {
            person.clone_from(entered);
        }
    }
    Ok(())
}

/// 新しい被保険者: an invented person of 65 whom the books do not know yet.
#[must_use]
pub fn newcomer(ledger: &Ledger, today: Date) -> Person {
    let birth = today.checked_sub(65.years()).unwrap_or(today);
    Person {
        insured_number: String::new(),
        resident_key: "R99999999".to_owned(),
        my_number: unused_number(ledger, 1),
        name: "新月　のぞみ".to_owned(),
        kana: "シンゲツ　ノゾミ".to_owned(),
        address: "月影県つきみ市はつか町１丁目１番１号".to_owned(),
        birth,
        sex: Sex::Female,
        category: Category::First,
        not_disclosed: false,
        card_holder: true,
        acquired_on: today,
        lost: None,
        previous_numbers: Vec::new(),
        consent: None,
        cards: vec![blank_card(&ledger.insurer.number, today)],
        burden_ratios: Vec::new(),
        reductions: Vec::new(),
        home_modifications: Vec::new(),
        equipment_purchases: Vec::new(),
        applications: Vec::new(),
    }
}

fn blank_card(insurer: &str, today: Date) -> Card {
    Card {
        history_number: 1,
        card_insurer_number: insurer.to_owned(),
        issued_on: today,
        expires_on: None,
        care_level: None,
        certified_on: None,
        certified_from: None,
        certified_to: None,
        limit_units: None,
        board_opinion: None,
        restriction: None,
        plan_office: None,
    }
}

/// Changes of the person and of the qualification.
fn change(
    word: &str,
    person: &Person,
    ledger: &Ledger,
    today: Date,
    nth: u32,
    own_number: &str,
) -> Option<Happening> {
    let changes = |changes: PersonChanges| {
        Happening::of(
            "person",
            None,
            vec![BusinessEvent::ChangePerson(ChangePerson {
                insured_number: person.insured_number.clone(),
                on: today,
                changes,
            })],
        )
    };
    let lose = |reason: LossReason| {
        let loss = LoseQualification {
            insured_number: person.insured_number.clone(),
            on: today,
            reason,
        };
        Happening::of("person", None, vec![BusinessEvent::LoseQualification(loss)])
    };
    Some(match word {
        "転居" => changes(PersonChanges {
            address: Some(format!("月影県つきみ市みかづき町{}丁目２番３号", nth + 1)),
            ..PersonChanges::default()
        }),
        "氏名の変更" => changes(PersonChanges {
            name: Some("十六夜　あかり".to_owned()),
            kana: Some("イザヨイ　アカリ".to_owned()),
            ..PersonChanges::default()
        }),
        "不開示の開始" | "不開示の解除" => changes(PersonChanges {
            not_disclosed: Some(word == "不開示の開始"),
            ..PersonChanges::default()
        }),
        "個人番号の誤り" | "個人番号の取り違え" => {
            let wrong = unused_number(ledger, 2 + nth);
            let mut happening = changes(PersonChanges {
                my_number: Some(wrong.clone()),
                ..PersonChanges::default()
            });
            happening.wrong_number = Some(wrong);
            happening
        }
        "個人番号の訂正" => changes(PersonChanges {
            my_number: Some(own_number.to_owned()),
            ..PersonChanges::default()
        }),
        "転出" => lose(LossReason::MovedOut),
        "死亡" => lose(LossReason::Died),
        "資格喪失" => lose(LossReason::Lost),
        "誤登録" => lose(LossReason::Mistaken),
        "資格取得" => Happening::of(
            "person",
            None,
            vec![BusinessEvent::RegisterPerson(Box::new(RegisterPerson {
                person: person.clone(),
            }))],
        ),
        _ => return None,
    })
}

/// Rows of the five tables.
fn row(word: &str, person: &Person, today: Date) -> Result<Option<Happening>, CastError> {
    let not_possible = || CastError::NotPossible {
        word: word.to_owned(),
    };
    let number = person.insured_number.clone();
    Ok(Some(match word {
        "被保険者証の交付" => {
            let mut card = person.cards.last().cloned().ok_or_else(not_possible)?;
            card.issued_on = today;
            new_card(person, card)
        }
        "事業対象者の被保険者証の交付" => {
            let newest = person.cards.last().ok_or_else(not_possible)?;
            let mut card = blank_card(&newest.card_insurer_number, today);
            card.care_level = Some(CareLevel::ProgramTarget);
            card.certified_on = Some(today);
            new_card(person, card)
        }
        "さかのぼった被保険者証の交付" => {
            let [.., before, newest] = person.cards.as_slice() else {
                return Err(not_possible());
            };
            let days = before.issued_on.until(newest.issued_on)?.get_days();
            let mut card = before.clone();
            card.issued_on = before.issued_on.checked_add((days / 2).days())?;
            card.history_number = 0;
            let issue = IssueRow {
                insured_number: number,
                row: card,
                insert_before: Some(newest.history_number),
            };
            Happening::of("insuranceCard", None, vec![BusinessEvent::IssueCard(issue)])
        }
        "負担割合証の交付" => {
            let newest = person.burden_ratios.last().ok_or_else(not_possible)?;
            let next = match newest.ratio {
                BurdenRatio::Ten => BurdenRatio::Twenty,
                BurdenRatio::Twenty => BurdenRatio::Thirty,
                BurdenRatio::Thirty => BurdenRatio::Ten,
            };
            new_ratio(person, next, today)?
        }
        "1割の負担割合証の交付" => new_ratio(person, BurdenRatio::Ten, today)?,
        "2割の負担割合証の交付" => new_ratio(person, BurdenRatio::Twenty, today)?,
        "3割の負担割合証の交付" => new_ratio(person, BurdenRatio::Thirty, today)?,
        "負担割合証の取り消し" => {
            let newest = person.burden_ratios.last().ok_or_else(not_possible)?;
            let delete = DeleteRow {
                insured_number: number,
                table: Table::BurdenRatios,
                history_number: newest.history_number,
                on: today,
            };
            let row = Some(newest.history_number);
            Happening::of(
                "burdenRatioCard",
                row,
                vec![BusinessEvent::DeleteRow(delete)],
            )
        }
        "負担限度額認定証の交付" => new_reduction(person, today)?,
        "住宅改修費の利用" => home_modification(person, today, 50_000),
        "住宅改修費の限度額までの利用" => {
            let left = home_left(person);
            home_modification(person, today, left)
        }
        "福祉用具購入費の利用" => equipment(person, today, 30_000),
        "福祉用具購入費の限度額までの利用" => {
            let left = equipment_left(person);
            equipment(person, today, left)
        }
        _ => return Ok(None),
    }))
}

/// Whole certification cases.
fn case(
    word: &str,
    person: &Person,
    ledger: &Ledger,
    today: Date,
) -> Result<Option<Happening>, CastError> {
    let level = match word {
        "先の日付からの認定" => {
            let from = today.first_of_month().checked_add(2.months())?;
            let events = whole_case(person, CareLevel::Care3, Some(from), today)?;
            return Ok(Some(Happening::of("certification", None, events)));
        }
        "要支援1の認定" => CareLevel::Support1,
        "要支援2の認定" => CareLevel::Support2,
        "要介護1の認定" => CareLevel::Care1,
        "要介護5の認定" => CareLevel::Care5,
        "非該当の認定" => CareLevel::NotEligible,
        _ => return Ok(None),
    };
    let mut events = whole_case(person, level, None, today)?;
    if level.is_certified() {
        let mut card = blank_card(&ledger.insurer.number, today);
        card.care_level = Some(level);
        card.certified_on = Some(today);
        card.certified_from = Some(today);
        card.certified_to = Some(today.checked_add(12.months())?.yesterday()?);
        events.extend(new_card(person, card).events);
    }
    Ok(Some(Happening::of("certification", None, events)))
}

fn new_card(person: &Person, mut card: Card) -> Happening {
    let row = next_number(person.cards.iter().map(|card| card.history_number));
    card.history_number = 0;
    let issue = IssueRow {
        insured_number: person.insured_number.clone(),
        row: card,
        insert_before: None,
    };
    Happening::of(
        "insuranceCard",
        Some(row),
        vec![BusinessEvent::IssueCard(issue)],
    )
}

fn new_ratio(person: &Person, ratio: BurdenRatio, today: Date) -> Result<Happening, CastError> {
    let row = next_number(person.burden_ratios.iter().map(|card| card.history_number));
    let issue = IssueRow {
        insured_number: person.insured_number.clone(),
        row: BurdenRatioCard {
            history_number: 0,
            issued_on: today,
            ratio,
            valid_from: today,
            valid_to: today.checked_add(12.months())?.yesterday()?,
        },
        insert_before: None,
    };
    let events = vec![BusinessEvent::IssueBurdenRatio(issue)];
    Ok(Happening::of("burdenRatioCard", Some(row), events))
}

fn new_reduction(person: &Person, today: Date) -> Result<Happening, CastError> {
    let row = next_number(person.reductions.iter().map(|card| card.history_number));
    let issue = IssueRow {
        insured_number: person.insured_number.clone(),
        row: Reduction {
            history_number: 0,
            kind: ReductionType::BurdenLimit,
            issued_on: today,
            valid_from: today,
            valid_to: today.checked_add(9.months())?,
            stage: BurdenStage::Stage2,
            food_limit: Some(390),
            residence_limit: Some(880),
        },
        insert_before: None,
    };
    let events = vec![BusinessEvent::IssueReduction(issue)];
    Ok(Happening::of("reductionCard", Some(row), events))
}

fn home_left(person: &Person) -> u32 {
    person
        .home_modifications
        .last()
        .map_or(HOME_ALLOWANCE, |use_| use_.remaining)
}

fn equipment_left(person: &Person) -> u32 {
    person
        .equipment_purchases
        .last()
        .map_or(EQUIPMENT_ALLOWANCE, |use_| use_.remaining)
}

fn home_modification(person: &Person, today: Date, cost: u32) -> Happening {
    let row = next_number(
        person
            .home_modifications
            .iter()
            .map(|use_| use_.history_number),
    );
    let issue = IssueRow {
        insured_number: person.insured_number.clone(),
        row: HomeModification {
            history_number: 0,
            applied_on: today,
            completed_on: today,
            cost,
            paid: cost / 10 * 9,
            remaining: home_left(person).saturating_sub(cost),
        },
        insert_before: None,
    };
    let events = vec![BusinessEvent::RecordHomeModification(issue)];
    Happening::of("homeModificationUse", Some(row), events)
}

fn equipment(person: &Person, today: Date, cost: u32) -> Happening {
    let row = next_number(
        person
            .equipment_purchases
            .iter()
            .map(|use_| use_.history_number),
    );
    let issue = IssueRow {
        insured_number: person.insured_number.clone(),
        row: EquipmentPurchase {
            history_number: 0,
            purchased_on: today,
            item: EquipmentItem::CommodeSeat,
            name: "月見の腰掛便座".to_owned(),
            cost,
            paid: cost / 10 * 9,
            remaining: equipment_left(person).saturating_sub(cost),
        },
        insert_before: None,
    };
    let events = vec![BusinessEvent::RecordEquipmentPurchase(issue)];
    Happening::of("equipmentPurchaseUse", Some(row), events)
}

fn next_number(used: impl Iterator<Item = u32>) -> u32 {
    used.max().unwrap_or(0) + 1
}

/// A 個人番号 with a right check digit that nobody in the books has.
fn unused_number(ledger: &Ledger, nth: u32) -> String {
    let is_used = |number: &str| {
        let insured = ledger
            .people
            .iter()
            .any(|person| person.my_number == number);
        insured
            || ledger
                .not_insured
                .iter()
                .any(|person| person.my_number == number)
    };
    (0..)
        .map(|step: u32| {
            with_check_digit(u64::from(nth) * 10_000_000 + u64::from(step) + 90_000_000_000)
        })
        .find(|number| !is_used(number))
        .unwrap_or_default()
}

/// Eleven digits with the statutory check digit [domain 6.3].
fn with_check_digit(eleven: u64) -> String {
    let digits = format!("{eleven:011}");
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip(1..)
        .map(|(digit, n)| u32::from(digit - b'0') * if n <= 6 { n + 1 } else { n - 5 })
        .sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    format!("{digits}{check}")
}

//! Names and addresses.

use jiff::civil::Date;

use crate::ledger::Sex;

use super::draw::Draw;
use super::plan::{Plan, Writing};
use super::words::{Distribution, Municipality, NameClass, Names, Papers};

/// 外字 of an address: a quarter whose name only the town's own computers can show.
const GAIJI_QUARTER: &str = "\u{E305}小路";

/// Characters of kana from which a name counts as long.
const LONG_KANA: usize = 30;

/// How the person's name and address are written.
pub(super) fn writing(draw: &mut Draw, plan: Plan, distribution: &Distribution) -> Writing {
    let gaiji = draw.one_in(distribution.one_in.gaiji);
    let in_address = draw.per_mille(200);
    let foreign = draw.per_mille(distribution.rates.foreign);
    let special = draw.per_mille(distribution.rates.special_surname);
    let classes = [
        NameClass::ThirdLevel,
        NameClass::OutsideX0213,
        NameClass::Supplementary,
        NameClass::Variation,
    ];
    let class = *draw.pick(&classes);
    match plan.writing {
        Some(planned) => planned,
        None if gaiji && in_address => Writing::GaijiAddress,
        None if gaiji => Writing::GaijiName,
        None if foreign => Writing::Foreign,
        None if special => Writing::Special(class),
        None => Writing::Plain,
    }
}

/// 氏名 and カナ氏名.
pub(super) fn name(
    draw: &mut Draw,
    names: &Names,
    writing: Writing,
    sex: Sex,
    birth: Date,
) -> (String, String) {
    let foreign = match sex {
        Sex::Female => &names.foreign.female,
        Sex::Male => &names.foreign.male,
    };
    if writing == Writing::Foreign {
        return draw.pick(foreign).clone();
    }
    if writing == Writing::ForeignVu {
        return draw
            .weighted(foreign, |(_, kana)| {
                u64::from(kana.contains('ヴ') && kana.contains('ー'))
            })
            .clone();
    }
    if writing == Writing::ForeignLong {
        return draw
            .weighted(foreign, |(_, kana)| {
                u64::from(kana.chars().count() >= LONG_KANA)
            })
            .clone();
    }
    let (surname, surname_kana) = surname(draw, names, writing);
    let era = names
        .eras
        .iter()
        .rfind(|era| era.born_from <= birth.year())
        .unwrap_or(&names.eras[0]);
    let (given, given_kana) = draw.pick(match sex {
        Sex::Female => &era.female,
        Sex::Male => &era.male,
    });
    (
        format!("{surname}　{given}"),
        format!("{surname_kana}　{given_kana}"),
    )
}

fn surname<'a>(draw: &mut Draw, names: &'a Names, writing: Writing) -> (&'a str, &'a str) {
    match writing {
        Writing::Special(class) => {
            let chosen = draw.weighted(&names.special_surnames, |surname| {
                u64::from(surname.class == class)
            });
            (&chosen.name, &chosen.kana)
        }
        Writing::GaijiName => {
            let chosen = draw.pick(&names.gaiji_surnames);
            (&chosen.name, &chosen.kana)
        }
        Writing::Plain
        | Writing::GaijiAddress
        | Writing::Foreign
        | Writing::ForeignVu
        | Writing::ForeignLong => {
            let chosen = draw.weighted(&names.surnames, |surname| surname.weight);
            (&chosen.name, &chosen.kana)
        }
    }
}

/// 住所 within the town.
pub(super) fn address(
    draw: &mut Draw,
    municipality: &Municipality,
    papers: &Papers,
    distribution: &Distribution,
    town_name: &str,
    writing: Writing,
) -> String {
    let quarter = draw.pick(&municipality.quarters);
    let quarter = if writing == Writing::GaijiAddress {
        GAIJI_QUARTER
    } else {
        quarter
    };
    let (block, lot, house) = (draw.between(1, 6), draw.between(1, 40), draw.between(1, 30));
    let mut address = format!(
        "{town_name}{quarter}{}丁目{}番{}号",
        wide(block),
        wide(lot),
        wide(house)
    );
    if draw.per_mille(distribution.rates.apartment) {
        let building = draw.pick(&papers.buildings);
        let room = draw.between(1, 9) * 100 + draw.between(1, 12);
        address.push('　');
        address.push_str(building);
        address.push_str(&wide(room));
        address.push_str("号室");
    }
    address
}

/// 全角数字.
fn wide(number: u32) -> String {
    number
        .to_string()
        .chars()
        .map(|digit| {
            digit
                .to_digit(10)
                .and_then(|value| char::from_u32('０' as u32 + value))
                .unwrap_or(digit)
        })
        .collect()
}

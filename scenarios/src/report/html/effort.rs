//! 初期セットアップの時間: what the run measured, and what follows for insurers of other sizes.

use askama::Template;
use tekigo_simulator::domain::calendar::wareki;

use crate::effort::{Finish, Hands, Hours, Outlook, SIZES, STAFF_HOURS, staff_hours, svg};
use crate::report::SetUpTimes;

/// What was measured in one mode.
struct MeasuredView {
    mode: &'static str,
    set_ups: usize,
    town: String,
    of_town: usize,
    records_each: String,
    machine: String,
    hands: String,
    minutes: String,
}

/// What follows for one size in one mode.
struct TownView {
    people: String,
    mode: &'static str,
    machine: String,
    range: String,
    hands: String,
    all: String,
    ends: String,
}

#[derive(Template)]
#[template(path = "report/effort.html")]
struct Section {
    measured: Vec<MeasuredView>,
    towns: Vec<TownView>,
    picture: String,
    hours: &'static str,
    start: String,
    assumed: String,
}

/// The section as HTML.
pub(super) fn section(times: &SetUpTimes) -> Result<String, askama::Error> {
    let towns = SIZES
        .into_iter()
        .flat_map(|people| times.outlooks.iter().map(move |of| (of, of.town(people))))
        .map(|(outlook, hours)| town(times, outlook, &hours))
        .collect();
    let section = Section {
        measured: times.outlooks.iter().map(measured).collect(),
        towns,
        picture: svg(&times.outlooks, &description(times)),
        hours: STAFF_HOURS,
        start: wareki::day_and_weekday(times.start),
        assumed: Hands::assumed(),
    };
    section.render()
}

fn measured(outlook: &Outlook) -> MeasuredView {
    MeasuredView {
        mode: outlook.mode.long_ja(),
        set_ups: outlook.measured,
        town: grouped(outlook.largest),
        of_town: outlook.of_largest,
        records_each: format!("{:.1}", outlook.records_each),
        machine: format!("{:.2}秒", outlook.seconds),
        hands: outlook.hands.told(),
        minutes: duration(outlook.hands.minutes() as f64),
    }
}

fn town(times: &SetUpTimes, outlook: &Outlook, hours: &Hours) -> TownView {
    let (low, high) = hours.range;
    TownView {
        people: grouped(hours.people as usize),
        mode: outlook.mode.ja(),
        machine: duration(hours.machine),
        range: if outlook.of_largest > 1 {
            format!("{}〜{}", duration(low), duration(high))
        } else {
            "1回だけ測った".to_owned()
        },
        hands: duration(hours.hands.minutes() as f64),
        all: duration(hours.minutes()),
        ends: ends(times, hours),
    }
}

fn ends(times: &SetUpTimes, hours: &Hours) -> String {
    let Ok(staff) = staff_hours() else {
        return String::new();
    };
    let finish = Finish::of(times.start, hours.minutes().ceil() as i64, staff);
    format!(
        "{} {:02}:{:02}（開庁日{}日）",
        wareki::day_and_weekday(finish.day),
        finish.at.hour(),
        finish.at.minute(),
        finish.days
    )
}

/// The picture in words.
fn description(times: &SetUpTimes) -> String {
    let ends = [SIZES[0], SIZES[SIZES.len() - 1]];
    let told = times.outlooks.iter().map(|outlook| {
        let towns = ends.map(|people| {
            let hours = outlook.town(people);
            format!(
                "{}人で{}（うち人の作業{}）",
                grouped(people as usize),
                duration(hours.minutes()),
                duration(hours.hands.minutes() as f64)
            )
        });
        format!("{}は{}。", outlook.mode.long_ja(), towns.join("、"))
    });
    told.collect()
}

/// Minutes as people say them.
fn duration(minutes: f64) -> String {
    if minutes < 1.0 {
        format!("{:.0}秒", (minutes * 60.0).ceil())
    } else if minutes < 60.0 {
        format!("{:.0}分", minutes.ceil())
    } else {
        let whole = minutes.ceil();
        format!("{:.0}時間{:02.0}分", (whole / 60.0).floor(), whole % 60.0)
    }
}

/// A number with a comma after each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{duration, grouped};

    #[test]
    fn figures_carry_their_units() {
        assert_eq!(duration(0.01), "1秒");
        assert_eq!(duration(12.2), "13分");
        assert_eq!(duration(125.0), "2時間05分");
        assert_eq!(grouped(940_000), "940,000");
    }
}

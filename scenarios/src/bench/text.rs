//! What was measured and what follows for a town, as text for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::requirement::Mode;

use super::measure::Measured;
use super::projection::{Projection, Range, Share};
use super::trial::Trial;

/// Steps of the plot.
const STEPS: u32 = 5;
/// Columns of its longest bar.
const BAR: f64 = 40.0;

/// The whole answer: what was measured, what follows for a town, a plot, what it does not say.
#[must_use]
pub fn table(measured: &Measured, people: u32, seed: u64) -> String {
    let mut text = String::from(
        "初期セットアップで模擬の側が使う時間とメモリ\n\n\
         模擬の側とは、tekigoが演じるPMH・中間サーバー・介護情報基盤などです。\n\
         合否の判定ではありません。\n\n",
    );
    let _ = writeln!(
        text,
        "■ この機械で測ったもの\n\
         \u{3000}架空の町（種 {seed}）の初期セットアップを、町の大きさと方式ごとに{}回ずつ行いました。\n\
         \u{3000}時間は模擬の側が使ったCPU時間です。機械が空いていれば、かかる時間とほぼ同じです。\n",
        rounds(measured)
    );
    for (mode, trials) in measured {
        let _ = writeln!(text, "\u{3000}{}", mode.long_ja());
        row(&mut text, HEADS.map(str::to_owned));
        for town in by_people(trials) {
            let share = Projection::of(&town).zip(town.first());
            if let Some((projection, Trial { people, .. })) = share {
                row(&mut text, cells(*people, &projection.town(*people)));
            }
        }
        text.push('\n');
    }
    projected(&mut text, measured, people);
    plot(&mut text, measured, people);
    text.push_str(
        "\n■ ここから言えないこと\n\
         \u{3000}・ベンダー製品、回線、暗号化（TLS）と通信（HTTP）、人の作業にかかる時間は入っていません。\n\
         \u{3000}・本物の介護情報基盤の速さではありません。\n\
         \u{3000}・見込みは人数に比例するとした計算です。大きな町では、1人あたりの時間がこれより増えることがあります。\n\
         \u{3000}・メモリは、どの町でも要る分に、人数で増える分を足した見込みです。方式②では、1つのファイルの組を読む間の分が\n\
         \u{3000}\u{3000}大きな町では増えなくなるため、多めの見込みになります。\n",
    );
    text
}

const HEADS: [&str; 6] = [
    "被保険者",
    "時間（CPU）",
    "時間の幅",
    "メモリ",
    "ジャーナル",
    "送る量",
];

/// How often each town was set up.
fn rounds(measured: &Measured) -> usize {
    let towns = measured.values().flat_map(|trials| by_people(trials));
    towns.map(|town| town.len()).min().unwrap_or_default()
}

/// Trials of towns of one size together, the smallest towns first.
fn by_people(trials: &[Trial]) -> Vec<Vec<Trial>> {
    let mut towns = BTreeMap::<u32, Vec<Trial>>::new();
    for trial in trials {
        towns.entry(trial.people).or_default().push(*trial);
    }
    towns.into_values().collect()
}

fn projected(text: &mut String, measured: &Measured, people: u32) {
    let trials = measured.values().flatten();
    let Some(largest) = trials.max_by_key(|trial| trial.people) else {
        return;
    };
    let each = largest.records as f64 / f64::from(largest.people);
    let _ = writeln!(
        text,
        "■ 町の規模に当てはめた見込み（測っていません。{}人の町から見込んだもの）\n\
         \u{3000}1人あたりの記録は{each:.1}件です。時間の幅は、測ったうちの最小と最大を掛けたものです。\n\
         \u{3000}メモリは模擬の側の増えた分、ジャーナルはディスクに残る記録です。→ は{}人の町です。\n",
        grouped(largest.people),
        grouped(people),
    );
    for (mode, trials) in measured {
        let Some(projection) = Projection::of(trials) else {
            continue;
        };
        let _ = writeln!(text, "\u{3000}{}", mode.long_ja());
        row(text, HEADS.map(str::to_owned));
        for size in sizes(people) {
            let mut cells = cells(size, &projection.town(size));
            if size == people {
                cells[0].insert_str(0, "→ ");
            }
            row(text, cells);
        }
        text.push('\n');
    }
}

/// Towns to compare with, the one asked for, and about all insured people of the largest insurer.
fn sizes(people: u32) -> Vec<u32> {
    let mut sizes = vec![10_000, 100_000, 940_000, people];
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

fn cells(people: u32, share: &Share) -> [String; 6] {
    let unknown = || "測れません".to_owned();
    [
        format!("{}人", grouped(people)),
        share
            .cpu_seconds
            .map_or_else(unknown, |range| duration(range.middle)),
        share.cpu_seconds.map_or_else(String::new, width),
        share
            .memory_bytes
            .map_or_else(unknown, |range| bytes(range.middle)),
        bytes(share.journal_bytes),
        bytes(share.sent_bytes),
    ]
}

fn width(range: Range) -> String {
    format!("{}〜{}", duration(range.low), duration(range.high))
}

fn row(text: &mut String, cells: [String; 6]) {
    let widths = [12, 12, 22, 12, 12, 12];
    let line: Vec<String> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| padded(cell, width))
        .collect();
    let _ = writeln!(text, "  {}", line.join(" ").trim_end());
}

fn plot(text: &mut String, measured: &Measured, people: u32) {
    let projections: Vec<(Mode, Projection)> = measured
        .iter()
        .filter_map(|(mode, trials)| Some((*mode, Projection::of(trials)?)))
        .collect();
    let seconds = |projection: &Projection, people| {
        let range = projection.town(people).cpu_seconds;
        range.map(|range| range.middle)
    };
    let longest = projections
        .iter()
        .filter_map(|(_, projection)| seconds(projection, people))
        .fold(0.0, f64::max);
    if longest <= 0.0 {
        return;
    }
    let _ = writeln!(text, "\u{3000}時間（CPU）の伸び（見込み）");
    for step in 1..=STEPS {
        let size = (u64::from(people) * u64::from(step) / u64::from(STEPS)) as u32;
        for (mode, projection) in &projections {
            let Some(seconds) = seconds(projection, size) else {
                continue;
            };
            let bar = "█".repeat((BAR * seconds / longest).round() as usize);
            let head = format!("{}人 {}", grouped(size), mode.ja());
            let _ = writeln!(text, "  {} {bar} {}", padded(&head, 18), duration(seconds));
        }
    }
}

/// Pads a text to a width in columns.
fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    if seconds <= 0.0 {
        "0秒".to_owned()
    } else if seconds < 1.0 {
        format!("{:.0}ミリ秒", seconds * 1000.0)
    } else if seconds < 100.0 {
        format!("{seconds:.1}秒")
    } else {
        format!("{:.0}分{:02.0}秒", (seconds / 60.0).floor(), seconds % 60.0)
    }
}

/// Bytes in the unit that suits them.
pub(super) fn bytes(bytes: f64) -> String {
    const MIB: f64 = 1024.0 * 1024.0;
    if bytes < 1000.0 * MIB {
        format!("{:.1} MiB", bytes / MIB)
    } else {
        format!("{:.1} GiB", bytes / MIB / 1024.0)
    }
}

/// A number with a comma after each three digits.
pub(super) fn grouped(number: u32) -> String {
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
    use super::{bytes, duration, grouped};

    #[test]
    fn figures_carry_their_units() {
        assert_eq!(grouped(940_000), "940,000");
        assert_eq!(grouped(999), "999");
        assert_eq!(duration(0.012), "12ミリ秒");
        assert_eq!(duration(4.26), "4.3秒");
        assert_eq!(duration(125.0), "2分05秒");
        assert_eq!(bytes(1024.0 * 1024.0), "1.0 MiB");
        assert_eq!(bytes(2048.0 * 1024.0 * 1024.0), "2.0 GiB");
    }
}

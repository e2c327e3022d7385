//! What a town takes, as a picture: time over people, with the range that was measured.

use std::fmt::Write as _;

use super::measure::Measured;
use super::projection::Projection;
use super::text::{bytes, duration, grouped};
use crate::requirement::Mode;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
/// Around the plot: for the title, the names of the axes and the figures along them.
const LEFT: f64 = 90.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 70.0;
const BOTTOM: f64 = 90.0;
/// Lines across.
const TICKS: u32 = 4;

/// Where a figure is drawn.
#[derive(Clone, Copy)]
struct Frame {
    people: f64,
    seconds: f64,
}

impl Frame {
    fn x(self, people: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * people / self.people
    }

    fn y(self, seconds: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * seconds / self.seconds
    }
}

/// The picture as SVG, readable without colours and, by its description, without eyes.
#[must_use]
pub fn svg(measured: &Measured, people: u32) -> String {
    let projections: Vec<(Mode, Projection)> = measured
        .iter()
        .filter_map(|(mode, trials)| Some((*mode, Projection::of(trials)?)))
        .collect();
    let most = projections
        .iter()
        .filter_map(|(_, projection)| projection.town(people).cpu_seconds)
        .fold(0.0, |most: f64, range| most.max(range.high));
    let frame = Frame {
        people: f64::from(people),
        // A machine that does not tell gets an empty plot and the figures it does tell.
        seconds: if most > 0.0 { most } else { 1.0 },
    };
    let mut out = String::new();
    head(&mut out, &projections, people);
    axes(&mut out, frame, people);
    for (number, (mode, projection)) in projections.iter().enumerate() {
        line(&mut out, frame, number, *mode, projection, people);
    }
    out.push_str("</svg>\n");
    out
}

fn head(out: &mut String, projections: &[(Mode, Projection)], people: u32) {
    let _ = write!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13" fill="#1a1a1a" role="img" aria-labelledby="title desc" lang="ja">
<title id="title">初期セットアップで模擬の側が使う時間（見込み）</title>
<desc id="desc">"##
    );
    for (mode, projection) in projections {
        let share = projection.town(people);
        let time = share
            .cpu_seconds
            .map_or_else(|| "測れません".to_owned(), |range| duration(range.middle));
        let memory = share
            .memory_bytes
            .map_or_else(|| "測れません".to_owned(), |range| bytes(range.middle));
        let _ = write!(
            out,
            "{}: {}人で、時間 {time}、メモリ {memory}、ジャーナル {}。",
            mode.long_ja(),
            grouped(people),
            bytes(share.journal_bytes)
        );
    }
    let _ = write!(
        out,
        r##"</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="{LEFT}" y="26" font-size="16" font-weight="bold">初期セットアップで模擬の側が使う時間（CPU、見込み）</text>
<text x="{LEFT}" y="46" fill="#555555">帯は測ったうちの最小と最大。ベンダー製品・回線・人の作業の時間は入りません。</text>
"##
    );
}

fn axes(out: &mut String, frame: Frame, people: u32) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for tick in 0..=TICKS {
        let part = f64::from(tick) / f64::from(TICKS);
        let (x, y) = (frame.x(frame.people * part), frame.y(frame.seconds * part));
        let number = (f64::from(people) * part).round() as u32;
        let _ = writeln!(
            out,
            r##"<line x1="{LEFT}" y1="{y:.1}" x2="{right}" y2="{y:.1}" stroke="#dddddd"/>
<text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>
<text x="{x:.1}" y="{:.1}" text-anchor="middle">{}人</text>"##,
            LEFT - 8.0,
            y + 4.0,
            duration(frame.seconds * part),
            bottom + 20.0,
            grouped(number),
        );
    }
    let _ = writeln!(
        out,
        r##"<line x1="{LEFT}" y1="{TOP}" x2="{LEFT}" y2="{bottom}" stroke="#1a1a1a"/>
<line x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="#1a1a1a"/>"##
    );
}

fn line(
    out: &mut String,
    frame: Frame,
    number: usize,
    mode: Mode,
    projection: &Projection,
    people: u32,
) {
    let (colour, dashes) = match mode {
        Mode::Api => ("#1f5fa8", "none"),
        Mode::File => ("#a8501f", "8 4"),
    };
    let share = projection.town(people);
    let legend = HEIGHT - BOTTOM + 46.0 + 20.0 * number as f64;
    let (x, y) = (frame.x(0.0), frame.y(0.0));
    let right = frame.x(frame.people);
    if let Some(range) = share.cpu_seconds {
        let _ = writeln!(
            out,
            r##"<path d="M{x:.1} {y:.1}L{right:.1} {:.1}L{right:.1} {:.1}Z" fill="{colour}" fill-opacity="0.15"/>
<line x1="{x:.1}" y1="{y:.1}" x2="{right:.1}" y2="{:.1}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>"##,
            frame.y(range.low),
            frame.y(range.high),
            frame.y(range.middle),
        );
    }
    let time = share
        .cpu_seconds
        .map_or_else(|| "測れません".to_owned(), |range| duration(range.middle));
    let memory = share
        .memory_bytes
        .map_or_else(|| "測れません".to_owned(), |range| bytes(range.middle));
    let _ = writeln!(
        out,
        r##"<line x1="{LEFT}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>
<text x="{:.1}" y="{legend:.1}">{}: {time}、メモリ {memory}、ジャーナル {}</text>"##,
        legend - 4.0,
        LEFT + 34.0,
        legend - 4.0,
        LEFT + 44.0,
        mode.long_ja(),
        bytes(share.journal_bytes),
    );
}

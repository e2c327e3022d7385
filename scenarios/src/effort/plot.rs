//! The outlook as a picture: hours over insured people, both in powers of ten.

use std::fmt::Write as _;

use super::outlook::{Outlook, SIZES};
use super::working_days::staff_hours;
use crate::requirement::Mode;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 430.0;
/// Around the plot: for the title, the names of the axes and the figures along them.
const LEFT: f64 = 90.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 110.0;
/// Minutes along the upright axis, with their names.
const TICKS: [(f64, &str); 7] = [
    (1.0, "1分"),
    (10.0, "10分"),
    (60.0, "1時間"),
    (600.0, "10時間"),
    (6_000.0, "100時間"),
    (60_000.0, "1,000時間"),
    (600_000.0, "1万時間"),
];

/// Where a figure is drawn.
struct Frame {
    lowest: f64,
    highest: f64,
}

impl Frame {
    fn of(outlooks: &[Outlook]) -> Self {
        let most = outlooks
            .iter()
            .flat_map(|outlook| SIZES.map(|people| outlook.town(people).minutes()))
            // A day of staff, and room above it.
            .fold(601.0, f64::max);
        let above = TICKS.iter().map(|(minutes, _)| *minutes);
        let highest = above
            .filter(|tick| *tick >= most)
            .fold(f64::INFINITY, f64::min);
        Self {
            lowest: TICKS[0].0,
            highest: if highest.is_finite() { highest } else { most },
        }
    }

    fn x(people: u32) -> f64 {
        let first = f64::from(SIZES[0]).log10();
        let last = f64::from(SIZES[SIZES.len() - 1]).log10();
        LEFT + (WIDTH - LEFT - RIGHT) * (f64::from(people).log10() - first) / (last - first)
    }

    fn y(&self, minutes: f64) -> f64 {
        let place = minutes.clamp(self.lowest, self.highest).log10() - self.lowest.log10();
        let all = self.highest.log10() - self.lowest.log10();
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * place / all
    }
}

/// The picture as SVG to stand in an HTML page, readable without colours and, by its description, without eyes.
#[must_use]
pub fn svg(outlooks: &[Outlook], description: &str) -> String {
    let frame = Frame::of(outlooks);
    let mut out = format!(
        r##"<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" style="max-width:100%;height:auto" font-family="sans-serif" font-size="13" fill="#1a1a1a" role="img" aria-labelledby="effort-title effort-desc">
<title id="effort-title">初期セットアップにかかる時間の見込み</title>
<desc id="effort-desc">{}</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="{LEFT}" y="26" font-size="16" font-weight="bold">初期セットアップにかかる時間の見込み（横: 被保険者数、縦: 時間）</text>
<text x="{LEFT}" y="46" fill="#4a5260">太い線は全部の時間、細い線はそのうちの人の作業。目盛りは10倍ごと。</text>
"##,
        escaped(description)
    );
    axes(&mut out, &frame);
    day(&mut out, &frame);
    for (number, outlook) in outlooks.iter().enumerate() {
        lines(&mut out, &frame, number, outlook);
    }
    out.push_str("</svg>\n");
    out
}

fn axes(out: &mut String, frame: &Frame) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for (minutes, name) in TICKS
        .iter()
        .filter(|(minutes, _)| *minutes <= frame.highest)
    {
        let y = frame.y(*minutes);
        let _ = writeln!(
            out,
            r##"<line x1="{LEFT}" y1="{y:.1}" x2="{right}" y2="{y:.1}" stroke="#dddddd"/>
<text x="{:.1}" y="{:.1}" text-anchor="end">{name}</text>"##,
            LEFT - 8.0,
            y + 4.0,
        );
    }
    for people in SIZES {
        let x = Frame::x(people);
        let name = if people < 10_000 {
            format!("{}千", people / 1_000)
        } else {
            format!("{}万", people / 10_000)
        };
        let _ = writeln!(
            out,
            r##"<line x1="{x:.1}" y1="{bottom}" x2="{x:.1}" y2="{:.1}" stroke="#1a1a1a"/>
<text x="{x:.1}" y="{:.1}" text-anchor="middle">{name}人</text>"##,
            bottom + 5.0,
            bottom + 20.0,
        );
    }
    let _ = writeln!(
        out,
        r##"<path d="M{LEFT} {TOP}L{LEFT} {bottom}L{right} {bottom}" fill="none" stroke="#1a1a1a"/>"##
    );
}

/// The line that the rule is about: one day of staff.
fn day(out: &mut String, frame: &Frame) {
    let Ok(hours) = staff_hours() else { return };
    let y = frame.y(hours.minutes() as f64);
    let _ = writeln!(
        out,
        r##"<line x1="{LEFT}" y1="{y:.1}" x2="{:.1}" y2="{y:.1}" stroke="#a4161a" stroke-dasharray="2 4"/>
<text x="{:.1}" y="{:.1}" fill="#a4161a">職員の1日の定時（{hours}）</text>"##,
        WIDTH - RIGHT,
        LEFT + 8.0,
        y - 6.0,
    );
}

fn lines(out: &mut String, frame: &Frame, number: usize, outlook: &Outlook) {
    let (colour, dashes) = match outlook.mode {
        Mode::Api => ("#1f5fa8", "none"),
        Mode::File => ("#a8501f", "8 4"),
    };
    let towns = SIZES.map(|people| outlook.town(people));
    let drawn = |minutes: &dyn Fn(usize) -> f64| -> String {
        let points = SIZES.iter().enumerate().map(|(place, people)| {
            format!("{:.1},{:.1}", Frame::x(*people), frame.y(minutes(place)))
        });
        points.collect::<Vec<_>>().join(" ")
    };
    let all = drawn(&|place| towns[place].minutes());
    let by_hand = drawn(&|place| towns[place].hands.minutes() as f64);
    let legend = HEIGHT - BOTTOM + 48.0 + 22.0 * number as f64;
    let _ = writeln!(
        out,
        r##"<polyline points="{all}" fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>
<polyline points="{by_hand}" fill="none" stroke="{colour}" stroke-width="1" stroke-dasharray="{dashes}"/>
<line x1="{LEFT}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>
<text x="{:.1}" y="{legend:.1}">{}</text>"##,
        legend - 4.0,
        LEFT + 34.0,
        legend - 4.0,
        LEFT + 44.0,
        outlook.mode.long_ja(),
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

//! Whether records, requests and files have the form that the interface profile demands.
//!
//! One fault of a vendor spoils every record of a kind: equal faults are one violation, with how often
//! it was seen and whose records were the first.

use super::facts::Facts;
use super::observation::Watch;
use super::refusal::{Refused, refused};
use crate::witness::{Exchange, kind_name};

/// Codes that say a record or request does not fit the profile.
const FORM_CODES: &[&str] = &[
    "E001", "E002", "E003", "E004", "E005", "E007", "E008", "E009", "S400", "S404", "S405", "S413",
    "S415", "B001", "B002", "B003", "B004",
];
/// The code of a number whose check digit is wrong.
const CHECK_DIGIT: &[&str] = &["E006"];
/// How many of the people are named.
const PLACES_MAX: usize = 3;

/// FORM-01: follows the chosen interface profile.
pub(super) fn follows_the_profile(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "連携仕様（プロファイル）の項目・型・桁・符号・文字に従う";
    let by_themselves = |exchange: &&Exchange| !facts.struck.contains(&exchange.request.id);
    let mut faults = Faults::default();
    for exchange in facts.traffic.exchanges.iter().filter(by_themselves) {
        let codes = exchange.error_codes().into_iter();
        let wrong: Vec<&str> = codes.filter(|code| FORM_CODES.contains(code)).collect();
        for code in &wrong {
            let what = format!("{}が {code} で断られました", request_name(facts, exchange));
            faults.add(exchange.n, what, None);
        }
        if wrong.is_empty() && exchange.reply.is_some() {
            watch.held(exchange.n, expected);
        }
    }
    for upload in facts.sound_uploads() {
        let of_form = |code: &str| code.starts_with('F') || FORM_CODES.contains(&code);
        let problems = upload.answer.problems.iter();
        let mut wrong = problems.filter(|problem| of_form(&problem.code)).peekable();
        if wrong.peek().is_none() && upload.is_accepted() {
            watch.held(upload.n, expected);
        }
        for problem in wrong {
            let what = format!(
                "ファイルの組が {} で断られました（{}）",
                problem.code, problem.message
            );
            faults.add(upload.n, what, problem.file.clone());
        }
    }
    for one in refused(facts, FORM_CODES) {
        faults.add_refused(&one);
    }
    faults.tell(watch, expected);
}

/// FORM-02: insurer numbers and 個人番号 have right check digits.
pub(super) fn check_digits_hold(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "保険者番号と個人番号は検査数字が正しい";
    let mut faults = Faults::default();
    for one in refused(facts, CHECK_DIGIT) {
        faults.add_refused(&one);
    }
    faults.tell(watch, expected);
    for sent in facts.sent.iter().filter(|sent| sent.kind == "person") {
        watch.held(sent.n, expected);
    }
}

/// A request as its reader would call it.
fn request_name(facts: &Facts<'_>, exchange: &Exchange) -> String {
    let resource = exchange.request.path.rsplit('/').next().unwrap_or_default();
    match facts.profile.kind_by_path(resource) {
        Some(kind) => {
            let kind = facts.profile.layout(kind).id();
            format!("「{}」の登録の要求", kind_name(facts.profile, kind))
        }
        None => format!("要求 {} {}", exchange.request.method, exchange.request.path),
    }
}

/// Faults by what they are, in the order in which they were first seen.
#[derive(Default)]
struct Faults(Vec<Fault>);

struct Fault {
    what: String,
    n: u64,
    count: usize,
    places: Vec<String>,
}

impl Faults {
    fn add(&mut self, n: u64, what: String, place: Option<String>) {
        let index = match self.0.iter().position(|known| known.what == what) {
            Some(index) => index,
            None => {
                self.0.push(Fault {
                    what,
                    n,
                    count: 0,
                    places: Vec::new(),
                });
                self.0.len() - 1
            }
        };
        if let Some(fault) = self.0.get_mut(index) {
            fault.count += 1;
            let is_new = |place: &String| !fault.places.contains(place);
            if let Some(place) = place.filter(is_new) {
                fault.places.push(place);
            }
        }
    }

    fn add_refused(&mut self, refused: &Refused) {
        let what = format!(
            "「{}」の項目「{}」が {} で断られました（{}）",
            refused.kind, refused.item, refused.code, refused.message
        );
        let number = refused.insured_number.clone();
        self.add(
            refused.n,
            what,
            Some(number).filter(|number| !number.is_empty()),
        );
    }

    fn tell(self, watch: &mut Watch, expected: &str) {
        for fault in self.0 {
            watch.violated(fault.n, expected, fault.told());
        }
    }
}

impl Fault {
    fn told(&self) -> String {
        let first = self.places.get(..PLACES_MAX).unwrap_or(&self.places);
        let mut shown = first.join("、");
        if first
            .iter()
            .flat_map(|place| place.chars())
            .all(|letter| letter.is_ascii_digit())
        {
            shown = format!("被保険者番号 {shown}");
        }
        let more = if self.places.len() > PLACES_MAX {
            " など"
        } else {
            ""
        };
        match (self.count, shown.is_empty()) {
            (1, true) => self.what.clone(),
            (1, false) => format!("{}。{shown}", self.what),
            (count, true) => format!("{}。同じもの{count}件", self.what),
            (count, false) => format!("{}。同じもの{count}件（{shown}{more}）", self.what),
        }
    }
}

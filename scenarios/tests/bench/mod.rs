//! `tekigo bench`: measured here, projected to a town, and never a verdict.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use tekigo::bench::{Measured, Projection, Trial, svg, table};
use tekigo::requirement::Mode;

use crate::certify::program::Desk;

fn measured() -> Measured {
    let trial = |people: u32, microseconds: u32| Trial {
        people,
        records: 5 * u64::from(people),
        bytes: 1_500 * u64::from(people),
        sendings: 5,
        cpu_seconds: Some(f64::from(microseconds) / 1e6 * f64::from(people)),
        memory_bytes: Some(2_048 * u64::from(people)),
        journal_bytes: 3_000 * u64::from(people),
    };
    BTreeMap::from([
        (
            Mode::Api,
            vec![trial(1_000, 30), trial(4_000, 20), trial(4_000, 25)],
        ),
        (
            Mode::File,
            vec![trial(1_000, 40), trial(4_000, 30), trial(4_000, 35)],
        ),
    ])
}

/// Every text of a picture, and how many elements of each name it has. It has to be XML.
fn read(svg: &str) -> (Vec<String>, BTreeMap<String, usize>) {
    let mut reader = Reader::from_str(svg);
    let (mut texts, mut elements) = (Vec::new(), BTreeMap::new());
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(element) | Event::Empty(element) => {
                let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
                for attribute in element.attributes() {
                    attribute.expect("an attribute");
                }
                *elements.entry(name).or_default() += 1;
            }
            Event::Text(text) => texts.push(text.decode().expect("UTF-8").into_owned()),
            Event::Eof => return (texts, elements),
            Event::End(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

#[test]
fn a_small_town_is_measured_and_projected() {
    let desk = Desk::new();
    let ran = desk.run(&[
        "bench", "--people", "1000", "--mode", "file", "--out", "plot.svg",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for said in [
        "合否の判定ではありません",
        "方式②",
        "→ 1,000人",
        "940,000人",
        "ここから言えないこと",
    ] {
        assert!(
            ran.stdout.contains(said),
            "{said} is missing in {}",
            ran.stdout
        );
    }
    assert!(!ran.stdout.contains("方式①"), "{}", ran.stdout);
    assert!(ran.stderr.contains("測っています… 0/3"), "{}", ran.stderr);
    assert!(ran.stderr.contains("測っています… 3/3"), "{}", ran.stderr);
    let plot = std::fs::read_to_string(desk.path().join("plot.svg")).expect("a plot");
    let (texts, _) = read(&plot);
    assert!(texts.iter().any(|text| text == "1,000人"), "{texts:?}");
}

#[test]
fn a_wrong_size_is_refused() {
    let desk = Desk::new();
    for people in ["0", "999", "940001", "-1", "many"] {
        let ran = desk.run(&["bench", &format!("--people={people}")]);
        assert_eq!(ran.code, Some(2), "{people}: {}", ran.stderr);
        assert!(ran.stderr.contains("--people"), "{}", ran.stderr);
        assert_eq!(ran.stdout, "", "{people}");
    }
}

#[test]
fn a_plot_that_cannot_be_written_is_said() {
    let desk = Desk::new();
    let ran = desk.run(&[
        "bench",
        "--people",
        "1000",
        "--mode",
        "api",
        "--out",
        "no/plot.svg",
    ]);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("no/plot.svg"), "{}", ran.stderr);
}

#[test]
fn the_words_tell_what_was_measured_and_what_was_not() {
    insta::assert_snapshot!(table(&measured(), 50_000, 7));
}

#[test]
fn the_plot_is_xml_and_holds_its_figures() {
    let (texts, elements) = read(&svg(&measured(), 100_000));
    for figure in ["0人", "25,000人", "100,000人"] {
        assert!(
            texts.iter().any(|text| text == figure),
            "{figure}: {texts:?}"
        );
    }
    for mode in Mode::ALL {
        let legend = texts.iter().find(|text| text.starts_with(mode.long_ja()));
        let legend = legend.expect("a line in the legend");
        let share = Projection::of(&measured()[&mode])
            .expect("measured")
            .town(100_000);
        let seconds = share.cpu_seconds.expect("measured").middle;
        assert!(legend.contains(&format!("{seconds:.1}秒")), "{legend}");
        assert!(legend.contains("MiB"), "{legend}");
    }
    // A band for each mode.
    assert_eq!(elements.get("path"), Some(&2));
    assert_eq!(elements.get("svg"), Some(&1));
}

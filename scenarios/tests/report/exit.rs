use serde_json::json;
use tekigo::report::table::{Colour, Console, render};
use tekigo::verdict::{EXIT_CODES, ExitCode, Mode, Party, Selection, exit_code};

use super::builder::{STEPS, journal};
use super::city::{Run, city, facts};

use Mode::Api;

fn violated(id: &str) -> super::builder::Journal {
    journal(id, Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(false)
        .failed(2, "violated", "届いていません")
        .end("failed")
}

#[test]
fn every_code_is_listed_once_under_its_number() {
    let codes: Vec<u8> = EXIT_CODES.iter().map(|(code, _)| code.code()).collect();
    assert_eq!(codes, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn an_unmet_recommendation_is_listed_and_strict_runs_end_with_it() {
    let run = Run::of(&[("SYNC-01", Api), ("SETUP-08", Api)]).ran(violated("SETUP-08/01"));
    assert_eq!(exit_code(&run.judged(), false), ExitCode::Success);
    assert_eq!(exit_code(&run.judged(), true), ExitCode::Open);
}

#[test]
fn strict_lifts_an_inferred_rule_to_a_failure() {
    let run = Run::of(&[("SYNC-01", Api), ("CONN-05", Api)]).ran(violated("CONN-05/01"));
    assert_eq!(exit_code(&run.judged(), false), ExitCode::Success);
    assert_eq!(exit_code(&run.strict().judged(), true), ExitCode::Failed);
}

#[test]
fn only_unmet_recommendations_are_not_a_green_run() {
    let run = Run::of(&[("SETUP-08", Api)]).ran(violated("SETUP-08/01"));
    assert_eq!(exit_code(&run.judged(), false), ExitCode::Undecided);
}

#[test]
fn a_failure_outweighs_settings_and_settings_outweigh_doubt() {
    let table = city().judged();
    assert_eq!(exit_code(&table, false), ExitCode::Failed);
    let gap = Run::of(&[("SYNC-01", Api)]).planned("SYNC-01/02", "飛ばされた", Api);
    assert_eq!(
        exit_code(&gap.gap("CONN-99", Api).judged(), false),
        ExitCode::Settings
    );
}

/// A run of rules of the portal alone finds nothing, and says nothing about the product.
#[test]
fn a_run_without_the_product_says_so_and_what_was_looked_at() {
    let portal = journal("VIEW-01/01", Api, &STEPS)
        .event("portal", "portal.answer", &json!({ "done": true }))
        .passed(0)
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed");
    let mut run = Run::of(&[("VIEW-01", Api)]).ran(portal);
    for facts in &mut run.catalogue {
        facts.party = Party::Portal;
    }
    run.plan.selection = Selection::Part {
        asked: "--tags @VIEW-01".to_owned(),
    };
    let table = run.judged();
    assert_eq!(exit_code(&table, false), ExitCode::Undecided);
    let facts = facts();
    let console = Console {
        facts: &facts,
        report: None,
        width: 200,
        colour: Colour::Plain,
    };
    let text = render(&table, &console);
    for said in [
        "製品の規則は一つも試していない",
        "製品の規則のシナリオも選んで",
    ] {
        assert!(text.contains(said), "{text}");
    }
    for wrong in ["判定できていない規則が残っています", "製品からの通信 0件"]
    {
        assert!(!text.contains(wrong), "{text}");
    }
}

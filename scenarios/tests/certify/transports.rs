//! The same build gets the same verdicts however it is spoken to.

use serde_json::json;

use super::program::Desk;

/// Connection, set-up with outages and restarts, ordinary business, consent.
const PART: &str = "@CONN-05 or @SETUP-01 or @SETUP-04 or @SYNC-05 or @CONSENT-01";

fn vendor_toml(interface: &str, speaking: &[&str], fault: &str) -> String {
    let database = ["--database", "{data}/vendor.sqlite"];
    let words = [
        &["{tekigo}", "reference-vendor"],
        speaking,
        &database,
        &["--fault", fault],
    ]
    .concat();
    format!(
        "[vendor]\nproduct = \"tekigo 基準ベンダー 介護保険システム\"\nvendor = \"tekigo\"\nversion = \"{}\"\n\
         modes = [\"api\", \"file\"]\n[start]\ninterface = \"{interface}\"\ncommand = {}\n[declaration]\n\
         functions = [\"board_material\", \"character_replacement_view\", \"electronic_opinion\", \"plan_request\"]\n\
         clock = \"follows\"\n",
        env!("CARGO_PKG_VERSION"),
        json!(words),
    )
}

/// The verdicts by rule and mode.
fn verdicts(interface: &str, speaking: &[&str]) -> (Option<i32>, Vec<String>) {
    let desk = Desk::new();
    let text = vendor_toml(interface, speaking, "sends_blank_as_given");
    desk.write("vendor.toml", &text);
    let ran = desk.certify(&["--vendor", "vendor.toml", "--tags", PART]);
    let cells = ran.cells();
    let told = cells
        .iter()
        .map(|(id, verdict, cell)| format!("{id} {} {verdict}", cell["mode"]));
    (ran.code, told.collect())
}

#[test]
fn http_and_lines_lead_to_the_same_verdicts() {
    let over_http = verdicts("http", &["--listen", "{address}"]);
    let by_lines = verdicts("stdio", &["--stdio"]);
    assert_eq!(over_http.0, Some(1), "the fault is caught");
    assert!(over_http.1.len() > 10, "{over_http:?}");
    assert_eq!(over_http, by_lines);
}

//! A product that is made otherwise, and right, has nothing held against it.

use super::program::Desk;

#[test]
fn a_harmless_difference_leaves_everything_green_and_stands_in_the_command_that_repeats_it() {
    for variant in ["escapes_json", "newest_first"] {
        let desk = Desk::new();
        let tags = "@SYNC-05 or @SYNC-06";
        let ran = desk.certify(&["--variant", variant, "--tags", tags]);
        assert_eq!(ran.code, Some(0), "{variant}\n{}", ran.stdout);
        assert_eq!(ran.violated(), Vec::<String>::new(), "{variant}");
        let report = std::fs::read_to_string(desk.path().join("report/report.json"));
        let command = format!("tekigo certify --variant {variant} --seed ");
        assert!(report.expect("a report").contains(&command), "{variant}");
    }
}

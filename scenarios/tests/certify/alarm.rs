//! `tekigo show-failure`: the alarm is heard before its silence is trusted.

use super::program::{Desk, turn};

#[test]
fn a_fault_of_choice_makes_the_alarm_ring() {
    let _turn = turn();
    let desk = Desk::new();
    let list = desk.run(&["show-failure"]);
    assert_eq!(list.code, Some(0), "{}", list.stderr);
    assert!(list.stdout.lines().count() > 137, "{}", list.stdout);
    let name = "sends_blank_as_given";
    assert!(list.stdout.contains(name), "{}", list.stdout);
    let rung = desk.run(&["show-failure", name, "--report", "report"]);
    assert_eq!(rung.code, Some(0), "{}\n{}", rung.stdout, rung.stderr);
    assert!(rung.stdout.contains("警報は鳴りました"), "{}", rung.stdout);
    assert!(rung.stdout.contains("× 不合格"), "{}", rung.stdout);
    assert!(!rung.violated().is_empty());
}

#[test]
fn a_fault_that_there_is_not_is_no_alarm() {
    let desk = Desk::new();
    let ran = desk.run(&["show-failure", "no_such_fault"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("「no_such_fault」はありません"),
        "{}",
        ran.stderr
    );
}

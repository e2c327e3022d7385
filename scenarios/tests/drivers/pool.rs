//! Builds are handed out emptied, one to a scenario, and replaced when they die.

use std::time::Duration;

use serde_json::json;
use tekigo::control::Operation;
use tekigo::drivers::{Ending, LeaseError, VendorPool};
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

use super::starter::vendor_file;
use super::{sham, stub};

fn sham_pool(jobs: usize) -> VendorPool {
    VendorPool::new(vendor_file(&sham::vendor_toml("none")), jobs)
}

#[tokio::test]
async fn builds_are_reused_and_no_more_than_jobs_run() {
    let pool = sham_pool(2);
    let (first, second) = (
        pool.lease().await.expect("one"),
        pool.lease().await.expect("two"),
    );
    assert_ne!(first.reached(), second.reached());
    let third = tokio::time::timeout(Duration::from_millis(200), pool.lease()).await;
    assert!(third.is_err(), "both are taken");
    let address = first.reached();
    drop(first);
    let third = pool.lease().await.expect("the first again");
    assert_eq!(third.reached(), address);
    drop((second, third));
    assert_eq!(pool.stop().await, [Ending::Shutdown, Ending::Shutdown]);
}

#[tokio::test]
async fn builds_that_start_at_once_do_not_meet() {
    let pool = sham_pool(6);
    let leases = futures::future::join_all((0..6).map(|_| pool.lease())).await;
    let mut addresses: Vec<_> = leases
        .iter()
        .map(|lease| lease.as_ref().expect("it starts").reached())
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 6);
}

#[test]
fn a_build_outlives_the_runtime_in_which_it_was_started() {
    let runtime = || tokio::runtime::Runtime::new().expect("a runtime");
    let pool = sham_pool(1);
    let first = runtime().block_on(async { pool.lease().await.expect("it starts").reached() });
    let second = runtime().block_on(async { pool.lease().await.expect("it still runs").reached() });
    assert_eq!(first, second);
    assert_eq!(runtime().block_on(pool.stop()), [Ending::Shutdown]);
}

#[tokio::test]
async fn a_build_that_died_is_started_again_for_the_next_scenario() {
    let pool = sham_pool(1);
    let mut lease = pool.lease().await.expect("it starts");
    lease
        .call(Operation::ViewLink, &json!({}))
        .await
        .expect_err("the sham dies of this");
    drop(lease);
    let mut lease = pool.lease().await.expect("it starts again");
    let answer = lease.call(Operation::ViewPeople, &json!({})).await;
    assert_eq!(answer.expect("it answers").data()["count"], 2);
    drop(lease);
    pool.stop().await;
}

/// A pool for a stub at an address that answers `reset` with `reset`.
async fn stub_pool(reset: serde_json::Value) -> (VendorPool, wiremock::MockServer) {
    let declare = ResponseTemplate::new(200).set_body_json(stub::done(Operation::Declare));
    let server = stub::answering(Operation::Declare, declare).await;
    Mock::given(path("/tekigo/v1/reset"))
        .respond_with(ResponseTemplate::new(200).set_body_json(reset))
        .mount(&server)
        .await;
    let text =
        sham::file("[]", 1).replace("command = []", &format!("address = \"{}\"", server.uri()));
    (VendorPool::new(vendor_file(&text), 8), server)
}

#[tokio::test]
async fn of_a_build_at_an_address_there_is_only_one() {
    let (pool, _server) = stub_pool(stub::done(Operation::Reset)).await;
    assert_eq!(pool.slots(), 1);
    let lease = pool.lease().await.expect("it is there");
    let second = tokio::time::timeout(Duration::from_millis(100), pool.lease()).await;
    assert!(second.is_err(), "it is taken");
    drop(lease);
    assert_eq!(pool.stop().await, [Ending::LeftRunning]);
}

#[tokio::test]
async fn a_build_that_does_not_empty_itself_is_not_handed_out_and_its_slot_stays_free() {
    let refusal = json!({"result": "refused", "reason": "処理中です", "data": {}});
    let (pool, _server) = stub_pool(refusal).await;
    for _ in 0..2 {
        let error = pool.lease().await.expect_err("it is not empty");
        assert!(matches!(error, LeaseError::NotReset { .. }), "{error}");
        assert!(error.to_string().contains("処理中です"), "{error}");
    }
}

#[tokio::test]
async fn a_build_that_does_not_start_frees_its_slot() {
    let command = r#"["/bin/sh", "-c", "exit 3", "{address}"]"#;
    let pool = VendorPool::new(vendor_file(&sham::file(command, 1)), 1);
    for _ in 0..2 {
        let error = pool.lease().await.expect_err("it does not start");
        assert!(matches!(error, LeaseError::Start(_)), "{error}");
    }
}

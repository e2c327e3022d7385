//! Tests of the test-control interface and of how the judge reaches a vendor build.

mod drivers;

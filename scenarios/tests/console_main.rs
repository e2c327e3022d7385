//! The console, worked over HTTP as a browser would: a person reads each instruction, carries it out on a product
//! of their own, and writes the answer into the form.
#![allow(missing_docs, reason = "tests")]
#![allow(
    unused_crate_dependencies,
    reason = "the library needs more than these tests"
)]

mod console;

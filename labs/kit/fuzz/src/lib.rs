//! What is fuzzed: `kit::http1`, compiled by itself.

#[path = "../../src/http1/mod.rs"]
pub mod http1;

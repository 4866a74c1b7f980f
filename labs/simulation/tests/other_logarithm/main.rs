//! A run with std's `ln`, `exp` or `pow` in place of libm's is caught by its digest.
//!
//! This program compiles the sources of generator and distributions a second time, next to another `transcendental`,
//! and makes the same draws with both. Most results agree to the last bit, and most that do not are rounded to the
//! same nanosecond; the generator's trace of raw bits sees the others.

// The sources are compiled whole, and each is public where it is at home.
#![allow(dead_code, unreachable_pub, unused_imports)]

#[path = "../../src/digest.rs"]
mod digest;
#[path = "../../src/distribution/mod.rs"]
mod distribution;
#[path = "../../src/generator.rs"]
mod generator;
#[path = "../../src/time.rs"]
mod time;
mod transcendental;

use digest::Digest;
use generator::Generator;
use time::Duration;

const DRAWS: u64 = 20_000;

/// Makes the same draws with the same seed from a distribution of the crate and from the one compiled here.
macro_rules! compare {
    ($distribution:ident($($parameter:expr),*), $draw:ident) => {{
        let run_of_ours = {
            use simulation::{$distribution, Digest, Distribution, Duration, Generator};
            let mut random = Generator::new(1);
            let distribution = $distribution::new($($parameter),*);
            let draws: Vec<_> = (0..DRAWS).map(|_| distribution.$draw(&mut random)).collect();
            (Digest::of(&draws), Digest::of(&random))
        };
        let run_with_std = {
            use distribution::{$distribution, Distribution};
            let mut random = Generator::new(1);
            let distribution = $distribution::new($($parameter),*);
            let draws: Vec<_> = (0..DRAWS).map(|_| distribution.$draw(&mut random)).collect();
            (Digest::of(&draws), Digest::of(&random))
        };
        (run_of_ours, run_with_std)
    }};
}

#[test]
fn a_logarithm_from_std_is_seen_though_every_draw_is_the_same() {
    let (ours, with_std) = compare!(Exponential(Duration::from_millis(1)), draw);
    assert_eq!(ours.0, with_std.0, "all are rounded to the same nanosecond");
    assert_ne!(ours.1, with_std.1, "the trace has the raw bits");
}

#[test]
fn an_exponential_from_std_is_seen() {
    let (ours, with_std) = compare!(LogNormal(Duration::from_millis(1), 0.5), draw);
    assert_ne!(ours.1, with_std.1);
}

#[test]
fn a_power_from_std_is_seen() {
    let (ours, with_std) = compare!(Zipf(1000, 0.8), rank);
    assert_ne!(ours.1, with_std.1);
}

#[test]
fn draws_without_such_functions_are_the_same() {
    let (least, most) = (1, 1_000_000);
    let (ours, with_std) = compare!(
        Uniform(Duration::from_nanos(least), Duration::from_nanos(most)),
        draw
    );
    assert_eq!(
        ours, with_std,
        "so the two differ in nothing but those functions"
    );
}

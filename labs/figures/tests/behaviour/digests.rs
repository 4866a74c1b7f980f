//! The same state, to the last bit, wherever a figure runs.
//!
//! `digests.txt` holds what a native run gives after a minute, for each figure and a dozen seeds. labbook's tests compare
//! the WebAssembly module with it, in an interpreter and in a browser. It is written anew with UPDATE_DIGESTS=1.

use std::fmt::Write;

use figures::catalogue::names;

use super::Opened;

const SEEDS: [u64; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 42, 1_000, 4_294_967_296, u64::MAX];

#[test]
fn a_minute_of_each_figure_ends_as_it_always_did() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/digests.txt");
    let mut now = String::new();
    for name in names() {
        for seed in SEEDS {
            let mut figure = Opened::new(&format!("figure={name}\nseed={seed}"));
            figure.seek(60_000);
            writeln!(now, "{name} {seed} {:016x}", figure.digest()).expect("a string takes all");
        }
    }
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        std::fs::write(path, &now).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(path).expect("digests.txt stands beside Cargo.toml");
    assert_eq!(
        kept, now,
        "if the models were meant to change: UPDATE_DIGESTS=1 cargo test -p figures"
    );
}

#[test]
fn another_seed_is_another_run() {
    for name in names() {
        let digest = |seed: u64| {
            let mut figure = Opened::new(&format!("figure={name}\nseed={seed}"));
            figure.seek(5_000);
            figure.digest()
        };
        assert_ne!(digest(1), digest(2), "{name}");
    }
}

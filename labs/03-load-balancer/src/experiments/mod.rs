//! The experiments of chapter 3, one folder each: what is set up, what runs, what the chapter claims of it.
//!
//! Each is a `plan`. It runs in virtual time (`simulated`), over real sockets (`measured`), and with nginx or HAProxy in our
//! balancer's place (`stage`); `quiet` watches whether the machine had time for it. Numbers go under the names that
//! chapters use (`numbers`); a claim is judged alike for all three (`judge`).

mod affinity;
mod detection;
mod judge;
mod layers;
mod lines;
mod numbers;
mod plan;
mod policies;
mod quiet;
mod rolling_deploy;
mod side_by_side;
mod stage;
mod stale_views;
mod sticky;

use kit::experiment::Experiment;

/// All of them, in the order of the chapter.
pub const EXPERIMENTS: &[&dyn Experiment] = &[
    &policies::PLAN,
    &lines::PLAN,
    &stale_views::PLAN,
    &layers::PLAN,
    &detection::PLAN,
    &rolling_deploy::PLAN,
    &affinity::PLAN,
    &sticky::PLAN,
];

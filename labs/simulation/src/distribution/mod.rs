//! How long things take, and which key is asked for: each distribution with its source and its mean.
//!
//! A draw is a [`Duration`] rounded to whole nanoseconds. Parameters are fixed when a distribution is made; to change
//! one in the middle of a run, put another in its place.

mod exponential;
mod log_normal;
mod pareto;
mod uniform;
mod zipf;

pub use exponential::Exponential;
pub use log_normal::LogNormal;
pub use pareto::BoundedPareto;
pub use uniform::{Constant, Uniform};
pub use zipf::Zipf;

use crate::{Duration, Generator};

/// Something that lengths of time can be drawn from.
pub trait Distribution {
    /// One length of time.
    fn draw(&self, random: &mut Generator) -> Duration;
}

//! Snapshots as pictures, for the live figures and the dashboard alike.

mod balancer;
mod clients;
mod desk;
mod detection;
mod keys;
mod lanes;
mod lines;
mod looks;
mod numbers;
mod ring;
mod shares;

pub use balancer::Balancer;
pub use detection::Detection;
pub use lines::Lines;
pub use ring::Ring;

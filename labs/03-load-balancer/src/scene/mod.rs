//! Snapshots as pictures, for the live figures and the dashboard alike.

mod balancer;
mod clients;
mod desk;
mod detection;
mod lanes;
mod looks;

pub use balancer::Balancer;
pub use detection::Detection;

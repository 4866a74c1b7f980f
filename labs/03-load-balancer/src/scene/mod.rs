//! Snapshots as pictures, for the live figures and the dashboard alike.

mod balancer;

pub use balancer::Balancer;

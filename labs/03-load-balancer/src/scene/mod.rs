//! Snapshots as pictures, for the live figures and the dashboard alike.

mod balancer;
mod clients;
mod desk;

pub use balancer::Balancer;

//! The systems of the figures in virtual time. They drive the policies; what is seen of them is a
//! [`snapshot`](crate::snapshot).
//!
//! [`pool`] is a balancer in front of four servers, clients and probes included. [`BalancerModel`] and [`DetectionModel`]
//! are that system with other controls and another view; [`RingModel`] is about keys and who keeps them.

mod balancer;
mod detection;
pub mod pool;
mod ring;

pub use balancer::BalancerModel;
pub use detection::DetectionModel;
pub use ring::RingModel;

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

use scene::control::{Choice, Control, Kind};

/// A control that picks any of the pool's servers.
const fn servers(name: &'static str, label: &'static str) -> Control {
    const SERVERS: &[Choice] = &[
        Choice {
            value: "1",
            label: "1",
        },
        Choice {
            value: "2",
            label: "2",
        },
        Choice {
            value: "3",
            label: "3",
        },
        Choice {
            value: "4",
            label: "4",
        },
    ];
    Control {
        name,
        label,
        kind: Kind::Several {
            options: SERVERS,
            default: 0,
        },
    }
}

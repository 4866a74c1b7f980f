//! The systems of the figures in virtual time. They drive the policies; what is seen of them is a
//! [`snapshot`](crate::snapshot).
//!
//! [`pool`] is a balancer in front of four servers, clients and probes included. [`BalancerModel`] and [`DetectionModel`]
//! are that system with other controls and another view; [`LinesModel`] is two pools that get the same requests;
//! [`RingModel`] is about keys and who keeps them. [`fleet`] and [`affinity`] are for the experiments: any number of servers,
//! and nothing to look at.

pub mod affinity;
mod balancer;
mod detection;
pub mod fleet;
mod lines;
pub mod pool;
mod ring;

pub use balancer::BalancerModel;
pub use detection::DetectionModel;
pub use lines::LinesModel;
pub use ring::RingModel;

use scene::control::{Choice, Control, Kind};

/// The policies that figures offer, in the order that [`Chooser::of_choice`](pool::Chooser::of_choice) knows.
const POLICIES: &[Choice] = &[
    Choice {
        value: "random",
        label: "Random",
    },
    Choice {
        value: "round-robin",
        label: "Round robin",
    },
    Choice {
        value: "least-connections",
        label: "Least connections",
    },
    Choice {
        value: "two-choices",
        label: "Two choices",
    },
    Choice {
        value: "peak-ewma",
        label: "Peak-EWMA",
    },
];

/// A server's number as an option.
const fn number(text: &'static str) -> Choice {
    Choice {
        value: text,
        label: text,
    }
}

/// The numbers of up to six servers.
const NUMBERS: &[Choice] = &[
    number("1"),
    number("2"),
    number("3"),
    number("4"),
    number("5"),
    number("6"),
];

/// A control that picks any of the pool's servers.
const fn servers(name: &'static str, label: &'static str) -> Control {
    let (options, _) = NUMBERS.split_at(pool::SERVERS as usize);
    Control {
        name,
        label,
        kind: Kind::Several {
            options,
            default: 0,
        },
    }
}

/// A control of how much work requests are: 0 is all alike, 1 is short and long.
const fn work(default: u32) -> Control {
    let options = &[
        Choice {
            value: "equal",
            label: "all alike",
        },
        Choice {
            value: "uneven",
            label: "short and long",
        },
    ];
    Control {
        name: "work",
        label: "Requests are",
        kind: Kind::Choice { options, default },
    }
}

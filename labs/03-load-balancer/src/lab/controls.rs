//! The pokes of the lab: the controls of its live figure, and two that only real servers have.

use std::string::String;
use std::sync::LazyLock;
use std::vec::Vec;

use scene::control::{Choice, Control, Kind};

use crate::model::BalancerModel;

/// What can be poked, in the order of the page.
pub(super) fn controls() -> &'static [Control] {
    static CONTROLS: LazyLock<Vec<Control>> = LazyLock::new(|| {
        // There is one balancer, so nobody tells it old news.
        let shared = BalancerModel::CONTROLS.iter();
        let shared = shared.filter(|control| control.name != "news").copied();
        shared.chain([FREEZE, DRAIN]).collect()
    });
    &CONTROLS
}

/// What a poke does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Poke {
    /// Another policy.
    Policy,
    /// More or fewer requests.
    Rate,
    /// All alike, or short and long.
    Work,
    /// Half as fast.
    Slow,
    /// The program is gone: connections are refused.
    Stop,
    /// The program stands still: connections are accepted, nothing is answered.
    Freeze,
    /// No new requests.
    Drain,
}

impl Poke {
    /// What the control of that name does.
    pub(super) fn of(name: &str) -> Option<Poke> {
        Some(match name {
            "policy" => Poke::Policy,
            "rate" => Poke::Rate,
            "work" => Poke::Work,
            "slow" => Poke::Slow,
            "stop" => Poke::Stop,
            "freeze" => Poke::Freeze,
            "drain" => Poke::Drain,
            _ => return None,
        })
    }
}

/// The place of the control that does this.
pub(super) fn place_of(poke: Poke) -> usize {
    let place = controls()
        .iter()
        .position(|control| Poke::of(control.name) == Some(poke));
    place.expect("every poke has a control: a test looks")
}

/// The value at the start of the control that does this, as it is written.
pub(super) fn default(poke: Poke) -> String {
    let control = &controls()[place_of(poke)];
    control.print(control.default())
}

const SERVERS: &[Choice] = &[number("1"), number("2"), number("3"), number("4")];

const fn number(text: &'static str) -> Choice {
    Choice {
        value: text,
        label: text,
    }
}

const FREEZE: Control = Control {
    name: "freeze",
    label: "Frozen servers",
    kind: Kind::Several {
        options: SERVERS,
        default: 0,
    },
};

const DRAIN: Control = Control {
    name: "drain",
    label: "Drained servers",
    kind: Kind::Several {
        options: SERVERS,
        default: 0,
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_poke_has_a_control() {
        for poke in [
            Poke::Policy,
            Poke::Rate,
            Poke::Work,
            Poke::Slow,
            Poke::Stop,
            Poke::Freeze,
            Poke::Drain,
        ] {
            place_of(poke);
        }
    }

    #[test]
    fn every_control_of_the_figure_does_something_here_but_old_news() {
        let known = |control: &&Control| Poke::of(control.name).is_none();
        let unknown: Vec<&str> = BalancerModel::CONTROLS
            .iter()
            .filter(known)
            .map(|control| control.name)
            .collect();
        assert_eq!(unknown, ["news"]);
        assert!(
            controls()
                .iter()
                .all(|control| Poke::of(control.name).is_some())
        );
    }
}

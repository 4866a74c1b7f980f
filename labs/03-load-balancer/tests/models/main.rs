//! The systems of the figures: they do what the chapter says, and their digest sees everything.

mod claims;
mod digest;
mod fleet;
mod lines;

use load_balancer::model::{BalancerModel, DetectionModel, LinesModel, RingModel};
use simulation::{Model, Time};

/// Values of all controls: their defaults, but for those named.
pub(crate) fn controls(all: &[scene::control::Control], named: &[(&str, &str)]) -> Vec<i32> {
    let value = |control: &scene::control::Control| {
        let found = named.iter().find(|(name, _)| *name == control.name);
        found.map_or(control.default(), |(_, text)| {
            control.parse(text).expect("a value of the control")
        })
    };
    for (name, _) in named {
        assert!(all.iter().any(|control| control.name == *name), "{name}");
    }
    all.iter().map(value).collect()
}

pub(crate) fn balancer(seed: u64, named: &[(&str, &str)]) -> BalancerModel {
    BalancerModel::new(seed, &controls(BalancerModel::CONTROLS, named))
}

pub(crate) fn detection(seed: u64, named: &[(&str, &str)]) -> DetectionModel {
    DetectionModel::new(seed, &controls(DetectionModel::CONTROLS, named))
}

pub(crate) fn lines(seed: u64, named: &[(&str, &str)]) -> LinesModel {
    LinesModel::new(seed, &controls(LinesModel::CONTROLS, named))
}

pub(crate) fn ring(seed: u64, named: &[(&str, &str)]) -> RingModel {
    RingModel::new(seed, &controls(RingModel::CONTROLS, named))
}

/// Sets a control by its name.
pub(crate) fn set<M: Model>(
    model: &mut M,
    all: &[scene::control::Control],
    (name, text): (&str, &str),
) {
    let place = all
        .iter()
        .position(|control| control.name == name)
        .expect("a control");
    let value = all[place].parse(text).expect("a value of the control");
    model.set(place as u16, value);
}

pub(crate) fn run<M: Model>(mut model: M, seconds: u64) -> M {
    model.run_until(Time::from_secs(seconds));
    model
}

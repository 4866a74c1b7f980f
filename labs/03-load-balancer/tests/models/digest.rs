//! Move any one event by a nanosecond, and the digest a minute later is another.

use load_balancer::model::pool::Pool;
use load_balancer::model::{BalancerModel, DetectionModel, LinesModel, RingModel};
use simulation::{Duration, Model, Time};

use super::{balancer, detection, lines, ring};

/// From one event that is moved to the next that is: a prime, so that no kind of event is passed over.
const APART: usize = 997;

/// A model whose events can be moved.
trait Movable: Model {
    fn step(&mut self) -> Time;
    fn postpone_next(&mut self, by: Duration);
}

/// The pool of a model.
trait HasPool: Model {
    fn pool(&mut self) -> &mut Pool;
}

impl HasPool for BalancerModel {
    fn pool(&mut self) -> &mut Pool {
        BalancerModel::pool(self)
    }
}

impl HasPool for DetectionModel {
    fn pool(&mut self) -> &mut Pool {
        DetectionModel::pool(self)
    }
}

impl<M: HasPool> Movable for M {
    fn step(&mut self) -> Time {
        self.pool().step()
    }

    fn postpone_next(&mut self, by: Duration) {
        self.pool().postpone_next(by);
    }
}

/// Runs the model to its first minute, and again with each of many events moved.
fn sees_a_nanosecond<M: Model>(
    model: M,
    step: impl Fn(&mut M) -> Time,
    postpone: impl Fn(&mut M, Duration),
) {
    let minute = Time::from_secs(60);
    let digest = |mut model: M| {
        model.run_until(minute);
        model.digest()
    };
    let expected = digest(model.clone());
    let mut walker = model;
    let mut moved = 0;
    loop {
        let mut other = walker.clone();
        postpone(&mut other, Duration::from_nanos(1));
        assert_ne!(
            digest(other),
            expected,
            "event {} at {:?}",
            moved * APART,
            walker.now()
        );
        moved += 1;
        for _ in 0..APART {
            step(&mut walker);
        }
        if walker.now() >= minute {
            break;
        }
    }
    assert!(moved > 15, "only {moved} events were moved");
}

#[test]
fn of_the_balancer() {
    let model = balancer(
        3,
        &[
            ("slow", "3"),
            ("stop", "4"),
            ("policy", "peak-ewma"),
            ("work", "uneven"),
        ],
    );
    sees_a_nanosecond(model, Movable::step, Movable::postpone_next);
}

#[test]
fn of_noticing() {
    let model = detection(3, &[("stop", "2"), ("checks", "both"), ("interval", "1")]);
    sees_a_nanosecond(model, Movable::step, Movable::postpone_next);
}

#[test]
fn of_the_ring() {
    sees_a_nanosecond(ring(3, &[]), RingModel::step, RingModel::postpone_next);
}

#[test]
fn of_one_line_and_many() {
    let model = lines(3, &[("policy", "two-choices")]);
    sees_a_nanosecond(model, LinesModel::step, LinesModel::postpone_next);
}

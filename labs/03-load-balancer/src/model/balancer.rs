//! "Who gets the next request?": the pool, with the controls of that figure.

use scene::control::{Control, Kind};
use simulation::Model;
use simulation::{Duration, Time};

use super::pool::{Chooser, Fault, Mix, Pool, Settings};
use super::{POLICIES, servers, work};
use crate::policy::health::{Ejection, Rules, Thresholds};
use crate::snapshot;

/// Four servers, a policy, and faults that a reader causes.
#[derive(Debug, Clone)]
pub struct BalancerModel {
    pool: Pool,
}

impl BalancerModel {
    /// What a reader may change.
    pub const CONTROLS: &'static [Control] = &[
        Control {
            name: "policy",
            label: "Policy",
            kind: Kind::Choice {
                options: POLICIES,
                default: 1,
            },
        },
        Control {
            name: "rate",
            label: "Requests a second",
            kind: Kind::Range {
                least: 20,
                most: 200,
                step: 10,
                default: 120,
                unit: "/s",
            },
        },
        work(0),
        Control {
            name: "news",
            label: "Counts are told every",
            kind: Kind::Range {
                least: 0,
                most: 1_000,
                step: 250,
                default: 0,
                unit: " ms",
            },
        },
        servers("slow", "Slow servers"),
        servers("stop", "Stopped servers"),
    ];

    /// The system at time 0.
    ///
    /// Probes come every second and two in a row decide, so that a reader sees what a stopped server does without waiting;
    /// the figure about noticing has controls for them.
    pub fn new(seed: u64, controls: &[i32]) -> BalancerModel {
        let rules = Rules {
            thresholds: Thresholds { rise: 2, fall: 2 },
            ejection: Ejection {
                failures: 0,
                ..Ejection::default()
            },
            ..Rules::default()
        };
        let settings = Settings {
            rate_per_s: controls[1] as u32,
            mix: Mix::Equal,
            news_interval: Duration::default(),
            rules,
            is_probing: true,
            probe_interval: Duration::from_secs(1),
            probe_timeout: Duration::from_millis(500),
            request_timeout: None,
            fault: Fault::Refuses,
        };
        let mut model = BalancerModel {
            pool: Pool::new(seed, settings, Chooser::of_choice(controls[0])),
        };
        for (control, value) in (0..).zip(controls).skip(2) {
            model.set(control, *value);
        }
        model
    }

    /// What can be seen.
    pub fn snapshot(&self) -> snapshot::Balancer {
        let policy = POLICIES.get(self.pool.policy().place());
        self.pool.balancer(policy.map_or("", |policy| policy.label))
    }

    /// The pool itself.
    pub fn pool(&mut self) -> &mut Pool {
        &mut self.pool
    }
}

impl Model for BalancerModel {
    fn now(&self) -> Time {
        self.pool.now()
    }

    fn run_until(&mut self, until: Time) {
        self.pool.run_until(until);
    }

    fn set(&mut self, control: u16, value: i32) {
        match control {
            0 => self.pool.set_policy(Chooser::of_choice(value)),
            1 => self.pool.set_rate(value as u32),
            2 => {
                self.pool.settings.mix = if value == 0 { Mix::Equal } else { Mix::Uneven };
            }
            3 => {
                self.pool.settings.news_interval = Duration::from_millis(value.max(0) as u64);
            }
            4 => self.pool.set_slow(value),
            _ => self.pool.set_stopped(value),
        }
    }

    fn digest(&self) -> u64 {
        self.pool.digest()
    }
}

//! "Noticing the dead": the pool, with the controls of that figure.

use scene::control::{Choice, Control, Kind};
use simulation::Model;
use simulation::{Digest, Duration, Time};

use super::pool::{Chooser, Fault, Mix, Pool, Settings};
use super::servers;
use crate::policy::health::{Ejection, Rules, Thresholds};
use crate::snapshot;

/// Failed requests in a row that eject a server: Envoy's.
const FAILURES: u32 = 5;

const CHECKS: &[Choice] = &[
    Choice {
        value: "active",
        label: "Active probes",
    },
    Choice {
        value: "passive",
        label: "Passive checks",
    },
    Choice {
        value: "both",
        label: "Both",
    },
];

/// Four servers, checks, and deaths that a reader causes.
#[derive(Debug, Clone)]
pub struct DetectionModel {
    pool: Pool,
    checks: u8,
}

impl DetectionModel {
    /// What a reader may change.
    pub const CONTROLS: &'static [Control] = &[
        Control {
            name: "checks",
            label: "Checks",
            kind: Kind::Choice {
                options: CHECKS,
                default: 0,
            },
        },
        Control {
            name: "interval",
            label: "A probe every",
            kind: Kind::Range {
                least: 1,
                most: 10,
                step: 1,
                default: 5,
                unit: "s",
            },
        },
        Control {
            name: "threshold",
            label: "Probes that must fail",
            kind: Kind::Range {
                least: 1,
                most: 5,
                step: 1,
                default: 3,
                unit: "",
            },
        },
        Control {
            name: "rate",
            label: "Requests a second",
            kind: Kind::Range {
                least: 10,
                most: 200,
                step: 10,
                default: 120,
                unit: "/s",
            },
        },
        Control {
            name: "fault",
            label: "A stopped server",
            kind: Kind::Choice {
                options: &[
                    Choice {
                        value: "silent",
                        label: "is silent",
                    },
                    Choice {
                        value: "refuses",
                        label: "refuses",
                    },
                ],
                default: 0,
            },
        },
        servers("stop", "Stopped servers"),
    ];

    /// The system at time 0: probes wait two seconds for an answer, as in the chapter's opening, requests one.
    pub fn new(seed: u64, controls: &[i32]) -> DetectionModel {
        let settings = Settings {
            rate_per_s: controls[3] as u32,
            mix: Mix::Equal,
            news_interval: Duration::default(),
            rules: Rules {
                thresholds: Thresholds {
                    rise: 2,
                    fall: controls[2] as u32,
                },
                ejection: Ejection {
                    failures: 0,
                    ..Ejection::default()
                },
                ..Rules::default()
            },
            is_probing: true,
            probe_interval: Duration::from_secs(controls[1] as u64),
            probe_timeout: Duration::from_secs(2),
            request_timeout: Some(Duration::from_secs(1)),
            fault: Fault::IsSilent,
        };
        let mut model = DetectionModel {
            pool: Pool::new(seed, settings, Chooser::of_choice(1)),
            checks: 0,
        };
        for (control, value) in (0..).zip(controls) {
            model.set(control, *value);
        }
        model
    }

    /// What can be seen.
    pub fn snapshot(&self) -> snapshot::Detection {
        self.pool.detection(CHECKS[usize::from(self.checks)].label)
    }

    /// The pool itself.
    pub fn pool(&mut self) -> &mut Pool {
        &mut self.pool
    }

    fn set_checks(&mut self, choice: i32) {
        self.checks = choice.clamp(0, 2) as u8;
        let (is_probing, is_passive) = (self.checks != 1, self.checks != 0);
        self.pool.set_rules(|settings| {
            settings.is_probing = is_probing;
            settings.rules.ejection.failures = if is_passive { FAILURES } else { 0 };
        });
    }
}

impl Model for DetectionModel {
    fn now(&self) -> Time {
        self.pool.now()
    }

    fn run_until(&mut self, until: Time) {
        self.pool.run_until(until);
    }

    fn set(&mut self, control: u16, value: i32) {
        match control {
            0 => self.set_checks(value),
            1 => self.pool.set_rules(|settings| {
                settings.probe_interval = Duration::from_secs(value as u64);
            }),
            2 => self.pool.set_rules(|settings| {
                settings.rules.thresholds.fall = value as u32;
            }),
            3 => self.pool.set_rate(value as u32),
            4 => self.pool.set_rules(|settings| {
                settings.fault = if value == 0 {
                    Fault::IsSilent
                } else {
                    Fault::Refuses
                };
            }),
            _ => self.pool.set_stopped(value),
        }
    }

    fn digest(&self) -> u64 {
        Digest::of(&(&self.pool, self.checks))
    }
}

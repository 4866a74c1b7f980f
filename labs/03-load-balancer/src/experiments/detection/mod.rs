//! `detection`: how long a death goes unnoticed, and what it costs, with active probes, passive checks and both.
//!
//! Four servers share 120 requests a second, and nothing is tried twice. Then one dies: it refuses at once (the program is
//! gone) or is silent (the machine is gone). The measured checks are ten times as fast as the chapter's, so that many
//! deaths fit into half a minute.

mod claims;
mod measured;
mod simulated;

use std::boxed::Box;

use super::plan::Plan;

use simulation::Duration;

const SERVERS: u32 = 4;
const RATE_PER_S: u32 = 120;
/// Failed requests in a row that passive checks need: Envoy's.
const FAILURES: u32 = 5;

/// How a balancer notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Active,
    Passive,
    Both,
}

const MODES: [(&str, Mode); 3] = [
    ("active", Mode::Active),
    ("passive", Mode::Passive),
    ("both", Mode::Both),
];

/// How quickly probes and requests lose patience.
#[derive(Debug, Clone, Copy)]
struct Pace {
    interval: Duration,
    /// Of a probe.
    timeout: Duration,
    /// Of a request.
    request_timeout: Duration,
    fall: u32,
}

impl Pace {
    /// The chapter's: every five seconds, two seconds of patience, three failures.
    const CHAPTER: Pace = Pace {
        interval: Duration::from_secs(5),
        timeout: Duration::from_secs(2),
        request_timeout: Duration::from_secs(1),
        fall: 3,
    };
    /// Ten times as fast: what is measured.
    const QUICK: Pace = Pace {
        interval: Duration::from_millis(500),
        timeout: Duration::from_millis(200),
        request_timeout: Duration::from_millis(200),
        fall: 3,
    };

    /// Longer than this no silent death goes unnoticed: fall × interval + time-out.
    fn noticed_max_s(&self) -> f64 {
        f64::from(self.fall) * seconds(self.interval) + seconds(self.timeout)
    }

    /// On average: a death falls anywhere between two probes.
    fn noticed_mean_s(&self) -> f64 {
        self.noticed_max_s() - seconds(self.interval) / 2.0
    }
}

fn seconds(duration: Duration) -> f64 {
    duration.as_nanos() as f64 / 1e9
}

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "detection",
    title: "Noticing the dead",
    question: "How long does a death go unnoticed, and how many requests fail meanwhile, with active probes, with passive checks, and with both?",
    seconds: 35,
    engines: &["nginx", "haproxy"],
    simulate: simulated::simulate,
    measure: |who, bench| Box::pin(measured::measured(who, bench)),
    claims: claims::claims,
};

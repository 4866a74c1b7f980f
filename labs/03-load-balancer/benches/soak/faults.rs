//! What the servers suffer, decided by a seed: one fault after the other, now and then two at once.

use std::time::Duration;

use anyhow::Result;
use kit::origin::{Fault, Origin};
use tokio::time::{Instant, sleep_until};

use crate::memory::Memory;
use crate::system::{SERVERS, System};

/// From one fault to the next.
const PERIOD: Duration = Duration::from_millis(1500);
/// How long a fault lasts.
const LASTS: Duration = Duration::from_millis(1200);

/// Until the loads' connections are all busy, at any rate that makes sense.
const FILLING: Duration = Duration::from_secs(3);

/// A fault: when, where, what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    at: Duration,
    server: usize,
    /// Another that suffers the same.
    second: Option<usize>,
    suffering: Suffering,
}

#[derive(Clone, Copy, Debug)]
enum Suffering {
    Stopped,
    Frozen,
    Slow,
    Sick,
    Failing(Fault, u32),
}

/// All there is.
const SUFFERINGS: [Suffering; 10] = [
    Suffering::Stopped,
    Suffering::Frozen,
    Suffering::Slow,
    Suffering::Sick,
    Suffering::Failing(Fault::Reset, 30),
    Suffering::Failing(Fault::Empty, 30),
    Suffering::Failing(Fault::Garbage, 30),
    Suffering::Failing(Fault::CloseEarly, 30),
    Suffering::Failing(Fault::Stall, 5),
    Suffering::Failing(Fault::Status(500), 30),
];

/// The faults of so long a run; every kind comes as often as any other.
pub(crate) fn steps(seed: u64, duration: Duration) -> Vec<Step> {
    let count = duration.as_millis() / PERIOD.as_millis();
    // SplitMix64: a run can be had again from its seed, whatever library draws elsewhere.
    let mut state = seed;
    let mut below = |bound: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound
    };
    (0..count as usize)
        .map(|number| {
            let server = below(SERVERS);
            let other = (server + 1 + below(SERVERS - 1)) % SERVERS;
            let is_double = below(5) == 0;
            Step {
                at: PERIOD * number as u32,
                server,
                second: is_double.then_some(other),
                suffering: SUFFERINGS[number % SUFFERINGS.len()],
            }
        })
        .collect()
}

/// Lets the servers suffer, step by step, and looks at the balancer's memory meanwhile.
pub(crate) async fn run(system: &System, steps: &[Step], memory: &mut Memory) -> Result<()> {
    fill(system).await;
    let start = Instant::now();
    for step in steps {
        sleep_until(start + step.at).await;
        memory.look(start.elapsed(), system)?;
        let sufferers = [Some(step.server), step.second].into_iter().flatten();
        for server in sufferers.clone() {
            step.suffering.begin(&system.origins[server]);
        }
        sleep_until(start + step.at + LASTS).await;
        for server in sufferers {
            system.origins[server].heal();
            system.origins[server].start_again()?;
        }
    }
    Ok(())
}

/// Lets nobody answer until every connection of the loads is busy: from here on memory has seen the most.
async fn fill(system: &System) {
    for origin in &system.origins {
        origin.freeze();
    }
    tokio::time::sleep(FILLING).await;
    for origin in &system.origins {
        origin.thaw();
    }
}

impl Suffering {
    fn begin(self, origin: &Origin) {
        match self {
            Self::Stopped => origin.stop(),
            Self::Frozen => origin.freeze(),
            Self::Slow => origin.slow(5000),
            Self::Sick => origin.set_healthy(false),
            Self::Failing(fault, percent) => origin.fail(fault, percent),
        }
    }
}

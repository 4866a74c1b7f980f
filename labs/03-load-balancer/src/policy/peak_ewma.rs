//! Peak-EWMA: two random choices by latency, quick to believe bad news.

use alloc::vec::Vec;

use simulation::{Duration, Generator, Time};

use super::{Random, Server, two_choices::draw_two};

/// Keeps a moving average of each server's latency. A slow answer replaces the average at once; quick ones pull it down
/// over [`decay`](PeakEwma::decay). Of two servers drawn at random, the one with the lower average × (open requests + 1)
/// gets the request. Source: Finagle, `PeakEwma.scala`.
#[derive(Debug, Clone, Hash)]
pub struct PeakEwma {
    /// After this long without news, 1/e of an average is left. 10 s is Finagle's: long enough to remember a slow server
    /// for some hundred requests, short enough to try it again within the minute.
    pub decay: Duration,
    averages: Vec<Average>,
}

/// The average latency of one server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Average {
    /// The average at that time. 0: never heard of.
    pub latency: Duration,
    /// When the last answer came.
    pub at: Time,
}

/// What a server costs that has open requests and has never answered: more than any latency, so that a new server gets one
/// request to show what it can do, not a hundred. (Finagle's `Long.MaxValue >> 16`: 39 hours in nanoseconds.)
const UNKNOWN_NS: u64 = (i64::MAX >> 16) as u64;

impl Default for PeakEwma {
    fn default() -> PeakEwma {
        PeakEwma {
            decay: Duration::from_millis(10_000),
            averages: Vec::new(),
        }
    }
}

impl PeakEwma {
    // ANCHOR: peak-ewma
    /// The cheaper of two servers drawn at random.
    pub fn choose(&mut self, pool: &[Server], now: Time, random: &mut Generator) -> Option<u32> {
        self.averages.resize(pool.len(), Average::default());
        let (first, second) = draw_two(pool.len() as u32, random)?;
        let (one, other) = (&pool[first as usize], &pool[second as usize]);
        match (one.takes_requests(), other.takes_requests()) {
            (true, true) => {
                let costs = (self.cost(first, one, now), self.cost(second, other, now));
                let is_dearer =
                    costs.1 * u128::from(one.share()) < costs.0 * u128::from(other.share());
                Some(if is_dearer { second } else { first })
            }
            (true, false) => Some(first),
            (false, true) => Some(second),
            (false, false) => Random.choose(pool, random),
        }
    }

    /// Takes note of an answer: worse news counts at once, better news by the time that it covers.
    pub fn answered(&mut self, server: u32, latency: Duration, now: Time) {
        let kept = self.left_of(server, now);
        if let Some(average) = self.averages.get_mut(server as usize) {
            let (old, new) = (average.latency.as_nanos(), latency.as_nanos());
            let settled = (old as f64 * kept + new as f64 * (1.0 - kept)) as u64;
            *average = Average {
                latency: Duration::from_nanos(new.max(settled)),
                at: now,
            };
        }
    }
    // ANCHOR_END: peak-ewma

    /// Average latency, decayed to now, for the requests that are open and this one; in nanoseconds.
    fn cost(&self, place: u32, server: &Server, now: Time) -> u128 {
        let latency = self.averages[place as usize].latency.as_nanos();
        let open = u128::from(server.connections);
        if latency == 0 && open > 0 {
            return u128::from(UNKNOWN_NS) + open;
        }
        let decayed = (latency as f64 * self.left_of(place, now)) as u64;
        u128::from(decayed) * (open + 1)
    }

    /// Which part of a server's average is left after the time since its last answer.
    fn left_of(&self, place: u32, now: Time) -> f64 {
        let at = self
            .averages
            .get(place as usize)
            .map_or(now, |average| average.at);
        let since = now.since(at).as_nanos() as f64;
        libm::exp(-since / self.decay.as_nanos() as f64)
    }

    /// What is known of each server.
    pub fn averages(&self) -> &[Average] {
        &self.averages
    }
}

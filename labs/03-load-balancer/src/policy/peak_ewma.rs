//! Peak-EWMA: two random choices by latency, quick to believe bad news and slow to believe good.

use alloc::vec::Vec;

use simulation::{Duration, Generator, Time};

use super::{Server, two_choices::better_of_two};

/// Keeps an exponentially weighted moving average of each server's latency. A slow answer replaces the average at once; quick
/// ones pull it down over [`decay`](PeakEwma::decay). Of two servers drawn at random, the one with the lower
/// average × (open requests + 1) for its weight gets the request. Source: Finagle, `PeakEwma.scala`.
///
/// Only answers count here, no failures: a server that refuses everything at once would look like the quickest of all.
#[derive(Debug, Clone, Hash)]
pub struct PeakEwma {
    /// After this long, 1/e of an average is left. 10 s, as in Finagle: it covers hundreds of answers of a busy server, and a
    /// slow one that nobody asks any more is tried again within a minute.
    pub decay: Duration,
    averages: Vec<Average>,
}

/// The average latency of one server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Average {
    /// The average when the last answer came. Zero: none has come yet.
    pub latency: Duration,
    /// When that was.
    pub at: Time,
}

/// Stands for the latency of a server that has requests open and has never answered: 39 hours, Finagle's
/// `Long.MaxValue >> 16`. So a new server gets one request to show what it can do, not all of them.
const UNKNOWN_NS: u64 = (i64::MAX >> 16) as u64;

impl Default for PeakEwma {
    fn default() -> PeakEwma {
        PeakEwma {
            decay: Duration::from_secs(10),
            averages: Vec::new(),
        }
    }
}

impl PeakEwma {
    // ANCHOR: peak-ewma
    /// The one of two servers drawn at random that costs less.
    pub fn choose(&mut self, pool: &[Server], now: Time, random: &mut Generator) -> Option<u32> {
        self.averages.resize(pool.len(), Average::default());
        better_of_two(pool, random, |first, second| {
            let (one, other) = (&pool[first as usize], &pool[second as usize]);
            let first_cost = self.cost(first, one, now) * u128::from(other.share());
            let second_cost = self.cost(second, other, now) * u128::from(one.share());
            second_cost < first_cost
        })
    }

    /// What a request would cost there: the average latency, decayed to now, for each
    /// open request and this one.
    fn cost(&self, place: u32, server: &Server, now: Time) -> u128 {
        let average = &self.averages[place as usize];
        let open = u128::from(server.connections);
        if average.latency == Duration::ZERO && open > 0 {
            return u128::from(UNKNOWN_NS) + open;
        }
        let decayed_ns = average.latency.as_nanos() as f64 * self.kept_since(average.at, now);
        decayed_ns as u128 * (open + 1)
    }

    /// Takes note of an answer. A slower one is the new average; a quicker one counts
    /// for as much as has decayed.
    pub fn answered(&mut self, server: u32, latency: Duration, now: Time) {
        let Some(average) = self.averages.get(server as usize) else {
            return;
        };
        let kept = self.kept_since(average.at, now);
        let (old_ns, new_ns) = (average.latency.as_nanos() as f64, latency.as_nanos() as f64);
        let mixed = Duration::from_nanos((old_ns * kept + new_ns * (1.0 - kept)) as u64);
        let latency = latency.max(mixed);
        self.averages[server as usize] = Average { latency, at: now };
    }
    // ANCHOR_END: peak-ewma

    /// The server at this place has left, and its average with it.
    pub fn left(&mut self, place: u32) {
        if (place as usize) < self.averages.len() {
            self.averages.remove(place as usize);
        }
    }

    /// Which part of an average is left after so long.
    fn kept_since(&self, at: Time, now: Time) -> f64 {
        libm::exp(-(now.since(at).as_nanos() as f64) / self.decay.as_nanos() as f64)
    }

    /// What is known of each server.
    pub fn averages(&self) -> &[Average] {
        &self.averages
    }
}

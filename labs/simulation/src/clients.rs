//! Who asks: open clients come whatever happens, closed ones wait for their answer before they ask again.

use crate::{Distribution, Duration, Generator};

const NANOS_PER_SEC: f64 = 1e9;

/// Many strangers: the gap to the next request does not depend on how the last one fares.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OpenClients {
    per_second: u64,
    is_regular: bool,
    sent: u64,
}

impl OpenClients {
    /// Requests at random moments, so many a second on average: a Poisson process (gaps are exponential).
    pub fn poisson(per_second: u64) -> OpenClients {
        OpenClients {
            per_second,
            is_regular: false,
            sent: 0,
        }
    }

    /// Requests at equal distances, so many a second.
    pub fn regular(per_second: u64) -> OpenClients {
        OpenClients {
            is_regular: true,
            ..OpenClients::poisson(per_second)
        }
    }

    /// From now on so many requests a second; 0 stops them. What was scheduled before still comes.
    pub fn set_rate(&mut self, per_second: u64) {
        self.per_second = per_second;
    }

    /// How long until the next request, which is counted as sent.
    #[inline]
    pub fn gap(&mut self, random: &mut Generator) -> Duration {
        self.sent += 1;
        if self.is_regular || self.per_second == 0 {
            return Duration::of_rate(self.per_second);
        }
        // The mean is not rounded to nanoseconds: at fifteen million a second that would be 1 % off.
        let mean_ns = NANOS_PER_SEC / self.per_second as f64;
        Duration::from_fractional_nanos(mean_ns * random.exponential())
    }

    /// Requests since the start, with the one that is about to come.
    pub fn sent(&self) -> u64 {
        self.sent
    }
}

/// A fixed number of users, each of whom thinks, asks, waits for the answer, and thinks again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClosedClients<D> {
    users: u32,
    thinking: D,
    waiting: u32,
    sent: u64,
    answered: u64,
}

impl<D: Distribution> ClosedClients<D> {
    /// So many users, and how long each thinks.
    pub fn new(users: u32, thinking: D) -> ClosedClients<D> {
        ClosedClients {
            users,
            thinking,
            waiting: 0,
            sent: 0,
            answered: 0,
        }
    }

    /// How many users there are. At the start schedule a request after [`ClosedClients::think`] for each.
    pub fn users(&self) -> u32 {
        self.users
    }

    /// How long a user thinks now.
    pub fn think(&self, random: &mut Generator) -> Duration {
        self.thinking.draw(random)
    }

    /// A user has thought, and asks.
    pub fn ask(&mut self) {
        self.waiting += 1;
        self.sent += 1;
    }

    /// A user has the answer. Schedule the next request after this time.
    pub fn answered(&mut self, random: &mut Generator) -> Duration {
        self.waiting = self.waiting.saturating_sub(1);
        self.answered += 1;
        self.think(random)
    }

    /// Users who wait for an answer.
    pub fn waiting(&self) -> u32 {
        self.waiting
    }

    /// Requests since the start.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Answers since the start.
    pub fn answers(&self) -> u64 {
        self.answered
    }
}

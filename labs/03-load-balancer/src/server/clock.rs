//! The only clock of the balancer: what comes in is the machine's time, what goes out is [`Time`], nanoseconds since the
//! start. Everything below it takes the time as an argument.

use simulation::Time;
use tokio::time::Instant;

/// Counts from when it was started. Copies agree, on all threads. In a test with tokio's paused clock, it stands still, too.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Instant,
}

impl Clock {
    /// Time 0 is now.
    pub fn start() -> Clock {
        Clock {
            started: Instant::now(),
        }
    }

    /// The present.
    pub fn now(&self) -> Time {
        self.at(Instant::now())
    }

    /// A moment of the machine's clock, for whoever has just read it.
    pub fn at(&self, moment: Instant) -> Time {
        let nanos = moment.saturating_duration_since(self.started).as_nanos();
        Time::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

//! Waiting for a moment, exactly.
//!
//! tokio's timers count whole milliseconds and are late by one on average, which is much beside work of five. Load and
//! origins wait with [`Clock::Exact`] instead: one thread of the process sleeps until the next moment that anybody waits
//! for, to about 0.1 ms. In: a moment of tokio's clock. Out: a future that is ready then. Tests with a paused clock
//! say [`Clock::Runtime`], and hours pass at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroU64;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::oneshot;
use tokio::time::Instant;

/// How late Linux may wake the thread, in nanoseconds; it takes 50,000 when nobody asks.
const SLACK_NS: u64 = 1_000;

/// Whose clock is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's, to about 0.1 ms.
    #[default]
    Exact,
    /// tokio's timers: whole milliseconds, but tests can pause and advance them.
    Runtime,
}

impl Clock {
    /// Waits until `at`; not at all if that has passed.
    pub async fn sleep_until(self, at: Instant) {
        match self {
            Self::Runtime => tokio::time::sleep_until(at).await,
            Self::Exact if at <= Instant::now() => {}
            Self::Exact => alarm().at(at.into_std()).await,
        }
    }
}

/// The thread that sleeps for everybody, and what it sleeps for.
#[derive(Default)]
struct Alarm {
    waiting: Mutex<Waiting>,
    sooner: Condvar,
}

#[derive(Default)]
struct Waiting {
    moments: BinaryHeap<Reverse<Moment>>,
    /// Tells moments at the same time apart, so that the first to come is the first to go on.
    count: u64,
}

struct Moment {
    at: std::time::Instant,
    number: u64,
    reached: oneshot::Sender<()>,
}

impl Alarm {
    async fn at(&self, at: std::time::Instant) {
        let (reached, ready) = oneshot::channel();
        let is_next = {
            let mut waiting = self.lock();
            waiting.count += 1;
            let number = waiting.count;
            waiting.moments.push(Reverse(Moment {
                at,
                number,
                reached,
            }));
            waiting
                .moments
                .peek()
                .is_some_and(|Reverse(first)| first.number == number)
        };
        if is_next {
            self.sooner.notify_one();
        }
        // The thread never ends, so the only answer is that the moment has come.
        let _ = ready.await;
    }

    fn run(&self) {
        #[cfg(target_os = "linux")]
        let _ = rustix::thread::set_current_timer_slack(NonZeroU64::new(SLACK_NS));
        let mut waiting = self.lock();
        loop {
            let now = std::time::Instant::now();
            while waiting
                .moments
                .peek()
                .is_some_and(|Reverse(first)| first.at <= now)
            {
                if let Some(Reverse(moment)) = waiting.moments.pop() {
                    // Nobody listens any more when the wait was given up.
                    let _ = moment.reached.send(());
                }
            }
            let next = waiting.moments.peek().map(|Reverse(first)| first.at);
            waiting = match next {
                None => self
                    .sooner
                    .wait(waiting)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(at) => {
                    let pause = at.saturating_duration_since(std::time::Instant::now());
                    let woken = self.sooner.wait_timeout(waiting, pause);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn alarm() -> &'static Alarm {
    static ALARM: OnceLock<&'static Alarm> = OnceLock::new();
    ALARM.get_or_init(|| {
        // One for the whole life of the process.
        let alarm: &'static Alarm = Box::leak(Box::default());
        std::thread::Builder::new()
            .name("alarm".to_owned())
            .spawn(|| alarm.run())
            .expect("a process that can't start one thread can't run a lab");
        alarm
    })
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn those_who_wait_go_on_in_the_order_of_their_moments_and_never_early() {
        let start = Instant::now();
        let order = Mutex::new(Vec::new());
        let wait = async |ms: u64| {
            let at = start + Duration::from_millis(ms);
            Clock::Exact.sleep_until(at).await;
            assert!(Instant::now() >= at);
            order.lock().unwrap().push(ms);
        };
        tokio::join!(wait(9), wait(3), wait(6), wait(0));
        assert_eq!(order.into_inner().unwrap(), [0, 3, 6, 9]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_paused_clock_passes_an_hour_at_once() {
        let start = Instant::now();
        Clock::Runtime
            .sleep_until(start + Duration::from_secs(3600))
            .await;
        assert_eq!(start.elapsed(), Duration::from_secs(3600));
    }
}

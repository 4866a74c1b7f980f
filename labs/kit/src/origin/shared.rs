//! What the connections of an origin share, and what is told to it from outside.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant;

use super::fault::{Fault, Faults};
use super::kept_keys::KeptKeys;
use super::request::Request;
use super::settings::{OriginSettings, Work};
use super::work_queue::WorkQueue;

/// What an origin has done since it was made, and what it does now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Requests that came, without `/healthz`.
    pub requests: u64,
    /// Whole answers of 200 that were written.
    pub served: u64,
    /// Requests that found the queue full.
    pub refused: u64,
    /// Requests that failed because it was told so.
    pub faulty: u64,
    /// Requests of which the key was at hand.
    pub hits: u64,
    /// Requests of which it was not.
    pub misses: u64,
    /// Requests for `/healthz`.
    pub health_checks: u64,
    /// Requests of which the answer is not written yet.
    pub open: u64,
    /// Open requests that wait for a worker.
    pub waiting: u64,
    /// Workers that work.
    pub working: u64,
    /// How long workers have worked since it was made, together, in microseconds.
    pub worked_us: u64,
    /// Open connections.
    pub connections: u64,
    /// All that there have been.
    pub connections_accepted: u64,
}

/// What is told to it from outside.
pub(super) struct Steering {
    /// None: that of the settings.
    pub(super) work: Option<Work>,
    pub(super) work_percent: u32,
    pub(super) faults: Faults,
    pub(super) healthy: bool,
    pub(super) draining: bool,
}

impl Default for Steering {
    fn default() -> Self {
        Self {
            work: None,
            work_percent: 100,
            faults: Faults::default(),
            healthy: true,
            draining: false,
        }
    }
}

/// What is to be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// 200 or 503, at once.
    Health { healthy: bool },
    /// Fails at once.
    Fault(Fault),
    /// 503: the queue is full.
    Full,
    /// 200, then; with what the cache said.
    Serve { ends: Instant, hit: Option<bool> },
}

/// What the connections of an origin share.
pub(super) struct Shared {
    pub(super) settings: OriginSettings,
    pub(super) body: Box<[u8]>,
    state: Mutex<State>,
    frozen: watch::Sender<bool>,
    start: Instant,
}

struct State {
    steering: Steering,
    queue: WorkQueue,
    keys: Option<KeptKeys>,
    counts: Counts,
    random: SmallRng,
}

impl Shared {
    pub(super) fn new(settings: OriginSettings) -> Self {
        let mut body = format!("Hello from {}.\n", settings.name).into_bytes();
        body.resize(settings.body_bytes, b'.');
        let state = State {
            steering: Steering::default(),
            queue: WorkQueue::new(settings.workers, settings.queue_max),
            keys: settings.cache.map(|cache| KeptKeys::new(cache.keys_max)),
            counts: Counts::default(),
            random: SmallRng::seed_from_u64(settings.seed),
        };
        Self {
            body: body.into(),
            state: Mutex::new(state),
            frozen: watch::Sender::new(false),
            start: Instant::now(),
            settings,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.settings.name
    }

    pub(super) fn steer(&self, change: impl FnOnce(&mut Steering)) {
        change(&mut self.lock().steering);
    }

    pub(super) fn set_frozen(&self, frozen: bool) {
        self.frozen.send_replace(frozen);
    }

    pub(super) fn is_frozen(&self) -> bool {
        *self.frozen.borrow()
    }

    /// Waits while it is frozen.
    pub(super) async fn thawed(&self) {
        if self.is_frozen() {
            // The sender lives as long as `self`, so the answer is that it thawed.
            let _ = self.frozen.subscribe().wait_for(|frozen| !frozen).await;
        }
    }

    pub(super) fn is_draining(&self) -> bool {
        self.lock().steering.draining
    }

    pub(super) fn counts(&self) -> Counts {
        let mut state = self.lock();
        let now = self.start.elapsed();
        Counts {
            waiting: state.queue.waiting(now) as u64,
            working: state.queue.working(now) as u64,
            worked_us: state.counts.worked_us + state.queue.worked(now).as_micros() as u64,
            ..state.counts
        }
    }

    pub(super) fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.lock().counts);
    }

    pub(super) fn forget_keys(&self) {
        self.lock().keys = self
            .settings
            .cache
            .map(|cache| KeptKeys::new(cache.keys_max));
    }

    /// Nothing is worked on any more, and no key is at hand.
    pub(super) fn lose_work(&self) {
        let mut state = self.lock();
        let now = self.start.elapsed();
        state.counts.worked_us += state.queue.worked(now).as_micros() as u64;
        state.queue = WorkQueue::new(self.settings.workers, self.settings.queue_max);
        state.counts.open = 0;
        state.counts.connections = 0;
        drop(state);
        self.forget_keys();
    }

    /// A request has come: what is to be done with it.
    pub(super) fn judge(&self, request: &Request) -> Verdict {
        let now = self.start.elapsed();
        let mut state = self.lock();
        let State {
            steering,
            queue,
            keys,
            counts,
            random,
        } = &mut *state;
        if request.is_health_check() {
            counts.health_checks += 1;
            return Verdict::Health {
                healthy: steering.healthy && !steering.draining,
            };
        }
        counts.requests += 1;
        if let Some(fault) = steering.faults.draw(random) {
            counts.faulty += 1;
            return Verdict::Fault(fault);
        }
        let work = steering.work.as_ref().unwrap_or(&self.settings.work);
        let mut work = work.draw(random) * steering.work_percent / 100;
        let hit = keys.as_mut().map(|keys| keys.ask(request.path.as_bytes()));
        if let (Some(cache), Some(false)) = (self.settings.cache, hit) {
            work += cache.miss;
        }
        match hit {
            Some(true) => counts.hits += 1,
            Some(false) => counts.misses += 1,
            None => {}
        }
        let Ok(ends) = queue.arrive(now, work) else {
            counts.refused += 1;
            return Verdict::Full;
        };
        Verdict::Serve {
            ends: self.start + ends,
            hit,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

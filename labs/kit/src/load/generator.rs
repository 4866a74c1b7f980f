//! The two loops that send requests, and what becomes of each request.
//!
//! Everything runs on one thread: a request is a task that waits for a connection, sends, reads and counts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_distr::Exp1;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::arrivals::Schedule;
use super::connection::Dial;
use super::connections::Connections;
use super::recorder::{Course, Recorder};
use super::report::Failure;
use super::request::Requester;
use super::settings::{Closed, Open, Think};
use crate::clock::Clock;

/// Requests that wait for a connection or an answer at the same time, at most: each takes about a kilobyte.
const WAITING_MAX: usize = 100_000;
/// After so many requests that were due at once, answers are looked at before more are sent.
const BURST_MAX: u32 = 64;

/// What a running load is told from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Orders {
    /// Requests a second of an open loop.
    pub(super) rate: f64,
    /// Send no more.
    pub(super) stop: bool,
}

/// What all requests of a load share.
pub(super) struct Generator<D: Dial> {
    connections: Connections<D>,
    requester: RefCell<Requester>,
    recorder: Arc<Mutex<Recorder>>,
    clock: Clock,
    start: Instant,
    timeout: Duration,
}

impl<D: Dial> Generator<D> {
    /// A load's parts, before it begins.
    pub(super) fn new(
        connections: Connections<D>,
        requester: Requester,
        timeout: Duration,
    ) -> Self {
        Self {
            connections,
            requester: RefCell::new(requester),
            recorder: Arc::default(),
            clock: Clock::Exact,
            start: Instant::now(),
            timeout,
        }
    }

    /// Counts where others can look, and waits by another clock.
    pub(super) fn with(mut self, recorder: Arc<Mutex<Recorder>>, clock: Clock) -> Rc<Self> {
        self.recorder = recorder;
        self.clock = clock;
        Rc::new(self)
    }

    /// Sends requests when they are due, until the load ends and every request has.
    pub(super) async fn open(self: Rc<Self>, open: &Open, mut orders: watch::Receiver<Orders>) {
        let mut schedule = Schedule::new(open.arrivals, open.seed);
        let mut requests = JoinSet::new();
        let (mut sent, mut burst) = (0, 0);
        let mut now = *orders.borrow_and_update();
        while !now.stop && sent < open.count_max {
            let due = (now.rate > 0.0).then(|| schedule.next(now.rate));
            let Some(intended) = due.filter(|intended| *intended < open.duration) else {
                if !self.changed_by(&mut orders, open.duration).await {
                    break;
                }
                schedule.resume(self.start.elapsed());
                now = *orders.borrow_and_update();
                continue;
            };
            tokio::select! {
                biased;
                // First, so that a load that lags behind hears it too.
                changed = orders.changed() => {
                    now = *orders.borrow_and_update();
                    if changed.is_err() {
                        break;
                    }
                    schedule.resume(self.start.elapsed());
                    continue;
                }
                () = self.clock.sleep_until(self.start + intended) => {}
            }
            sent += 1;
            self.begin(intended);
            if requests.len() >= WAITING_MAX {
                self.failed(intended, Failure::TooManyWaiting);
            } else {
                requests.spawn_local(Rc::clone(&self).request(intended));
            }
            burst += 1;
            if burst >= BURST_MAX {
                burst = 0;
                tokio::task::yield_now().await;
            }
            while requests.try_join_next().is_some() {}
        }
        while requests.join_next().await.is_some() {}
    }

    /// Lets clients ask, each for itself, until the load ends and every request has.
    pub(super) async fn closed(self: Rc<Self>, closed: &Closed, orders: watch::Receiver<Orders>) {
        let left = Rc::new(Cell::new(closed.count_max));
        let mut clients = JoinSet::new();
        for number in 0..closed.clients as u64 {
            let random = SmallRng::seed_from_u64(closed.seed.wrapping_add(number));
            let client = Client {
                think: closed.think,
                random,
                left: Rc::clone(&left),
            };
            clients.spawn_local(Rc::clone(&self).client(client, closed.duration, orders.clone()));
        }
        while clients.join_next().await.is_some() {}
    }

    async fn client(
        self: Rc<Self>,
        mut client: Client,
        duration: Duration,
        mut orders: watch::Receiver<Orders>,
    ) {
        // Clients that come by a period or think begin with it, so that they do not all ask in the same instant.
        let mut due = client.next(Duration::ZERO, Duration::ZERO);
        loop {
            if due >= duration {
                self.changed_by(&mut orders, duration).await;
                return;
            }
            if self.start + due > Instant::now() {
                tokio::select! {
                    () = self.clock.sleep_until(self.start + due) => {}
                    _ = orders.changed() => {}
                }
            }
            if orders.borrow().stop || orders.has_changed().is_err() || client.left.get() == 0 {
                return;
            }
            client.left.set(client.left.get() - 1);
            let begun = self.start.elapsed();
            if begun >= duration {
                return;
            }
            self.begin(begun);
            Rc::clone(&self).request(begun).await;
            due = client.next(due, self.start.elapsed());
        }
    }

    /// One request, from its turn to its end.
    async fn request(self: Rc<Self>, intended: Duration) {
        let too_late = Cell::new(Failure::Timeout);
        let make = || self.requester.borrow_mut().next();
        let exchange = self.connections.exchange(make, &too_late);
        match timeout_at(self.start + intended + self.timeout, exchange).await {
            Ok(Ok((request, answer))) => {
                let course = Course {
                    intended,
                    ended: self.start.elapsed(),
                };
                self.lock().answered(course, &answer);
                if let Some(visitor) = request.visitor {
                    let mut requester = self.requester.borrow_mut();
                    answer
                        .cookies
                        .iter()
                        .for_each(|cookie| requester.keep_cookie(visitor, cookie));
                }
            }
            Ok(Err(reason)) => self.failed(intended, reason),
            Err(_) => self.failed(intended, too_late.get()),
        }
    }

    fn failed(&self, intended: Duration, reason: Failure) {
        let course = Course {
            intended,
            ended: self.start.elapsed(),
        };
        self.lock().failed(course, reason);
    }

    /// Counts a request that begins; the seconds of which all requests have ended are summed up.
    fn begin(&self, intended: Duration) {
        let mut recorder = self.lock();
        recorder.sent(intended);
        recorder.sum_up(intended.saturating_sub(self.timeout * 2));
    }

    /// Waits for other orders, at most until the load is `end` old. False: nothing changed, or nobody is there to order.
    async fn changed_by(&self, orders: &mut watch::Receiver<Orders>, end: Duration) -> bool {
        matches!(
            timeout_at(self.start + end, orders.changed()).await,
            Ok(Ok(()))
        )
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One client of a closed loop.
struct Client {
    think: Think,
    random: SmallRng,
    /// Requests that all clients together may still send.
    left: Rc<Cell<u64>>,
}

impl Client {
    /// When the next request is due; the last one was due at `due` and ended at `ended`.
    fn next(&mut self, due: Duration, ended: Duration) -> Duration {
        match self.think {
            Think::Nothing => ended,
            Think::Constant(pause) => ended + pause,
            Think::Exponential(mean) => {
                let share: f64 = self.random.sample(Exp1);
                ended + mean.mul_f64(share)
            }
            Think::Every(period) => ended.max(due + period),
        }
    }
}

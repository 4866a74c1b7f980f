//! The systems of the benchmark `events`, written on nexosim.
//!
//! `simulation-peers SERVERS BUSY_PERCENT REQUESTS` prints seconds, requests answered, their mean latency in
//! nanoseconds and the most resident memory in KiB.
//!
//! One model schedules all events for itself, on one thread: that is the fastest form we found. With a model for each
//! server and messages between them, as nexosim's examples have it, every request would cost further messages. Random
//! numbers, service times and the histogram are those of `simulation`, so that only the event machinery differs.

use std::collections::VecDeque;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use nexosim::model::{BuildContext, Context, Model, ProtoModel, schedulable};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};
use simulation::{Distribution, Exponential, Generator, Histogram, OpenClients};

const WORK: simulation::Duration = simulation::Duration::from_millis(1);

#[derive(Serialize, Deserialize)]
struct Pool;

/// What nexosim does not have to serialise.
struct State {
    random: Generator,
    clients: OpenClients,
    requests: u64,
    /// When the jobs of each server came; the first is being worked on.
    servers: Vec<VecDeque<MonotonicTime>>,
    latencies: Histogram,
    results: Arc<Results>,
}

#[derive(Default)]
struct Results {
    answered: AtomicU64,
    mean_ns: AtomicU64,
}

#[Model(type Env=State)]
impl Pool {
    #[nexosim(init)]
    async fn init(&mut self, context: &Context<Self>, state: &mut State) {
        let gap = state.gap();
        context
            .schedule_event(gap, schedulable!(Self::arrives), ())
            .expect("the gap is not zero");
    }

    #[nexosim(schedulable)]
    async fn arrives(&mut self, _: (), context: &Context<Self>, state: &mut State) {
        if state.clients.sent() < state.requests {
            let gap = state.gap();
            context
                .schedule_event(gap, schedulable!(Self::arrives), ())
                .expect("the gap is not zero");
        }
        let server = state.choose();
        state.servers[server as usize].push_back(context.time());
        if state.servers[server as usize].len() == 1 {
            self.begin(server, context, state);
        }
    }

    #[nexosim(schedulable)]
    async fn finishes(&mut self, server: u32, context: &Context<Self>, state: &mut State) {
        let came = state.servers[server as usize]
            .pop_front()
            .expect("a job was being worked on");
        let latency = context.time().duration_since(came);
        state.latencies.record(latency.as_nanos() as u64);
        if !state.servers[server as usize].is_empty() {
            self.begin(server, context, state);
        }
        if state.latencies.count() == state.requests {
            let mean = state.latencies.mean().unwrap_or(0);
            state.results.mean_ns.store(mean, Ordering::Relaxed);
            state
                .results
                .answered
                .store(state.requests, Ordering::Relaxed);
        }
    }

    fn begin(&self, server: u32, context: &Context<Self>, state: &mut State) {
        let work = Exponential::new(WORK).draw(&mut state.random);
        context
            .schedule_event(later(work), schedulable!(Self::finishes), server)
            .expect("the work is not zero");
    }
}

impl State {
    fn gap(&mut self) -> Duration {
        later(self.clients.gap(&mut self.random))
    }

    /// The less busy of two servers chosen at random; the first of equals.
    fn choose(&mut self) -> u32 {
        let count = self.servers.len() as u64;
        if count == 1 {
            return 0;
        }
        let first = self.random.below(count) as u32;
        let second = self.random.below(count) as u32;
        let inside = |server: u32| self.servers[server as usize].len();
        if inside(second) < inside(first) {
            second
        } else {
            first
        }
    }
}

/// nexosim schedules nothing at the present time.
fn later(length: simulation::Duration) -> Duration {
    Duration::from_nanos(length.as_nanos().max(1))
}

struct Proto(State);

impl ProtoModel for Proto {
    type Model = Pool;

    fn build(self, _: &mut BuildContext<Self>) -> (Pool, State) {
        (Pool, self.0)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<u64> = std::env::args()
        .skip(1)
        .map(|argument| argument.parse())
        .collect::<Result<_, _>>()?;
    let &[servers, busy_percent, requests] = arguments.as_slice() else {
        return Err("wants SERVERS BUSY_PERCENT REQUESTS".into());
    };
    let results = Arc::new(Results::default());
    let state = State {
        random: Generator::new(1),
        clients: OpenClients::poisson(
            1_000_000_000 / WORK.as_nanos() * busy_percent / 100 * servers,
        ),
        requests,
        servers: vec![VecDeque::new(); servers as usize],
        latencies: Histogram::new(7),
        results: results.clone(),
    };
    let begun = Instant::now();
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(Proto(state), Mailbox::new(), "pool")
        .init(MonotonicTime::EPOCH)?;
    simulation.run()?;
    let seconds = begun.elapsed().as_secs_f64();
    let answered = results.answered.load(Ordering::Relaxed);
    let mean_ns = results.mean_ns.load(Ordering::Relaxed);
    println!("{seconds} {answered} {mean_ns} {}", resident_max_kib());
    Ok(())
}

/// The most memory that this process had resident; 0 where the system does not say.
fn resident_max_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

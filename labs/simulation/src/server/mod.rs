//! A server: some workers and a line in front of them, first come, first served.
//!
//! The server does not know the event queue. It says when a job will be finished and gives a ticket for it; the model
//! schedules an event of its own with the ticket and hands it back when the time has come. After a crash the old
//! tickets mean nothing, so the model need not search for events to take back.

mod resize;
mod workers;

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::{Duration, Time, Utilisation};
use workers::Workers;

/// Full speed, in thousandths.
const FULL_SPEED: u32 = 1000;

/// How far back [`Server::utilisation_permille`] looks.
const UTILISATION_WINDOW: Duration = Duration::from_secs(5);

/// Workers with one line; `J` is what the model calls a job.
// The order of the fields keeps together what an event touches: a pool of ten thousand servers does not fit into the
// processor's caches, and each line of memory counts.
#[repr(C, align(64))]
#[derive(Debug, Clone, Hash)]
pub struct Server<J> {
    line: VecDeque<(J, Duration)>,
    working: u32,
    begun: u32,
    waiting_max: u32,
    speed_permille: u32,
    is_up: bool,
    finished: u64,
    utilisation: Utilisation,
    workers: Workers<J>,
    refused: u64,
    lost: u64,
}

/// A job that a worker has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Work<J> {
    /// The job.
    pub job: J,
    /// When the worker began.
    pub began: Time,
    /// When it will have finished.
    pub ends: Time,
    number: u32,
}

/// Names a job that is being worked on, until it is finished or lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    worker: u32,
    number: u32,
}

/// A worker has begun: schedule an event with the ticket at this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Begun {
    /// For [`Server::finish`].
    pub ticket: Ticket,
    /// When the job will be finished.
    pub ends: Time,
}

/// What becomes of a job that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Offer<J> {
    /// A worker has begun with it.
    Begins(Begun),
    /// It stands in line.
    Waits,
    /// The line is full or the server is down: the model has its job back.
    Refused(J),
}

/// A job that is done, and the one that its worker has begun instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finished<J> {
    /// The job that is done.
    pub job: J,
    /// When its worker had begun it.
    pub began: Time,
    /// The first of the line, if there was one.
    pub next: Option<Begun>,
}

impl<J> Server<J> {
    /// With so many workers (at least one), at full speed and with a line that is never full.
    pub fn new(workers: u32) -> Server<J> {
        Server {
            line: VecDeque::new(),
            working: 0,
            begun: 0,
            waiting_max: u32::MAX,
            speed_permille: FULL_SPEED,
            is_up: true,
            finished: 0,
            utilisation: Utilisation::new(UTILISATION_WINDOW),
            workers: Workers::new(workers),
            refused: 0,
            lost: 0,
        }
    }

    /// With room for so many jobs in line, besides those being worked on. More are refused.
    pub fn with_waiting_max(mut self, waiting_max: u32) -> Server<J> {
        self.waiting_max = waiting_max;
        self
    }

    /// Offers a job that takes `work` at full speed.
    pub fn offer(&mut self, now: Time, job: J, work: Duration) -> Offer<J> {
        if !self.is_up {
            self.refused += 1;
            return Offer::Refused(job);
        }
        if let Some(worker) = self.workers.free() {
            return Offer::Begins(self.begin(now, worker, (job, work)));
        }
        if self.line.len() >= self.waiting_max as usize {
            self.refused += 1;
            return Offer::Refused(job);
        }
        self.line.push_back((job, work));
        Offer::Waits
    }

    /// A job's time has come. `None` when it was lost in a crash meanwhile.
    pub fn finish(&mut self, now: Time, ticket: Ticket) -> Option<Finished<J>> {
        let done = self.workers.take(ticket)?;
        self.finished += 1;
        self.count_working(now, -1);
        let next = self.line.pop_front();
        Some(Finished {
            job: done.job,
            began: done.began,
            next: next.map(|next| self.begin(now, ticket.worker, next)),
        })
    }

    fn begin(&mut self, now: Time, worker: u32, (job, work): (J, Duration)) -> Begun {
        let number = self.begun;
        self.begun = number.wrapping_add(1);
        let ends = now + self.at_speed(work);
        let work = Work {
            job,
            began: now,
            ends,
            number,
        };
        self.workers.begin(worker, work);
        self.count_working(now, 1);
        Begun {
            ticket: Ticket { worker, number },
            ends,
        }
    }

    fn at_speed(&self, work: Duration) -> Duration {
        match self.speed_permille {
            FULL_SPEED => work,
            speed => work * u64::from(FULL_SPEED) / u64::from(speed.max(1)),
        }
    }

    fn count_working(&mut self, now: Time, change: i32) {
        self.working = self.working.saturating_add_signed(change);
        self.utilisation.set(now, self.working);
    }

    /// From now on jobs that begin run at this speed: 1000 is full speed, 500 takes twice as long. What is being
    /// worked on keeps its end.
    pub fn slow(&mut self, speed_permille: u32) {
        self.speed_permille = speed_permille;
    }

    /// Stops the server: all jobs are lost, those being worked on first, then the line, and it refuses new ones.
    pub fn crash(&mut self, now: Time) -> Vec<J> {
        self.is_up = false;
        let working = self.workers.take_all().map(|work| work.job);
        let lost: Vec<J> = working
            .chain(self.line.drain(..).map(|(job, _)| job))
            .collect();
        self.lost += lost.len() as u64;
        self.working = 0;
        self.utilisation.set(now, 0);
        lost
    }

    /// Starts a crashed server again, empty and at the speed it had.
    pub fn bounce(&mut self) {
        self.is_up = true;
    }

    /// Whether it takes jobs.
    pub fn is_up(&self) -> bool {
        self.is_up
    }

    /// Its speed in thousandths.
    pub fn speed_permille(&self) -> u32 {
        self.speed_permille
    }

    /// Jobs in line, without those being worked on.
    pub fn waiting(&self) -> u32 {
        self.line.len() as u32
    }

    /// Jobs being worked on.
    pub fn working(&self) -> u32 {
        self.working
    }

    /// Jobs in line and being worked on.
    pub fn inside(&self) -> u32 {
        self.waiting() + self.working
    }

    /// How many workers there are.
    pub fn workers(&self) -> u32 {
        self.workers.count()
    }

    /// What each worker is doing, in the order of the workers.
    pub fn works(&self) -> impl Iterator<Item = Option<&Work<J>>> {
        self.workers.iter()
    }

    /// The jobs in line, the first first.
    pub fn line(&self) -> impl Iterator<Item = &J> {
        self.line.iter().map(|(job, _)| job)
    }

    /// Jobs finished since the start.
    pub fn finished(&self) -> u64 {
        self.finished
    }

    /// Jobs turned away since the start.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Jobs lost in crashes since the start.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Which part of the last five seconds its workers worked, in thousandths.
    pub fn utilisation_permille(&self, now: Time) -> u32 {
        self.utilisation.permille(now, self.workers())
    }

    /// All time that its workers worked so far, added up.
    pub fn worked(&self, now: Time) -> Duration {
        self.utilisation.total(now)
    }
}

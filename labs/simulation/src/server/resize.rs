//! Workers that are hired and dismissed while the server runs.

use alloc::vec::Vec;

use super::{Begun, Server};
use crate::Time;

impl<J> Server<J> {
    /// From now on so many workers, at least one. New ones begin with the first jobs of the line: schedule those.
    /// What a dismissed worker was doing goes to the head of the line, and is begun anew with the time that it took
    /// there.
    pub fn resize(&mut self, now: Time, workers: u32) -> Vec<Begun> {
        let dismissed = self.workers.resize(workers.max(1));
        self.working = self.working.saturating_sub(dismissed.len() as u32);
        for work in dismissed.into_iter().rev() {
            let took = work.ends.since(work.began);
            let at_full_speed =
                took * u64::from(self.speed_permille) / u64::from(super::FULL_SPEED);
            self.line.push_front((work.job, at_full_speed));
        }
        self.utilisation.set(now, self.working);
        let mut begun = Vec::new();
        while let Some(worker) = self.workers.free() {
            let Some(next) = self.line.pop_front() else {
                break;
            };
            begun.push(self.begin(now, worker, next));
        }
        begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Duration, Offer};

    const WORK: Duration = Duration::from_millis(10);

    fn at(ms: u64) -> Time {
        Time::from_millis(ms)
    }

    #[test]
    fn new_workers_take_the_first_of_the_line() {
        let mut server = Server::new(1);
        for job in 0..4 {
            server.offer(at(0), job, WORK);
        }
        let begun = server.resize(at(4), 3);
        assert_eq!(begun.len(), 2);
        assert!(begun.iter().all(|begun| begun.ends == at(14)));
        assert_eq!((server.working(), server.waiting()), (3, 1));
        let done = server.finish(at(14), begun[0].ticket).expect("it works");
        assert_eq!(done.job, 1);
    }

    #[test]
    fn what_a_dismissed_worker_did_is_first_in_line() {
        let mut server = Server::new(2);
        let Offer::Begins(first) = server.offer(at(0), 0, WORK) else {
            panic!("a worker is free")
        };
        let Offer::Begins(second) = server.offer(at(2), 1, WORK) else {
            panic!("a worker is free")
        };
        server.offer(at(3), 2, WORK);
        assert!(server.resize(at(5), 1).is_empty());
        assert_eq!((server.working(), server.waiting()), (1, 2));
        assert!(
            server.finish(at(12), second.ticket).is_none(),
            "it was dismissed"
        );
        let done = server.finish(at(10), first.ticket).expect("it works on");
        let next = done.next.expect("somebody waits");
        assert_eq!(next.ends, at(20));
        let done = server.finish(at(20), next.ticket).expect("it works");
        assert_eq!(done.job, 1, "the dismissed worker's");
    }
}

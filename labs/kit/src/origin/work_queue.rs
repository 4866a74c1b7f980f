//! When work ends that is done by so many workers behind one queue, first come first served.
//!
//! A request's end is known when it comes: it begins when a worker is free and takes as long as it takes. So ends are
//! computed, and a server only waits for them: a timer that is late delays one answer, never those behind it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

/// Workers and their queue. Times count from any fixed moment.
pub(super) struct WorkQueue {
    /// When each worker has done all that it was given.
    workers: BinaryHeap<Reverse<Duration>>,
    /// When those who wait begin, in their order.
    begins: VecDeque<Duration>,
    queue_max: usize,
    /// All work that was ever taken on.
    given: Duration,
}

/// So many wait already that no more are let in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full;

impl WorkQueue {
    pub(super) fn new(workers: u32, queue_max: usize) -> Self {
        Self {
            workers: (0..workers).map(|_| Reverse(Duration::ZERO)).collect(),
            begins: VecDeque::new(),
            queue_max,
            given: Duration::ZERO,
        }
    }

    /// A request comes `now` and needs so much work: when it ends.
    pub(super) fn arrive(&mut self, now: Duration, work: Duration) -> Result<Duration, Full> {
        let Reverse(free) = self
            .workers
            .peek()
            .copied()
            .expect("there is at least one worker");
        let begins = free.max(now);
        if begins > now && self.waiting(now) >= self.queue_max {
            return Err(Full);
        }
        if begins > now {
            self.begins.push_back(begins);
        }
        self.workers.pop();
        self.workers.push(Reverse(begins + work));
        self.given += work;
        Ok(begins + work)
    }

    /// How many wait for a worker.
    pub(super) fn waiting(&mut self, now: Duration) -> usize {
        while self.begins.front().is_some_and(|begins| *begins <= now) {
            self.begins.pop_front();
        }
        self.begins.len()
    }

    /// How long workers have worked, together: what was taken on, without what is still to be done.
    pub(super) fn worked(&self, now: Duration) -> Duration {
        let left = |Reverse(free): &Reverse<Duration>| free.saturating_sub(now);
        self.given
            .saturating_sub(self.workers.iter().map(left).sum())
    }

    /// How many workers work.
    pub(super) fn working(&self, now: Duration) -> usize {
        self.workers
            .iter()
            .filter(|Reverse(free)| *free > now)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn ends_follow_each_other_exactly_whenever_one_looks() {
        let mut queue = WorkQueue::new(1, 1000);
        let work = Duration::from_micros(333);
        let ends: Vec<Duration> = (0..1000)
            .map(|_| queue.arrive(ms(1), work).unwrap())
            .collect();
        assert_eq!(ends[999], ms(1) + work * 1000);
    }

    #[test]
    fn who_comes_first_begins_first_with_the_worker_that_is_free_first() {
        let mut queue = WorkQueue::new(2, 10);
        assert_eq!(queue.arrive(ms(0), ms(10)), Ok(ms(10)));
        assert_eq!(queue.arrive(ms(0), ms(4)), Ok(ms(4)));
        assert_eq!(queue.arrive(ms(1), ms(5)), Ok(ms(9)));
        assert_eq!(queue.arrive(ms(1), ms(1)), Ok(ms(10)));
        assert_eq!((queue.waiting(ms(1)), queue.working(ms(1))), (2, 2));
        assert_eq!((queue.waiting(ms(4)), queue.working(ms(4))), (1, 2));
        assert_eq!((queue.waiting(ms(10)), queue.working(ms(10))), (0, 0));
        assert_eq!((queue.worked(ms(4)), queue.worked(ms(10))), (ms(8), ms(20)));
        assert_eq!(queue.arrive(ms(50), ms(1)), Ok(ms(51)));
    }

    #[test]
    fn a_full_queue_lets_nobody_in_until_somebody_begins() {
        let mut queue = WorkQueue::new(1, 2);
        for _ in 0..3 {
            assert!(queue.arrive(ms(0), ms(10)).is_ok());
        }
        assert_eq!(queue.arrive(ms(9), ms(10)), Err(Full));
        assert_eq!(queue.arrive(ms(10), ms(10)), Ok(ms(40)));
    }
}

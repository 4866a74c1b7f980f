//! What is kept for the next who needs one: as many as were needed lately, not as many as ever.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Things that nobody uses at this moment. The last one that was given is the first one taken, so that those at the bottom
/// are the ones that were not needed; [`trim`](Spare::trim) drops these. Each thread has its own, so that its lock is never
/// waited for.
#[derive(Debug)]
pub struct Spare<T> {
    free: Mutex<Free<T>>,
    kept_max: usize,
}

#[derive(Debug)]
struct Free<T> {
    things: Vec<T>,
    /// The fewest there were since the last trim: so many nobody needed.
    least: usize,
}

impl<T> Spare<T> {
    /// Keeps at most so many.
    pub fn new(kept_max: usize) -> Spare<T> {
        Spare {
            free: Mutex::new(Free {
                things: Vec::new(),
                least: 0,
            }),
            kept_max,
        }
    }

    /// The one that was given last, if there is any.
    pub fn take(&self) -> Option<T> {
        let mut free = self.lock();
        let taken = free.things.pop();
        free.least = free.least.min(free.things.len());
        taken
    }

    /// Keeps it, unless there are enough.
    pub fn give(&self, thing: T) {
        let mut free = self.lock();
        if free.things.len() < self.kept_max {
            free.things.push(thing);
        }
    }

    /// Drops as many as nobody has needed since this was last called.
    pub fn trim(&self) {
        let mut free = self.lock();
        let unneeded = free.least;
        free.things.drain(..unneeded);
        free.least = free.things.len();
    }

    /// How many are kept at this moment.
    pub fn kept(&self) -> usize {
        self.lock().things.len()
    }

    fn lock(&self) -> MutexGuard<'_, Free<T>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_needed_since_the_last_trim_is_dropped() {
        let spare = Spare::new(8);
        for number in 0..6 {
            spare.give(number);
        }
        // It began empty: nobody can say yet that these are too many.
        spare.trim();
        assert_eq!(spare.kept(), 6);
        let (one, other) = (spare.take(), spare.take());
        assert_eq!((one, other), (Some(5), Some(4)));
        spare.give(4);
        spare.give(5);
        spare.trim();
        assert_eq!(spare.kept(), 2);
        assert_eq!(spare.take(), Some(5));
    }

    #[test]
    fn no_more_are_kept_than_allowed() {
        let spare = Spare::new(2);
        (0..5).for_each(|number| spare.give(number));
        assert_eq!(spare.kept(), 2);
    }
}

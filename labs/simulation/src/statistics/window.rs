//! Sums over the last while, in a ring of slots: the oldest slot counts only as far as it still lies in the window.

use crate::{Duration, Time};

/// Into how many slots a window is cut; what is at its far end is taken to lie evenly in its slot.
const SLOTS: u64 = 20;

/// What was added in the last `SLOTS` slots of time and the one that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Window {
    slot_ns: u64,
    /// The number of the slot that was last added to, counted from the start of the run.
    newest: u64,
    newest_ends_ns: u64,
    sums: [u64; SLOTS as usize + 1],
}

impl Window {
    pub(super) fn new(length: Duration) -> Window {
        let slot_ns = (length.as_nanos() / SLOTS).max(1);
        Window {
            slot_ns,
            newest: 0,
            newest_ends_ns: slot_ns,
            sums: [0; SLOTS as usize + 1],
        }
    }

    /// How long the window is at this time: at the start of a run it is not full yet.
    pub(super) fn length_ns(&self, now: Time) -> u64 {
        now.as_nanos().min(self.slot_ns * SLOTS)
    }

    /// Adds an amount at a time, which is not before the last one.
    #[inline]
    pub(super) fn add(&mut self, now: Time, amount: u64) {
        self.advance(now.as_nanos());
        self.sums[place(self.newest)] += amount;
    }

    /// Adds `weight` for each nanosecond between two times.
    #[inline]
    pub(super) fn add_span(&mut self, from: Time, to: Time, weight: u64) {
        let to = to.as_nanos();
        // What came before the window need not be added.
        let mut from = from
            .as_nanos()
            .max(to.saturating_sub(self.slot_ns * (SLOTS + 1)));
        while from < to {
            self.advance(from);
            let end = to.min(self.newest_ends_ns);
            self.sums[place(self.newest)] += (end - from) * weight;
            from = end;
        }
    }

    /// The sum over the window that ends now.
    pub(super) fn sum(&self, now: Time) -> u64 {
        let now = now.as_nanos();
        let current = now / self.slot_ns;
        let whole = (0..SLOTS).filter_map(|back| self.slot(current.checked_sub(back)?));
        let oldest = current
            .checked_sub(SLOTS)
            .and_then(|oldest| self.slot(oldest));
        let left_ns = self.slot_ns - now % self.slot_ns;
        let part = u128::from(oldest.unwrap_or(0)) * u128::from(left_ns) / u128::from(self.slot_ns);
        whole.sum::<u64>() + part as u64
    }

    /// The sum of one slot, if the ring still has it.
    fn slot(&self, number: u64) -> Option<u64> {
        let is_kept = number <= self.newest && number + SLOTS >= self.newest;
        is_kept.then(|| self.sums[place(number)])
    }

    #[inline]
    fn advance(&mut self, now_ns: u64) {
        if now_ns >= self.newest_ends_ns {
            self.open_slot(now_ns / self.slot_ns);
        }
    }

    #[cold]
    fn open_slot(&mut self, number: u64) {
        let forgotten = (self.newest + 1).max(number.saturating_sub(SLOTS));
        for slot in forgotten..=number {
            self.sums[place(slot)] = 0;
        }
        self.newest = number;
        self.newest_ends_ns = (number + 1).saturating_mul(self.slot_ns);
    }
}

fn place(slot: u64) -> usize {
    (slot % (SLOTS + 1)) as usize
}

//! Percentiles of the last while: one histogram for each of the last few slots of time.

use alloc::collections::VecDeque;

use super::Histogram;
use crate::{Duration, Time};

/// Values of the last slots of time, such as the latencies of each of the last thirty seconds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recent {
    slot: Duration,
    slots_max: u32,
    precision: u32,
    /// The number of the last slot of `slots`, counted from the start of the run.
    newest: u64,
    /// Oldest first.
    slots: VecDeque<Histogram>,
}

impl Recent {
    /// The last `slots_max` slots of this length, each a histogram with so many bits of precision.
    pub fn new(slot: Duration, slots_max: u32, precision: u32) -> Recent {
        Recent {
            slot: slot.max(Duration::from_nanos(1)),
            slots_max: slots_max.max(1),
            precision,
            newest: 0,
            slots: VecDeque::new(),
        }
    }

    /// Counts a value at a time, which is not before the last one.
    pub fn record(&mut self, now: Time, value: u64) {
        let number = self.slot_at(now);
        if self.slots.is_empty() {
            self.newest = number;
            self.slots.push_back(Histogram::new(self.precision));
        }
        self.newest = self
            .newest
            .max(number.saturating_sub(u64::from(self.slots_max)));
        while self.newest < number {
            self.newest += 1;
            self.slots.push_back(Histogram::new(self.precision));
        }
        while self.slots.len() > self.slots_max as usize {
            self.slots.pop_front();
        }
        if let Some(last) = self.slots.back_mut() {
            last.record(value);
        }
    }

    /// The values of the slot that lies so many before the present one (0: the present one, as far as it has come).
    pub fn ago(&self, now: Time, slots: u32) -> Option<&Histogram> {
        let number = self.slot_at(now).checked_sub(u64::from(slots))?;
        let before_newest = usize::try_from(self.newest.checked_sub(number)?).ok()?;
        let index = self.slots.len().checked_sub(before_newest + 1)?;
        self.slots.get(index)
    }

    /// The values of the present slot and of those before it, so many in all.
    pub fn last(&self, now: Time, slots: u32) -> Histogram {
        let mut all = Histogram::new(self.precision);
        for slot in (0..slots).filter_map(|back| self.ago(now, back)) {
            all.merge(slot);
        }
        all
    }

    fn slot_at(&self, now: Time) -> u64 {
        now.as_nanos() / self.slot.as_nanos()
    }
}

//! What a growing total was a while ago: it is noted at the boundaries of short slots of time, and taken to grow evenly
//! between them. Between two boundaries nothing is written, so that ten thousand servers stay quick.

use alloc::boxed::Box;

use crate::{Duration, Time};

/// Into how many slots a window is cut.
const SLOTS: u64 = 20;

/// The window reaches into one slot more.
const KEPT: u64 = SLOTS + 1;

/// A total since the start, how fast it grows at present, and since when it has grown so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Total {
    amount: u64,
    /// What is added for each nanosecond.
    growth: u64,
    since_ns: u64,
}

/// A total with the values that it had at the last boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Past {
    total: Total,
    /// The first boundary at which the total is not noted yet.
    next_ns: u64,
    noted: Box<Noted>,
}

/// What is needed only at a boundary, or to look back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Noted {
    slot_ns: u64,
    totals: [u64; KEPT as usize],
}

impl Total {
    #[inline]
    fn at(&self, now_ns: u64) -> u64 {
        self.amount + now_ns.saturating_sub(self.since_ns) * self.growth
    }
}

impl Past {
    /// For a window of this length.
    pub(super) fn new(window: Duration) -> Past {
        let slot_ns = (window.as_nanos() / SLOTS).max(1);
        Past {
            total: Total::default(),
            next_ns: slot_ns,
            noted: Box::new(Noted {
                slot_ns,
                totals: [0; KEPT as usize],
            }),
        }
    }

    /// The total at this time, which is not before the last change.
    #[inline]
    pub(super) fn total(&self, now: Time) -> u64 {
        self.total.at(now.as_nanos())
    }

    /// Adds an amount now, and from now on so much for each nanosecond.
    #[inline]
    pub(super) fn add(&mut self, now: Time, amount: u64, growth: u64) {
        let now_ns = now.as_nanos();
        if now_ns >= self.next_ns {
            self.note(now_ns);
        }
        self.total = Total {
            amount: self.total.at(now_ns) + amount,
            growth,
            since_ns: now_ns,
        };
    }

    /// How long the window is at this time: at the start of a run it is not full yet.
    pub(super) fn length_ns(&self, now: Time) -> u64 {
        now.as_nanos().min(self.noted.slot_ns * SLOTS)
    }

    /// By how much the total has grown in the window that ends now.
    pub(super) fn growth(&self, now: Time) -> u64 {
        let begins_ns = now.as_nanos() - self.length_ns(now);
        let boundary = begins_ns / self.noted.slot_ns;
        let (before, after) = (self.at_boundary(boundary), self.at_boundary(boundary + 1));
        let part = share(
            after - before,
            begins_ns % self.noted.slot_ns,
            self.noted.slot_ns,
        );
        self.total(now) - before - part
    }

    /// The total at a boundary that is still kept or still to come.
    fn at_boundary(&self, number: u64) -> u64 {
        let boundary_ns = number * self.noted.slot_ns;
        if boundary_ns < self.next_ns {
            self.noted.totals[(number % KEPT) as usize]
        } else {
            self.total.at(boundary_ns)
        }
    }

    /// Notes the total at each boundary up to now, or at the last of them if there were more than are kept.
    #[cold]
    fn note(&mut self, now_ns: u64) {
        let last = now_ns / self.noted.slot_ns;
        let first = (self.next_ns / self.noted.slot_ns).max((last + 1).saturating_sub(KEPT));
        for number in first..=last {
            self.noted.totals[(number % KEPT) as usize] =
                self.total.at(number * self.noted.slot_ns);
        }
        self.next_ns = (last + 1).saturating_mul(self.noted.slot_ns);
    }
}

/// `amount` × `part` ÷ `whole`, rounded down, for a part that is at most the whole. In 64 bits: a division of 128 bits is a
/// kilobyte of code, which every reader of a figure would load. Wholes above 2³² (four seconds, in nanoseconds) lose bits that
/// no figure shows.
fn share(amount: u64, part: u64, whole: u64) -> u64 {
    let excess = (64 - whole.leading_zeros()).saturating_sub(32);
    let (part, whole) = (part >> excess, (whole >> excess).max(1));
    amount / whole * part + amount % whole * part / whole
}

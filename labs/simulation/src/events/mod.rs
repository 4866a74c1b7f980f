//! What is still to happen, in order: by time, and on the same nanosecond in the order of scheduling.
//!
//! The queue keeps a digest of every event that it has handed out: when, as which one scheduled, and what. Together
//! with what is still pending this is the queue's [`Hash`], so moving one event by one nanosecond changes the digest
//! of a model for ever after.

mod heap;

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::{Digest, Duration, Time};
use heap::{Heap, Key, PLACES_MAX};

/// Pending events of a model's own type `E`, and the present time.
#[derive(Debug, Clone)]
pub struct Events<E> {
    now: Time,
    scheduled: u64,
    heap: Heap,
    /// Where the pending events are kept; a key of the heap knows its place.
    places: Vec<Option<E>>,
    free: Vec<u32>,
    history: Digest,
}

impl<E> Events<E> {
    /// None, at the start of the run.
    pub const fn new() -> Events<E> {
        Events {
            now: Time::START,
            scheduled: 0,
            heap: Heap::new(),
            places: Vec::new(),
            free: Vec::new(),
            history: Digest::new(),
        }
    }

    /// The present: the time of the last event, or the limit that was reached since.
    #[inline]
    pub fn now(&self) -> Time {
        self.now
    }

    /// How many are pending.
    pub fn pending(&self) -> usize {
        self.heap.len()
    }

    /// When the next one is due.
    pub fn next_time(&self) -> Option<Time> {
        self.heap.first().map(Key::time)
    }

    /// Puts an event at a time; one in the past happens now.
    ///
    /// # Panics
    /// When 2²⁴ (16.7 million) events are pending already.
    #[inline]
    pub fn schedule(&mut self, at: Time, event: E) {
        let place = match self.free.pop() {
            Some(place) => {
                self.places[place as usize] = Some(event);
                place
            }
            None => self.new_place(event),
        };
        self.heap
            .push(Key::new(at.max(self.now), self.scheduled, place));
        self.scheduled += 1;
    }

    #[cold]
    fn new_place(&mut self, event: E) -> u32 {
        assert!(self.places.len() < PLACES_MAX, "too many pending events");
        self.places.push(Some(event));
        self.places.len() as u32 - 1
    }

    /// Puts an event this long from now.
    #[inline]
    pub fn after(&mut self, delay: Duration, event: E) {
        self.schedule(self.now + delay, event);
    }

    /// Moves the earliest pending event by this much, and says whether there was one. It keeps its rank among the
    /// events of its new time. This is how a test shows that the digest sees a nanosecond.
    pub fn postpone_next(&mut self, by: Duration) -> bool {
        match self.heap.pop() {
            Some(key) => {
                self.heap.push(key.at(key.time() + by));
                true
            }
            None => false,
        }
    }
}

impl<E: Hash> Events<E> {
    /// The next event that is due at `limit` or before, which becomes the present. When there is none, `limit`
    /// becomes the present, unless it lies in the past.
    #[inline]
    pub fn next_until(&mut self, limit: Time) -> Option<E> {
        let due = self.heap.first().filter(|key| key.time() <= limit);
        let Some(key) = due else {
            self.now = self.now.max(limit);
            return None;
        };
        self.heap.pop();
        self.now = key.time();
        let place = key.place();
        self.free.push(place);
        let event = self.places[place as usize].take()?;
        self.history.word(key.time().as_nanos());
        self.history.word(key.order());
        event.hash(&mut self.history);
        Some(event)
    }
}

impl<E> Default for Events<E> {
    fn default() -> Self {
        Events::new()
    }
}

/// The present, what happened, and what is pending, wherever the heap happens to keep it.
impl<E: Hash> Hash for Events<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut pending: u64 = 0;
        for key in self.heap.keys() {
            let mut digest = Digest::new();
            digest.word(key.time().as_nanos());
            digest.word(key.order());
            self.places[key.place() as usize].hash(&mut digest);
            pending = pending.wrapping_add(digest.value());
        }
        self.now.hash(state);
        self.scheduled.hash(state);
        self.history.hash(state);
        pending.hash(state);
    }
}

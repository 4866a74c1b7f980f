//! The way from one part to another: it takes time, and it can be cut.
//!
//! A link does not know the event queue. It says how long a message will be on its way, and the model schedules the
//! arrival. What is under way when a link is cut or held still arrives: it is past the place of the fault.

use alloc::vec::Vec;

use crate::{Duration, Generator};

/// A way for messages of the model's type `M`, in one direction.
#[derive(Debug, Clone, Hash)]
pub struct Link<M> {
    latency: Duration,
    jitter: Duration,
    is_partitioned: bool,
    is_held: bool,
    held: Vec<M>,
    sent: u64,
    lost: u64,
}

/// What becomes of a message that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Passage<M> {
    /// It arrives after this time: schedule that.
    Arrives(Duration, M),
    /// It waits in the link until [`Link::release`].
    Held,
    /// It never arrives, and the sender is not told.
    Lost(M),
}

impl<M> Link<M> {
    /// With the same latency for every message.
    pub fn new(latency: Duration) -> Link<M> {
        Link {
            latency,
            jitter: Duration::ZERO,
            is_partitioned: false,
            is_held: false,
            held: Vec::new(),
            sent: 0,
            lost: 0,
        }
    }

    /// With up to `jitter` more for each message, evenly spread. Messages may then overtake each other.
    pub fn with_jitter(mut self, jitter: Duration) -> Link<M> {
        self.jitter = jitter;
        self
    }

    /// Sends a message.
    pub fn send(&mut self, message: M, random: &mut Generator) -> Passage<M> {
        self.sent += 1;
        if self.is_partitioned {
            self.lost += 1;
            return Passage::Lost(message);
        }
        if self.is_held {
            self.held.push(message);
            return Passage::Held;
        }
        Passage::Arrives(self.delay(random), message)
    }

    /// How long a message that is sent now would take. The generator is asked only where there is jitter.
    pub fn delay(&self, random: &mut Generator) -> Duration {
        if self.jitter == Duration::ZERO {
            return self.latency;
        }
        let span = self.jitter.as_nanos().saturating_add(1);
        self.latency + Duration::from_nanos(random.below(span))
    }

    /// Cuts the link: messages are lost until it is repaired.
    pub fn partition(&mut self) {
        self.is_partitioned = true;
    }

    /// Mends a cut link.
    pub fn repair(&mut self) {
        self.is_partitioned = false;
    }

    /// Keeps messages back until they are released.
    pub fn hold(&mut self) {
        self.is_held = true;
    }

    /// Lets messages pass again, and gives those that were kept back, in the order in which they were sent: schedule
    /// each after [`Link::delay`].
    pub fn release(&mut self) -> Vec<M> {
        self.is_held = false;
        core::mem::take(&mut self.held)
    }

    /// Whether messages are lost.
    pub fn is_partitioned(&self) -> bool {
        self.is_partitioned
    }

    /// Whether messages are kept back.
    pub fn is_held(&self) -> bool {
        self.is_held
    }

    /// The latency without jitter.
    pub fn latency(&self) -> Duration {
        self.latency
    }

    /// Messages sent since the start, whatever became of them.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Messages lost since the start.
    pub fn lost(&self) -> u64 {
        self.lost
    }
}

//! What a measurement gets: its seed, and a way to say what it is doing and how long that takes.

use std::sync::Arc;
use std::time::Duration;

/// The surroundings of a measurement.
#[derive(Clone)]
pub struct Bench {
    seed: u64,
    progress: Arc<dyn Progress>,
}

/// Shows what is going on.
pub trait Progress: Send + Sync {
    /// Something begins that takes about this long. It ends when what is returned is dropped.
    fn begin(&self, words: &str, expected: Duration) -> Step;
}

/// Something that is going on; it ends when this is dropped.
pub struct Step(Option<Box<dyn FnOnce() + Send>>);

/// Shows nothing.
pub struct Silent;

impl Bench {
    /// Surroundings that show progress there.
    pub fn new(seed: u64, progress: Arc<dyn Progress>) -> Bench {
        Bench { seed, progress }
    }

    /// Surroundings that show nothing: for tests.
    pub fn silent(seed: u64) -> Bench {
        Bench::new(seed, Arc::new(Silent))
    }

    /// Where all randomness of the measurement comes from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Says that something begins, and how long it takes: a bar on a terminal, a line elsewhere. Keep what is returned until
    /// it is over.
    pub fn step(&self, words: &str, expected: Duration) -> Step {
        self.progress.begin(words, expected)
    }
}

impl Step {
    /// A step that runs `end` when it is over.
    pub fn new(end: impl FnOnce() + Send + 'static) -> Step {
        Step(Some(Box::new(end)))
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

impl Progress for Silent {
    fn begin(&self, _words: &str, _expected: Duration) -> Step {
        Step(None)
    }
}

//! What is counted of the servers above and of those below.

use simulation::{Duration, Server, Time};

/// Answers, and time that was lost.
#[derive(Debug, Clone, Copy, Default, Hash)]
pub(super) struct Counts {
    answers: u64,
    /// From arrival to answer, all of them together.
    stayed: Duration,
    /// How long somebody waited while a server was idle.
    pub(super) wasted: Duration,
}

impl Counts {
    /// Time has passed in which nothing changed.
    pub(super) fn pass(&mut self, lines: &[Server<Time>], passed: Duration) {
        let waits = lines.iter().any(|line| line.waiting() > 0);
        if waits && lines.iter().any(|line| line.working() < line.workers()) {
            self.wasted += passed;
        }
    }

    /// A request was answered, so long after it had come.
    pub(super) fn answered(&mut self, after: Duration) {
        self.answers += 1;
        self.stayed += after;
    }

    /// From arrival to answer, on average.
    pub(super) fn mean(&self) -> Option<Duration> {
        let mean = self.stayed.as_nanos().checked_div(self.answers);
        mean.map(Duration::from_nanos)
    }
}

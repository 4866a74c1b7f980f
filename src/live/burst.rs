//! When a burst of changes is over. Editors write a file twice, save by rename, or leave it empty for a moment; a
//! checkout writes hundreds. Each is one change.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// As long as this nothing more must happen. Longer than an editor needs from one step of a save to the next.
const QUIET: Duration = Duration::from_millis(8);

/// The same while a file is open for writing, where the system says when it is closed: it may be empty until then.
const QUIET_WHILE_OPEN: Duration = if cfg!(target_os = "linux") {
    Duration::from_millis(60)
} else {
    QUIET
};

/// A burst without an end (a log that lies among the chapters) is looked at all the same.
const LONGEST: Duration = Duration::from_millis(250);

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It was made or written to, and may be open still.
    Open,
    /// It was closed, renamed, removed: nobody writes to it at the moment.
    Settled,
}

/// The changes of one burst.
#[derive(Debug, Default)]
pub(super) struct Burst {
    paths: BTreeSet<PathBuf>,
    open: HashSet<PathBuf>,
    /// When its first and its last change came.
    span: Option<(Instant, Instant)>,
}

impl Burst {
    /// Adds a change.
    pub(super) fn add(&mut self, path: &Path, step: Step, now: Instant) {
        self.paths.insert(path.to_owned());
        match step {
            Step::Open => self.open.insert(path.to_owned()),
            Step::Settled => self.open.remove(path),
        };
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    /// When the burst is over, if nothing more comes; `None` while nothing has come.
    pub(super) fn end(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        let quiet = if self.open.is_empty() {
            QUIET
        } else {
            QUIET_WHILE_OPEN
        };
        Some((last + quiet).min(first + LONGEST))
    }

    /// Takes what changed; the next change begins another burst.
    pub(super) fn take(&mut self) -> BTreeSet<PathBuf> {
        self.span = None;
        self.open.clear();
        std::mem::take(&mut self.paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_file_that_is_closed_is_soon_looked_at() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        assert_eq!(burst.end(), None);
        burst.add(Path::new("one.md"), Step::Open, start);
        burst.add(Path::new("one.md"), Step::Settled, start + MS);
        assert_eq!(burst.end(), Some(start + MS + QUIET));
        assert_eq!(burst.take(), BTreeSet::from(["one.md".into()]));
        assert_eq!(burst.end(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        burst.add(Path::new("one.md"), Step::Open, start);
        burst.add(Path::new("two.md"), Step::Settled, start);
        assert_eq!(burst.end(), Some(start + QUIET_WHILE_OPEN));
    }

    #[test]
    fn a_burst_without_an_end_is_cut() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        for step in 0..1_000 {
            burst.add(Path::new("log"), Step::Settled, start + MS * step);
        }
        assert_eq!(burst.end(), Some(start + LONGEST));
    }
}

//! Hears from the system which files change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::burst::Step;
use super::interest::Interest;

/// Watches the folders of a book.
pub(super) struct Watching {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watching {
    /// Watches nothing yet; `hear` gets every event, on a thread of the watcher's.
    ///
    /// # Errors
    /// Why the system can't watch files, in a few words.
    pub(super) fn start(
        hear: impl Fn(notify::Result<Event>) + Send + 'static,
    ) -> Result<Watching, String> {
        let watcher = notify::recommended_watcher(hear).map_err(|error| reason(&error))?;
        Ok(Watching {
            watcher,
            folders: BTreeSet::new(),
        })
    }

    /// Watches the folders that make the book now, and no others.
    ///
    /// # Errors
    /// Why a folder can't be watched, in a few words; the others are.
    pub(super) fn follow(&mut self, interest: &Interest) -> Result<(), String> {
        let wanted = interest.folders();
        for folder in self.folders.difference(&wanted) {
            // It may be gone, and its watch with it.
            let _ = self.watcher.unwatch(folder);
        }
        let mut followed: BTreeSet<PathBuf> = self.folders.intersection(&wanted).cloned().collect();
        let mut result = Ok(());
        for folder in wanted.difference(&self.folders) {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    followed.insert(folder.clone());
                }
                // Gone since it was found: its end will be heard of.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                Err(error) => result = Err(reason(&error)),
            }
        }
        self.folders = followed;
        result
    }

    /// Forgets a watched folder that was removed or renamed: one of the same name that comes after it is another one, of
    /// which the system would say nothing. Whether there was one.
    pub(super) fn forget(&mut self, kind: EventKind, path: &Path) -> bool {
        let is_end = matches!(
            kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        let is_forgotten = is_end && self.folders.remove(path);
        if is_forgotten {
            let _ = self.watcher.unwatch(path);
        }
        is_forgotten
    }
}

/// Why the system can't watch, and what to do about it.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system allows no more watched folders: raise fs.inotify.max_user_watches".into()
        }
        ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_FILES) => {
            "the system allows no more watchers: end other programs that watch files, or raise fs.inotify.max_user_instances".into()
        }
        _ => error.to_string(),
    }
}

/// EMFILE, which inotify_init gives when a user has too many watchers.
const TOO_MANY_FILES: i32 = 24;

/// What an event means for the files it names; `None` for one that changes nothing, such as our own reading.
pub(super) fn step(kind: EventKind) -> Option<Step> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Step::Settled),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File)
        | EventKind::Modify(ModifyKind::Data(DataChange::Any | DataChange::Content)) => {
            Some(Step::Open)
        }
        _ => Some(Step::Settled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_changes_nothing() {
        for kind in [
            AccessKind::Read,
            AccessKind::Open(AccessMode::Any),
            AccessKind::Close(AccessMode::Read),
        ] {
            assert_eq!(step(EventKind::Access(kind)), None);
        }
    }

    #[test]
    fn a_reason_says_what_to_do() {
        let none_left = notify::Error::new(ErrorKind::MaxFilesWatch);
        assert!(reason(&none_left).contains("max_user_watches"));
        let error = std::io::Error::from_raw_os_error(TOO_MANY_FILES);
        assert!(reason(&notify::Error::io(error)).contains("max_user_instances"));
    }
}

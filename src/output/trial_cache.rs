//! What came of running live figures, in `.labbook/cache/trials`: the same module does the same, and running it for minutes
//! of simulated time takes seconds.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use postcard::{from_bytes, to_stdvec};
use xxhash_rust::xxh3::xxh3_128;

use super::cache::{program, save};
use crate::book::Book;
use crate::theme::Theme;

/// Digest of a trial to its messages.
type Trials = BTreeMap<u128, Vec<String>>;

/// The trials of earlier checks, and those of this one.
pub struct TrialCache {
    file: PathBuf,
    /// What all trials depend on: labbook itself, the module, the fonts that labels are measured with.
    shared: String,
    known: Trials,
    used: Mutex<Trials>,
}

impl TrialCache {
    /// The cache of a book.
    pub fn open(book: &Book, theme: &Theme) -> TrialCache {
        let file = book.root.join(".labbook/cache/trials");
        let bytes = fs::read(&file).unwrap_or_default();
        let whole = bytes
            .split_first_chunk()
            .filter(|(checksum, trials)| u128::from_le_bytes(**checksum) == xxh3_128(trials));
        TrialCache {
            known: whole
                .and_then(|(_, trials)| from_bytes(trials).ok())
                .unwrap_or_default(),
            shared: format!(
                "{} {} {}",
                program(),
                book.figures.digest(),
                theme.fonts_digest()
            ),
            used: Mutex::default(),
            file,
        }
    }

    /// The messages of the trial `what`, which is run unless it was before.
    pub fn messages(&self, what: &str, run: impl FnOnce() -> Vec<String>) -> Vec<String> {
        let digest = xxh3_128(format!("{} {what}", self.shared).as_bytes());
        let messages = self.known.get(&digest).cloned().unwrap_or_else(run);
        let mut used = self
            .used
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        used.insert(digest, messages.clone());
        messages
    }

    /// Keeps the trials of this check. A folder that cannot be written is no error.
    pub fn keep(self) {
        let used = self
            .used
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let Ok(trials) = to_stdvec(&used) else { return };
        if used != self.known {
            let mut bytes = xxh3_128(&trials).to_le_bytes().to_vec();
            bytes.extend(trials);
            let _ = save(&self.file, &bytes);
        }
    }
}

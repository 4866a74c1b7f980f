//! What the reader has done on this machine: their own last run of a lab, and the exercises that they have solved. Only
//! `serve` reads it; a book that is built knows nothing of it.

use std::collections::BTreeMap;

use super::Context;
use crate::load::{PROGRESS, own_run_key};
use crate::measurements::Record;
use crate::problem::shown;

impl Context<'_> {
    /// The reader's own last run of a lab, and what is wrong with its file, if anything is.
    pub(super) fn own_run(&self, lab: &str) -> (Option<Record>, Option<String>) {
        let Some(attachment) = self.chapter.attachments.get(&own_run_key(lab)) else {
            return (None, None);
        };
        let read = attachment.text.as_deref().map_err(Clone::clone);
        match read.and_then(Record::read) {
            Ok(record) => (Some(record), None),
            Err(error) => {
                let file = shown(&attachment.file);
                let note = format!(
                    "your own last run is not shown: {file}: {error}; run the experiments again, or remove the file"
                );
                (None, Some(note))
            }
        }
    }

    /// Days on which exercises of a lab were solved, by name, and what is wrong with the file, if anything is.
    pub(super) fn solved(&self, lab: &str) -> (BTreeMap<String, String>, Option<String>) {
        let Some(attachment) = self.chapter.attachments.get(PROGRESS) else {
            return Default::default();
        };
        let read = attachment.text.as_deref().map_err(Clone::clone);
        let table = read.and_then(|text| {
            text.parse::<toml::Table>()
                .map_err(|error| error.message().to_string())
        });
        let table = match table {
            Ok(table) => table,
            Err(error) => {
                let file = shown(&attachment.file);
                let note = format!(
                    "what you have solved is not shown: {file}: {error}; mend the file, or remove it"
                );
                return (BTreeMap::new(), Some(note));
            }
        };
        let solved = table.get(lab).and_then(toml::Value::as_table);
        let day = |(name, value): (&String, &toml::Value)| {
            let day = match value {
                toml::Value::String(day) => day.clone(),
                toml::Value::Datetime(day) => day.to_string(),
                _ => return None,
            };
            Some((name.clone(), day))
        };
        (solved.into_iter().flatten().filter_map(day).collect(), None)
    }
}

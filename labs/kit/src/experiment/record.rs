//! The file of a run: what was found, on which machine, when, from which revision, with which seed.
//!
//! `.labbook/runs/lab-NN.json` is the reader's own last run, `measured.json` in a lab's folder the one that is committed.
//! Both have schema 1. A run takes the place of what it found again, and leaves the rest.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::{Findings, Source};
use crate::exercise::progress::write_whole;

mod machine;

pub use machine::Machine;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// A recorded run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// 1.
    pub schema: u32,
    /// Where it ran.
    pub machine: Machine,
    /// The day, as `2026-11-22`.
    pub date: String,
    /// The commit, and ` (changed)` after it where files of the working tree were not committed; `unknown` without git.
    pub revision: String,
    /// Where all randomness came from.
    pub seed: u64,
    /// Name → what it found.
    pub experiments: BTreeMap<String, Findings>,
}

impl Record {
    /// A record of this machine, this day and the revision that is checked out in that folder.
    pub fn here(folder: &Path, seed: u64) -> Record {
        Record {
            schema: SCHEMA,
            machine: Machine::this(),
            date: today(),
            revision: machine::revision(folder),
            seed,
            experiments: BTreeMap::new(),
        }
    }

    /// Reads a file; `None` when there is none.
    ///
    /// # Errors
    /// It can't be read or has another schema; the message names it.
    pub fn read(path: &Path) -> anyhow::Result<Option<Record>> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let advice = || {
            format!(
                "{} is no record of a run: mend it or move it away",
                path.display()
            )
        };
        let record: Record = serde_json::from_str(&text).with_context(advice)?;
        if record.schema != SCHEMA {
            bail!(
                "{} has schema {}, and this program reads schema {SCHEMA}: move it away",
                path.display(),
                record.schema
            );
        }
        Ok(Some(record))
    }

    /// Puts in what an experiment found. Numbers of the same sources are replaced, those of others stay (a simulation alone
    /// does not undo what was measured), and `judge` makes the claims of all that is there then.
    pub fn take(
        &mut self,
        experiment: &str,
        found: Findings,
        judge: impl Fn(&Findings) -> Vec<super::Claim>,
    ) {
        let kept = self.experiments.entry(experiment.into()).or_default();
        let mut sources = found.sources();
        if sources.contains(&Source::Simulated) && !sources.contains(&Source::Theory) {
            // Theory's numbers come with the simulation.
            sources.push(Source::Theory);
        }
        kept.forget(&sources);
        kept.extend(found);
        kept.claims = judge(kept);
    }

    /// Puts this run into a file: what it holds of other experiments stays; machine, date, revision and seed become those of
    /// this run.
    ///
    /// # Errors
    /// The file there is broken, or can't be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        write_whole(path, &text)
    }
}

/// The day, in the machine's time zone.
pub fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

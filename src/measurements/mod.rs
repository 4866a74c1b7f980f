//! What a lab has recorded: numbers, series and claims of its experiments.
//!
//! In: the JSON of a lab's measured.json, or of the reader's own last run (`.labbook/runs/lab-03.json`), which has the same
//! form, schema 1. Out: a [`Record`]. A name that is not in it is answered with those that are.

mod digits;
mod source;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use digits::written as digits_written;
pub use digits::{shown, with_digits};
pub use source::Source;

/// The schema that this labbook reads.
const SCHEMA: u32 = 1;

/// One recorded run of a lab's experiments.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    schema: u32,
    /// The machine: a table with `processor` and `cores`, or words.
    #[serde(default)]
    machine: Value,
    /// The day, `2026-11-22`; empty where the file does not say.
    #[serde(default)]
    pub date: String,
    /// By name.
    pub experiments: BTreeMap<String, Experiment>,
}

/// What one experiment found.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Experiment {
    /// Variant to key to number.
    #[serde(default)]
    pub figures: BTreeMap<String, BTreeMap<String, Number>>,
    /// By name.
    #[serde(default)]
    pub series: BTreeMap<String, Series>,
    /// What is claimed of it.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Number {
    /// The value, in its unit.
    pub value: f64,
    /// `ms`, `%`, `requests`; may be empty.
    pub unit: String,
    /// Where it comes from.
    pub source: Source,
}

/// Points of one quantity against another.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Series {
    /// What runs along.
    pub x: Axis,
    /// What is found there.
    pub y: Axis,
    /// Where it comes from.
    #[serde(default)]
    pub source: Source,
    /// `[x, y]`, in the units of the axes.
    pub points: Vec<[f64; 2]>,
}

/// What an axis shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Axis {
    /// In words.
    pub label: String,
    /// May be empty.
    pub unit: String,
}

/// One claim; its values are numbers or words.
#[derive(Debug, Clone, Deserialize)]
pub struct Claim {
    /// A sentence, in Markdown.
    pub claim: String,
    /// What a formula gives.
    #[serde(default)]
    pub theory: Value,
    /// What a model gives.
    #[serde(default)]
    pub simulated: Value,
    /// What was measured.
    #[serde(default)]
    pub measured: Value,
    /// What an installed engine did.
    #[serde(default)]
    pub engine: Value,
    /// How far from each other these may be.
    #[serde(default)]
    pub tolerance: Value,
    /// Whether it was true.
    pub holds: bool,
}

impl Record {
    /// Reads a record.
    ///
    /// # Errors
    /// What is wrong with it, in one sentence that does not name the file.
    pub fn read(json: &str) -> Result<Record, String> {
        let record: Record = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if record.schema != SCHEMA {
            return Err(format!(
                "it has schema {}, and this labbook reads schema {SCHEMA}",
                record.schema
            ));
        }
        Ok(record)
    }

    /// The experiment of that name.
    ///
    /// # Errors
    /// Which experiments there are.
    pub fn experiment(&self, name: &str) -> Result<&Experiment, String> {
        let found = self.experiments.get(name);
        found.ok_or_else(|| missing("experiment", name, self.experiments.keys()))
    }

    /// The number that experiment, variant and key name.
    ///
    /// # Errors
    /// Which of the three is not there, and what there is instead.
    pub fn number(&self, experiment: &str, variant: &str, key: &str) -> Result<&Number, String> {
        self.experiment(experiment)?.number(variant, key)
    }

    /// The machine in a few words; empty where the file does not say.
    pub fn machine(&self) -> String {
        if let Some(words) = self.machine.as_str() {
            return words.into();
        }
        let processor = self.machine["processor"].as_str();
        let cores = self.machine["cores"].as_u64().map(|cores| match cores {
            1 => "1 core".to_string(),
            cores => format!("{cores} cores"),
        });
        let parts = [cores, processor.map(str::to_string)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    }

    /// Claims that do not hold, each with the name of its experiment.
    pub fn refuted(&self) -> impl Iterator<Item = (&str, &Claim)> {
        self.claims().filter(|(_, claim)| !claim.holds)
    }

    /// All claims, each with the name of its experiment.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &Claim)> {
        self.experiments.iter().flat_map(|(name, experiment)| {
            let claims = experiment.claims.iter();
            claims.map(move |claim| (name.as_str(), claim))
        })
    }
}

impl Experiment {
    /// A number of a variant.
    ///
    /// # Errors
    /// Which variants or keys there are.
    pub fn number(&self, variant: &str, key: &str) -> Result<&Number, String> {
        let found = self.figures.get(variant);
        let keys = found.ok_or_else(|| missing("variant", variant, self.figures.keys()))?;
        let number = keys.get(key);
        number.ok_or_else(|| missing("key", key, keys.keys()))
    }

    /// A series.
    ///
    /// # Errors
    /// Which series there are.
    pub fn series(&self, name: &str) -> Result<&Series, String> {
        let found = self.series.get(name);
        found.ok_or_else(|| missing("series", name, self.series.keys()))
    }
}

/// Says that something is not there, and what is.
pub(crate) fn missing<'n>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'n String>,
) -> String {
    let known: Vec<&str> = known.map(String::as_str).collect();
    match known.is_empty() {
        true => format!("no {what} `{name}`, and none other"),
        false => format!("no {what} `{name}`; there are: {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_words_or_a_table() {
        let machine = |json: &str| {
            let record = format!(r#"{{"schema": 1, "machine": {json}, "experiments": {{}}}}"#);
            Record::read(&record).expect("it is right").machine()
        };
        assert_eq!(machine("\"a fast one\""), "a fast one");
        let table = r#"{"processor": "Zen", "cores": 2, "memory_mib": 1, "kernel": "k"}"#;
        assert_eq!(machine(table), "2 cores, Zen");
        assert_eq!(machine("null"), "");
    }

    #[test]
    fn another_schema_is_refused() {
        let error = Record::read(r#"{"schema": 2, "experiments": {}}"#).expect_err("schema 2");
        assert!(error.contains("schema 2"), "{error}");
    }
}

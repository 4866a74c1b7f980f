//! Runs the experiments of labs and has them write measured.json.
//!
//! In: a book's root and the names of labs. A lab says itself what it has (`experiments --json` lists names, seconds and
//! engines) and writes itself what it finds (`experiments --record`). Out: what was recorded, or why it was not; then
//! measured.json is as it was before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::measurements::Record;
use crate::output::PutBack;
use crate::problem::{Problem, Problems};
use crate::process::{Ran, run, run_in_sight};

/// To list experiments, nothing has to be measured.
const LISTING: Duration = Duration::from_secs(60);

/// The exit code of a lab that was stopped by Ctrl-C, as shells count it.
const INTERRUPTED: i32 = 130;

/// One lab that is to be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lab {
    /// The name of its package.
    pub name: String,
    folder: PathBuf,
}

/// One experiment, as a lab lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// What the lab calls it.
    #[serde(rename = "experiment")]
    pub name: String,
    /// How long it takes, in seconds, over sockets and again for each engine; 0 where the lab does not say.
    #[serde(default)]
    seconds: u64,
    #[serde(default)]
    engines: Vec<String>,
}

/// Why a lab was not measured.
#[derive(Debug)]
pub enum Obstacle {
    /// Something went wrong; cargo or the lab said more.
    Fault(Problem),
    /// The user wants to stop.
    Interrupted,
}

/// What a lab has recorded.
#[derive(Debug)]
pub struct Recorded {
    /// The file.
    pub file: PathBuf,
    /// How many claims there are.
    pub claims: usize,
    /// Those that do not hold.
    pub refuted: Vec<Problem>,
}

/// The labs of these names, in this order; all for none.
///
/// # Errors
/// A name that is none, with those there are.
pub fn chosen(labs: &BTreeMap<String, PathBuf>, names: &[String]) -> Result<Vec<Lab>, Problems> {
    let lab = |(name, folder): (&String, &PathBuf)| Lab {
        name: name.clone(),
        folder: folder.clone(),
    };
    if labs.is_empty() {
        let message = "there is no lab: set `labs` in [output.labbook] of book.toml to the folder of the labs; each needs [package.metadata.lab] in its Cargo.toml";
        return Err(Problem::general(message).into());
    }
    if names.is_empty() {
        return Ok(labs.iter().map(lab).collect());
    }
    let mut chosen: Vec<Lab> = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        let found = labs
            .get_key_value(name)
            .or_else(|| labs.get_key_value(&format!("lab-{name}")));
        match found.map(lab) {
            Some(lab) if !chosen.contains(&lab) => chosen.push(lab),
            Some(_) => {}
            None => {
                let known: Vec<&str> = labs.keys().map(String::as_str).collect();
                let message = format!("there is no lab `{name}`; there are: {}", known.join(", "));
                problems.push(Problem::general(message));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(chosen),
        false => Err(Problems(problems)),
    }
}

/// How long experiments take together, in seconds; `None` where the lab does not say.
pub fn seconds(experiments: &[Listed]) -> Option<u64> {
    let each = experiments
        .iter()
        .map(|each| each.seconds.saturating_mul(1 + each.engines.len() as u64));
    Some(each.sum()).filter(|seconds| *seconds > 0)
}

impl Lab {
    fn cargo(&self, words: &[&str]) -> Vec<String> {
        let words = words.iter().map(|word| match *word {
            "NAME" => self.name.clone(),
            word => word.to_string(),
        });
        std::iter::once("cargo".to_string()).chain(words).collect()
    }

    /// Compiles the lab for measuring; cargo says what it does, and what is wrong.
    ///
    /// # Errors
    /// That it does not compile.
    pub fn compile(&self, root: &Path) -> Result<(), Obstacle> {
        let words = self.cargo(&["build", "--release", "-p", "NAME", "--bin", "NAME"]);
        match run_in_sight(&words, root) {
            Ran::Ended { code: Some(0), .. } => Ok(()),
            Ran::Ended { .. } => Err(self.fault("does not compile: cargo says above why")),
            other => Err(self.not_run(&other)),
        }
    }

    /// The lab's experiments.
    ///
    /// # Errors
    /// That it can't list them.
    pub fn experiments(&self, root: &Path) -> Result<Vec<Listed>, Obstacle> {
        let run_it = ["run", "--release", "--quiet", "-p", "NAME", "--bin", "NAME"];
        let words = self.cargo(&[&run_it[..], &["--", "experiments", "--json"]].concat());
        let output = match run(&words, root, LISTING) {
            Ran::Ended {
                code: Some(0),
                output,
            } => output,
            Ran::Ended { output, .. } => {
                return Err(self.fault(&format!(
                    "can't list its experiments (`{}`): {}",
                    words.join(" "),
                    last_line(&output)
                )));
            }
            other => return Err(self.not_run(&other)),
        };
        // Warnings of the compiler may stand before it.
        let json = output.find("\n[").map_or(0, |newline| newline + 1);
        let json = if output.starts_with('[') { 0 } else { json };
        serde_json::from_str(&output[json..]).map_err(|error| {
            let message = format!("lists its experiments in a way that can't be read: {error}");
            self.fault(&message)
        })
    }

    /// Runs all experiments before the user's eyes, and has the lab write its measured.json. If it fails, that file is put
    /// back as it was, unless all it failed for is a claim that does not hold.
    ///
    /// # Errors
    /// What went wrong.
    pub fn record(&self, root: &Path) -> Result<Recorded, Obstacle> {
        let file = self.folder.join("measured.json");
        let before = PutBack::of(&file);
        let run_it = ["run", "--release", "--quiet", "-p", "NAME", "--bin", "NAME"];
        let words = self.cargo(&[&run_it[..], &["--", "experiments", "--record"]].concat());
        let ran = run_in_sight(&words, root);
        let read = recorded(&file);
        let obstacle = match (&ran, read) {
            (Ran::Ended { code: Some(0), .. }, Ok(recorded)) => return Ok(recorded),
            // The lab has heard of Ctrl-C, too, and may have ended first.
            (
                Ran::Ended {
                    code: Some(INTERRUPTED),
                    ..
                },
                _,
            ) => Obstacle::Interrupted,
            (Ran::Ended { code: Some(_), .. }, Ok(recorded)) if !recorded.refuted.is_empty() => {
                return Ok(recorded);
            }
            (Ran::Ended { code: Some(0), .. }, Err(problem)) => Obstacle::Fault(problem),
            (Ran::Ended { code, .. }, _) => {
                let how = code.map_or("was ended by a signal".into(), |code| {
                    format!("ended with exit code {code}")
                });
                let message = format!("{how} while its experiments ran; it says above why");
                self.fault(&message)
            }
            (other, _) => self.not_run(other),
        };
        match before.restore() {
            Ok(_) => Err(obstacle),
            Err(error) => Err(Obstacle::Fault(Problem::in_file(
                &file,
                format!("could not be put back as it was ({error}): take it from version control"),
            ))),
        }
    }

    fn fault(&self, message: &str) -> Obstacle {
        Obstacle::Fault(Problem::general(format!("{} {message}", self.name)))
    }

    /// What kept a program from running at all.
    fn not_run(&self, ran: &Ran) -> Obstacle {
        match ran {
            Ran::Interrupted => Obstacle::Interrupted,
            Ran::NotFound => {
                let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
                Obstacle::Fault(Problem::general(crate::cargo::not_started(&missing)))
            }
            Ran::NotStarted(why) => self.fault(&format!("can't be started: {why}")),
            Ran::TooLong { .. } => self.fault("takes more than a minute to list its experiments"),
            Ran::Ended { .. } => self.fault("ended unexpectedly"),
        }
    }
}

/// What stands in a measured.json.
fn recorded(file: &Path) -> Result<Recorded, Problem> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Problem::in_file(file, format!("the lab did not write it ({error})")))?;
    let record = Record::read(&text).map_err(|error| {
        Problem::in_file(file, format!("the lab wrote what can't be read: {error}"))
    })?;
    let refuted = record.refuted().map(|(experiment, claim)| {
        let message = format!("{experiment}: does not hold: {}", claim.claim);
        Problem::in_file(file, message)
    });
    Ok(Recorded {
        file: file.to_owned(),
        claims: record.claims().count(),
        refuted: refuted.collect(),
    })
}

fn last_line(output: &str) -> &str {
    let mut lines = output.lines().rev();
    lines
        .find(|line| !line.trim().is_empty())
        .unwrap_or("it says nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labs() -> BTreeMap<String, PathBuf> {
        ["lab-01", "lab-03"]
            .map(|name| (name.to_string(), PathBuf::from(name)))
            .into()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn labs_come_in_the_order_in_which_they_are_named() {
        let chosen = |wanted: &[&str]| -> Vec<String> {
            let chosen = chosen(&labs(), &names(wanted)).expect("they are there");
            chosen.into_iter().map(|lab| lab.name).collect()
        };
        assert_eq!(chosen(&["03", "lab-01", "lab-03"]), ["lab-03", "lab-01"]);
        assert_eq!(chosen(&[]), ["lab-01", "lab-03"]);
    }

    #[test]
    fn a_lab_that_is_not_there_is_answered_with_those_that_are() {
        let problems = chosen(&labs(), &names(&["04"])).expect_err("no such lab");
        assert_eq!(
            problems.to_string(),
            "there is no lab `04`; there are: lab-01, lab-03"
        );
        let none = chosen(&BTreeMap::new(), &[]).expect_err("no lab at all");
        assert!(none.to_string().contains("set `labs`"), "{none}");
    }

    #[test]
    fn engines_take_as_long_again() {
        let json = r#"[{"experiment": "a", "seconds": 20, "engines": ["nginx", "haproxy"]}, {"experiment": "b", "seconds": 5}]"#;
        let listed: Vec<Listed> = serde_json::from_str(json).expect("a list");
        assert_eq!(seconds(&listed), Some(65));
        assert_eq!(seconds(&[]), None);
    }
}

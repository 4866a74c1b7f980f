//! `experiments`: lists them, or runs them and keeps what they found.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::{Context, anyhow};
use serde_json::json;
use tokio::sync::oneshot;

use super::arguments::ExperimentsOptions;
use super::progress::Shown;
use super::stop::asked_to_stop;
use super::terminal::Look;
use super::text::{about, wrapped};
use super::{FAILED, INTERRUPTED, Misspelt, Surroundings, report, runtime};
use crate::experiment::record::Record;
use crate::experiment::{Bench, Experiment, Findings, Progress};

/// What is asked for all of them.
const ALL: &str = "all";

pub(super) fn run(
    lab: &str,
    experiments: &'static [&'static dyn Experiment],
    (options, surroundings): (&ExperimentsOptions, &Surroundings),
) -> anyhow::Result<u8> {
    let does_nothing = !(options.simulate || options.record || !options.against.is_empty());
    if options.name.is_none() && does_nothing {
        list(lab, experiments, (options, surroundings));
        return Ok(0);
    }
    let chosen = chosen(experiments, options)?;
    let files = Files::new(lab, options, surroundings)?;
    runtime()?.block_on(run_all(&chosen, files, (options, surroundings)))
}

/// Those that are named; all without a name.
fn chosen(
    experiments: &'static [&'static dyn Experiment],
    options: &ExperimentsOptions,
) -> anyhow::Result<Vec<&'static dyn Experiment>> {
    let name = options.name.as_deref().unwrap_or(ALL);
    let is_meant = |experiment: &&&dyn Experiment| name == ALL || experiment.name() == name;
    let chosen: Vec<_> = experiments.iter().filter(is_meant).copied().collect();
    if chosen.is_empty() {
        let known = experiments.iter().map(|experiment| experiment.name());
        return Err(Misspelt::error("experiment", name, known.chain([ALL])));
    }
    for engine in &options.against {
        let mut engines: Vec<&str> = chosen
            .iter()
            .flat_map(|one| one.engines())
            .copied()
            .collect();
        engines.sort_unstable();
        engines.dedup();
        if !engines.contains(&engine.as_str()) {
            return Err(Misspelt::error(
                &format!("engine for {name}:"),
                engine,
                engines,
            ));
        }
    }
    Ok(chosen)
}

fn list(
    lab: &str,
    experiments: &[&dyn Experiment],
    (options, surroundings): (&ExperimentsOptions, &Surroundings),
) {
    let terminal = &surroundings.terminal;
    if options.json {
        let listed = experiments.iter().map(|one| {
            json!({"experiment": one.name(), "title": one.title(), "question": one.question(),
                "seconds": one.seconds(), "engines": one.engines()})
        });
        let listed: Vec<_> = listed.collect();
        terminal.say(&format!("{:#}", json!(listed)));
        return;
    }
    for experiment in experiments {
        let name = terminal.look(Look::Bold, experiment.name());
        terminal.say(&format!("{name} · {}", experiment.title()));
        terminal.say(&wrapped("  ", experiment.question()));
        let mut sources = vec!["theory", "simulated", "measured"];
        sources.extend(experiment.engines());
        let takes = about(experiment.seconds());
        terminal.say(&format!(
            "  {} · {takes} each to measure\n",
            sources.join(", ")
        ));
    }
    let call = format!("cargo run --release --bin {lab} -- experiments");
    terminal.say(&format!("{call} NAME"));
    terminal.say(&format!("{call} all --simulate"));
    terminal.say(&format!("{call} NAME --against ENGINE"));
}

/// Where what is found is kept.
struct Files {
    run: PathBuf,
    measured: Option<PathBuf>,
    record: Record,
    recorded: Option<Record>,
}

impl Files {
    fn new(
        lab: &str,
        options: &ExperimentsOptions,
        surroundings: &Surroundings,
    ) -> anyhow::Result<Files> {
        let run = surroundings.book.join(format!(".labbook/runs/{lab}.json"));
        let measured = options
            .record
            .then(|| surroundings.lab.join("measured.json"));
        let here = Record::here(&surroundings.lab, options.seed);
        let with_earlier = |path: &PathBuf| -> anyhow::Result<Record> {
            let earlier = Record::read(path)?.map(|record| record.experiments);
            Ok(Record {
                experiments: earlier.unwrap_or_default(),
                ..here.clone()
            })
        };
        Ok(Files {
            record: with_earlier(&run)?,
            recorded: measured.as_ref().map(with_earlier).transpose()?,
            run,
            measured,
        })
    }

    /// Puts in what one experiment found, and writes.
    fn keep(&mut self, experiment: &dyn Experiment, found: &Findings) -> anyhow::Result<()> {
        let judge = |all: &Findings| experiment.claims(all);
        self.record.take(experiment.name(), found.clone(), judge);
        self.record.write(&self.run)?;
        if let (Some(record), Some(path)) = (&mut self.recorded, &self.measured) {
            record.take(experiment.name(), found.clone(), judge);
            record.write(path)?;
        }
        Ok(())
    }
}

async fn run_all(
    chosen: &[&'static dyn Experiment],
    mut files: Files,
    (options, surroundings): (&ExperimentsOptions, &Surroundings),
) -> anyhow::Result<u8> {
    let terminal = &surroundings.terminal;
    let mut json = Vec::new();
    let mut problems = 0;
    let mut all_hold = true;
    let stop = asked_to_stop();
    tokio::pin!(stop);
    for experiment in chosen {
        // Dropped in the middle, a measurement stops what it started.
        let found = tokio::select! {
            found = find(*experiment, (options, surroundings), &mut problems) => found?,
            () = &mut stop => {
                terminal.warn("Stopped. What was found before is kept.");
                return Ok(INTERRUPTED);
            }
        };
        all_hold &= found.claims.iter().all(|claim| claim.holds);
        if options.json {
            json.push(json!({"experiment": experiment.name(), "claims": found.claims}));
        } else {
            report::tell(*experiment, &found, terminal);
        }
        // Told first: minutes of measuring are not lost with a full disk.
        if let Err(error) = files.keep(*experiment, &found) {
            if options.json {
                terminal.say(&format!("{:#}", json!(json)));
            }
            return Err(error);
        }
    }
    if options.json {
        terminal.say(&format!("{:#}", json!(json)));
    } else {
        terminal.say(&format!("Kept in {}.", files.run.display()));
        if let Some(path) = &files.measured {
            terminal.say(&format!("Recorded in {}.", path.display()));
        }
    }
    Ok(if all_hold && problems == 0 { 0 } else { FAILED })
}

/// Everything that is asked of one experiment, with its claims. An engine that is not there is told and counted.
async fn find(
    experiment: &'static dyn Experiment,
    (options, surroundings): (&ExperimentsOptions, &Surroundings),
    problems: &mut u32,
) -> anyhow::Result<Findings> {
    let terminal = &surroundings.terminal;
    let shown = Shown::new(experiment.name(), terminal);
    let step = shown.begin("simulating", Duration::from_secs(2));
    let mut found = simulated(experiment, options.seed).await?;
    drop(step);
    if !options.simulate {
        let bench = Bench::new(options.seed, shown);
        let measured = experiment.measure(&bench).await;
        found.extend(measured.with_context(|| format!("{}, measured", experiment.name()))?);
        for engine in engines(experiment, options) {
            match experiment.against(engine, &bench).await {
                Ok(engines) => found.extend(engines),
                Err(error) => {
                    *problems += u32::from(options.against.iter().any(|asked| asked == engine));
                    let name = experiment.name();
                    terminal.warn(&format!("{name} against {engine}: {error:#}"));
                }
            }
        }
    }
    found.claims = experiment.claims(&found);
    Ok(found)
}

/// The engines that are asked for, of those that this experiment knows; all of these for a record.
fn engines<'e>(experiment: &'e dyn Experiment, options: &ExperimentsOptions) -> Vec<&'e str> {
    let is_asked = |engine: &&&str| {
        options.against.iter().any(|asked| asked == **engine)
            || options.record && options.against.is_empty()
    };
    let engines = experiment.engines().iter();
    engines.filter(is_asked).copied().collect()
}

/// Simulates in a thread of its own, so that Ctrl-C is heard meanwhile.
async fn simulated(experiment: &'static dyn Experiment, seed: u64) -> anyhow::Result<Findings> {
    let (tell, told) = oneshot::channel();
    thread::Builder::new()
        .name("simulation".into())
        .spawn(move || tell.send(experiment.simulate(seed)).ok())
        .context("no thread could be started")?;
    told.await
        .map_err(|_| anyhow!("the simulation of `{}` panicked", experiment.name()))
}

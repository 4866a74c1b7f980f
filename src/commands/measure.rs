//! `labbook measure`.

use std::time::Instant;

use super::{MeasureArguments, report};
use crate::load;
use crate::measure::{self, Lab, Listed, Obstacle};
use crate::problem::{Problem, Problems, shown};

/// Measures labs, one after the other, until one can't be.
pub(super) fn run(arguments: &MeasureArguments) -> Result<(), Problems> {
    let labs = load::labs(&arguments.dir)?;
    let chosen = measure::chosen(&labs, &arguments.labs)?;
    let mut refuted = Vec::new();
    for lab in &chosen {
        refuted.extend(measured(lab, arguments).map_err(|obstacle| match obstacle {
            Obstacle::Fault(problem) => Problems::from(problem),
            Obstacle::Interrupted => {
                let message = format!("stopped; what {} had recorded before is kept", lab.name);
                Problem::general(message).into()
            }
        })?);
    }
    match refuted.is_empty() {
        true => Ok(()),
        false => Err(Problems(refuted)),
    }
}

/// Measures one lab; the claims that do not hold.
fn measured(lab: &Lab, arguments: &MeasureArguments) -> Result<Vec<Problem>, Obstacle> {
    let root = &arguments.dir;
    let name = &lab.name;
    report::say(&format!("{name}: compiling"));
    lab.compile(root)?;
    let experiments = lab.experiments(root)?;
    if experiments.is_empty() {
        report::say(&format!("{name}: has no experiments, nothing to measure"));
        return Ok(Vec::new());
    }
    report::say(&format!("{name}: {}", announcement(&experiments)));
    let start = Instant::now();
    let recorded = lab.record(root)?;
    report::say(&format!(
        "{name}: {} in {}; {} of {} hold",
        shown(&recorded.file),
        duration(start.elapsed().as_secs()),
        recorded.claims - recorded.refuted.len(),
        report::counted(recorded.claims, "claim"),
    ));
    Ok(recorded.refuted)
}

/// `3 experiments, about 4 min: policies, detection, layers`.
fn announcement(experiments: &[Listed]) -> String {
    let names: Vec<&str> = experiments.iter().map(|each| each.name.as_str()).collect();
    let time = measure::seconds(experiments).map_or(String::new(), |seconds| {
        format!(", about {}", duration(seconds))
    });
    format!(
        "{}{time}: {}",
        report::counted(experiments.len(), "experiment"),
        names.join(", ")
    )
}

/// `40 s`, `4 min`.
fn duration(seconds: u64) -> String {
    match seconds {
        0..=99 => format!("{seconds} s"),
        seconds => format!("{} min", seconds.div_ceil(60)),
    }
}

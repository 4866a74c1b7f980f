//! `lines`: ten servers with a line each, fed at random or by two choices, and the same ten servers behind one line.

mod measured;
mod simulated;
mod theory;

use std::boxed::Box;
use std::vec::Vec;

use kit::experiment::{Axis, Claim, Findings, Series, Source};

use super::plan::Plan;

/// Servers, or workers behind the one line.
const SERVERS: u32 = 10;
/// How busy the servers are when numbers are compared, in percent.
const COMPARED_PERCENT: u32 = 80;
/// Time goes to infinity at full load, so the lines of the chart end here, in percent.
const BUSIEST_PERCENT: u32 = 90;

/// The experiment.
pub(super) const PLAN: Plan = Plan {
    name: "lines",
    title: "One line or many",
    question: "How much longer do requests wait in ten lines than in one line for the same ten servers?",
    seconds: measured::SECONDS as u32,
    engines: &[],
    simulate,
    measure: |_, bench| Box::pin(measured::found(bench)),
    claims,
};

fn simulate(seed: u64) -> Findings {
    let mut found = theory::found();
    found.extend(simulated::found(seed));
    found
}

fn claims(found: &Findings) -> Vec<Claim> {
    let mean = |variant: &str| found.value(variant, "mean_works");
    let mut claims = Vec::new();
    for (name, words) in [
        (
            "random",
            "ten lines fed at random, 80 % busy: lengths of the work from arrival to answer",
        ),
        (
            "one-line",
            "one line for the same ten: lengths of the work from arrival to answer",
        ),
    ] {
        let theory = mean(&std::format!("theory-{name}")).unwrap_or_default();
        let Some(simulated) = mean(&std::format!("simulated-{name}")) else {
            continue;
        };
        let near = |value: f64, part: f64| (value - theory).abs() <= part * theory;
        let measured = mean(name);
        // A minute of real time holds only a few hundred independent waits of a line that is 80 % busy.
        let holds = near(simulated, 0.05) && measured.is_none_or(|value| near(value, 0.3));
        let mut claim = Claim::new(words, holds)
            .theory(theory)
            .simulated(simulated)
            .tolerance("5 % simulated, 30 % measured");
        if let Some(measured) = measured {
            claim = claim.measured(measured);
        }
        claims.push(claim);
    }
    claims
}

/// A line of the chart, without points.
fn series(source: Source) -> Series {
    let busy = Axis::new("how busy the servers are", "%");
    let time = Axis::new("time to the answer, in lengths of the work", "");
    Series::new(busy, time, source)
}

/// The loads of the chart, in percent.
fn loads() -> impl Iterator<Item = u32> {
    (10..=BUSIEST_PERCENT).step_by(10)
}

//! Judges a claim: one function says what the numbers of a source are worth, and it is asked for the simulation, for the
//! measurement and for each engine alike.

use std::{format, string::String, vec::Vec};

use kit::experiment::{Claim, Findings, Quantity, Source};

use super::numbers::prefix;

/// The numbers of one source, by the names that variants have without their source.
pub(super) struct Evidence<'a> {
    found: &'a Findings,
    prefix: String,
    /// Whose numbers these are.
    pub(super) source: Source,
}

impl Evidence<'_> {
    /// A number, if this source has it.
    pub(super) fn value(&self, variant: &str, key: &str) -> Option<f64> {
        self.found.value(&format!("{}{variant}", self.prefix), key)
    }

    /// `exact` for the simulation, which has no noise but chance; `noisy` for real sockets on whatever machine this is.
    pub(super) fn tolerance(&self, exact: f64, noisy: f64) -> f64 {
        if self.source == Source::Simulated {
            exact
        } else {
            noisy
        }
    }
}

/// What one source says to a claim: what to show, and whether the claim holds by it.
pub(super) type Verdict = (Quantity, bool);

/// A claim's words.
pub(super) struct Words<'a> {
    /// One sentence of the chapter.
    pub(super) claim: &'a str,
    /// What theory says; `None`: theory is silent.
    pub(super) theory: Option<Quantity>,
    /// How far from each other theory and the others may lie, and why.
    pub(super) tolerance: &'a str,
}

/// The engines that an experiment may have been run against.
const ENGINES: [&str; 2] = ["nginx", "haproxy"];

/// The claim as judged by every source that has something to say; nothing when none has.
pub(super) fn judged(
    found: &Findings,
    words: Words,
    verdict: impl Fn(&Evidence) -> Option<Verdict>,
) -> Option<Claim> {
    let of = |source: Source| {
        verdict(&Evidence {
            found,
            prefix: prefix(&source),
            source,
        })
    };
    let engines = ENGINES.iter().filter_map(|engine| {
        let verdict = of(Source::Engine(String::from(*engine)))?;
        Some((*engine, verdict))
    });
    let engines: Vec<(&str, Verdict)> = engines.collect();
    let (simulated, measured) = (of(Source::Simulated), of(Source::Measured));
    let of_ours = [&simulated, &measured].into_iter().flatten();
    let all = of_ours.chain(engines.iter().map(|(_, verdict)| verdict));
    let holds: Vec<bool> = all.map(|(_, holds)| *holds).collect();
    if holds.is_empty() {
        return None;
    }
    let mut claim = Claim::new(words.claim, holds.iter().all(|holds| *holds));
    claim = claim.tolerance(words.tolerance);
    claim.theory = words.theory;
    claim.simulated = simulated.map(|(shown, _)| shown);
    claim.measured = measured.map(|(shown, _)| shown);
    let shown = engines
        .iter()
        .map(|(engine, (shown, _))| format!("{engine} {shown}"));
    let shown: Vec<String> = shown.collect();
    claim.engine = (!shown.is_empty()).then(|| shown.join(", ").into());
    Some(claim)
}

/// A number as it is shown in a claim: three digits are enough to compare.
pub(super) fn shown(value: f64, unit: &str) -> Quantity {
    let digits = match value.abs() {
        0.0..1.0 => 3,
        1.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    let space = if unit.is_empty() || unit.starts_with(['×', '/']) {
        ""
    } else {
        " "
    };
    let number = format!("{value:.digits$}");
    let number = if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        &number
    };
    format!("{number}{space}{unit}").into()
}

/// Whether a number lies within `tolerance` (0.05: 5 %) of what is expected.
pub(super) fn near(value: f64, expected: f64, tolerance: f64) -> bool {
    (value - expected).abs() <= tolerance * expected.abs()
}

//! What an experiment found, as text: a table with theory, simulated, measured and engines side by side, and the claims.

use std::collections::{BTreeMap, BTreeSet};

use super::Terminal;
use super::terminal::Look;
use super::text::{plain, wrapped};
use crate::experiment::{Claim, Experiment, Findings, Number, Quantity, Source};

/// Width of a column of numbers, without the space before it; five of them and the keys fit into 80.
const COLUMN: usize = 10;
const KEYS: usize = 25;

/// Prints it.
pub(super) fn tell(experiment: &dyn Experiment, found: &Findings, terminal: &Terminal) {
    let head = format!("{} · {}", experiment.name(), experiment.title());
    terminal.say(&terminal.look(Look::Bold, &head));
    terminal.say(&wrapped("", experiment.question()));
    for line in table(found) {
        terminal.say(&line);
    }
    let simulated = {
        let mut simulated = found.clone();
        let others = found.sources().into_iter();
        let others: Vec<Source> = others
            .filter(|source| !matches!(source, Source::Simulated | Source::Theory))
            .collect();
        simulated.forget(&others);
        simulated
    };
    if !simulated.figures.is_empty() {
        let line = format!("  digest of theory and simulation: {}", simulated.digest());
        terminal.say(&terminal.look(Look::Faint, &line));
    }
    if !found.claims.is_empty() {
        terminal.say("");
    }
    for claim in &found.claims {
        terminal.say(&verdict(claim, terminal));
    }
    terminal.say("");
}

/// The name of a source, as the head of a column.
fn name(source: &Source) -> &str {
    match source {
        Source::Theory => "theory",
        Source::Simulated => "simulated",
        Source::Measured => "measured",
        Source::Engine(engine) => engine,
    }
}

/// A variant without the source in front: `simulated-two-choices` is `two-choices`.
fn bare<'v>(variant: &'v str, source: &Source) -> &'v str {
    let rest = variant.strip_prefix(name(source));
    rest.and_then(|rest| rest.strip_prefix('-'))
        .unwrap_or(variant)
}

type Cells<'f> = BTreeMap<&'f Source, &'f Number>;

/// A heading for each variant, below it a line for each key, with a column for each source.
fn table(found: &Findings) -> Vec<String> {
    let mut rows: BTreeMap<&str, BTreeMap<&str, Cells>> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    for (variant, keys) in &found.figures {
        for (key, number) in keys {
            let source = &number.source;
            sources.insert(source);
            let row = rows.entry(bare(variant, source)).or_default();
            row.entry(key).or_default().insert(source, number);
        }
    }
    let mut lines = Vec::new();
    if rows.is_empty() {
        return lines;
    }
    let heads: String = sources
        .iter()
        .map(|source| format!(" {:>COLUMN$}", name(source)))
        .collect();
    lines.push(format!("\n{:KEYS$}{heads}", ""));
    for (variant, keys) in rows {
        lines.push(format!("  {variant}"));
        for (key, cells) in keys {
            let numbers: String = sources
                .iter()
                .map(|source| format!(" {:>COLUMN$}", cell(cells.get(source).copied())))
                .collect();
            lines.push(format!("    {key:<width$}{numbers}", width = KEYS - 4));
        }
    }
    lines
}

fn cell(number: Option<&Number>) -> String {
    match number {
        None => "–".into(),
        Some(number) if number.unit.is_empty() => number.value.to_string(),
        Some(number) => format!("{} {}", number.value, number.unit),
    }
}

/// `holds: SENTENCE`, and below it the numbers that were compared.
fn verdict(claim: &Claim, terminal: &Terminal) -> String {
    let (word, look) = if claim.holds {
        ("holds", Look::Good)
    } else {
        ("does not hold", Look::Bad)
    };
    let sentence = wrapped(&format!("  {word}: "), &plain(&claim.claim));
    let sentence = sentence.replacen(word, &terminal.look(look, word), 1);
    let parts: [(&str, &Option<Quantity>); 5] = [
        ("theory", &claim.theory),
        ("simulated", &claim.simulated),
        ("measured", &claim.measured),
        ("engine", &claim.engine),
        ("tolerance", &claim.tolerance),
    ];
    let parts = parts.iter();
    let parts = parts.filter_map(|(name, quantity)| Some(format!("{name} {}", quantity.as_ref()?)));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return sentence;
    }
    format!("{sentence}\n{}", wrapped("    ", &parts.join(", ")))
}

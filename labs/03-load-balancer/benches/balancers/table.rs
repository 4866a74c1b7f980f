//! Tables of medians, and which goals hold.

use crate::contender::{ALL, Contender};

/// Where the largest and the smallest of a row are further apart than this part of the median, the machine swings too much.
const NOISY_SHARE: f64 = 0.25;

/// What a row says in one place.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) digits: usize,
}

/// How the lab is to stand to another.
pub(crate) struct Goal {
    pub(crate) column: usize,
    pub(crate) beside: Contender,
    pub(crate) limit: f64,
    /// Else: at least.
    pub(crate) at_most: bool,
}

/// One contender with all its rounds.
pub(crate) struct Row {
    name: String,
    rounds: Vec<Vec<f64>>,
    pub(crate) failed: u64,
    /// Cores that anybody kept busy, round by round.
    pub(crate) busy: Vec<f64>,
}

impl Row {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rounds: Vec::new(),
            failed: 0,
            busy: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, values: &[f64]) {
        self.rounds.push(values.to_vec());
    }

    fn values(&self, column: usize) -> Vec<f64> {
        self.rounds.iter().map(|round| round[column]).collect()
    }

    /// How far apart the rounds are, as a part of the median.
    fn spread(&self, column: usize) -> f64 {
        let values = self.values(column);
        let largest = values.iter().copied().fold(f64::MIN, f64::max);
        let smallest = values.iter().copied().fold(f64::MAX, f64::min);
        (largest - smallest) / median(values)
    }
}

/// The middle one; the mean of two when there are two in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        _ if values.is_empty() => f64::NAN,
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}

/// Prints medians (smallest–largest), the lab's ratios to the others round by round, and which goals hold.
pub(crate) fn print(rows: &[Row], columns: &[Column], goals: &[Goal]) {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    println!(
        "| | {} |\n|---|{}",
        names.join(" | "),
        "--:|".repeat(columns.len())
    );
    for row in rows {
        let cells = columns
            .iter()
            .enumerate()
            .map(|(place, column)| cell(row.values(place), column.digits));
        println!(
            "| {} | {} |",
            row.name,
            cells.collect::<Vec<_>>().join(" | ")
        );
    }
    let of = |contender: Contender| {
        &rows[ALL
            .iter()
            .position(|other| *other == contender)
            .unwrap_or(0)]
    };
    let lab = of(Contender::Lab);
    for other in [Contender::Nginx, Contender::Haproxy].map(of) {
        let ratios = (0..columns.len()).map(|place| format!("{:.2}", ratio(lab, other, place)));
        println!(
            "| lab-03 ÷ {} | {} |",
            other.name,
            ratios.collect::<Vec<_>>().join(" | ")
        );
    }
    println!();
    for goal in goals {
        let other = of(goal.beside);
        let is = ratio(lab, other, goal.column);
        let holds = if goal.at_most {
            is <= goal.limit
        } else {
            is >= goal.limit
        };
        let (word, verdict) = (
            if goal.at_most { "≤" } else { "≥" },
            if holds { "holds" } else { "does not hold" },
        );
        println!(
            "- {}: {is:.2} × {}, goal {word} {}: {verdict}",
            columns[goal.column].name, other.name, goal.limit
        );
    }
    notes(rows, columns);
    println!();
}

fn notes(rows: &[Row], columns: &[Column]) {
    for row in rows {
        if row.failed > 0 {
            println!("- {}: {} requests failed", row.name, row.failed);
        }
        let noisy = columns
            .iter()
            .enumerate()
            .filter(|(place, _)| row.spread(*place) > NOISY_SHARE);
        let noisy: Vec<&str> = noisy.map(|(_, column)| column.name).collect();
        if !noisy.is_empty() {
            let share = NOISY_SHARE * 100.0;
            println!(
                "- too noisy here: {} of {} swings by more than {share:.0} %",
                noisy.join(", "),
                row.name
            );
        }
    }
    let busy: Vec<String> = rows
        .iter()
        .filter(|row| !row.busy.is_empty())
        .map(|row| format!("{} {:.2}", row.name, median(row.busy.clone())))
        .collect();
    if !busy.is_empty() {
        println!(
            "- cores kept busy by anybody meanwhile: {}",
            busy.join(", ")
        );
    }
}

fn cell(values: Vec<f64>, digits: usize) -> String {
    let largest = values.iter().copied().fold(f64::MIN, f64::max);
    let smallest = values.iter().copied().fold(f64::MAX, f64::min);
    let middle = median(values);
    format!("{middle:.digits$} ({smallest:.digits$}–{largest:.digits$})")
}

/// The median of the rounds' ratios: neighbours in time have the same machine.
fn ratio(lab: &Row, other: &Row, column: usize) -> f64 {
    let pairs = lab.rounds.iter().zip(&other.rounds);
    median(
        pairs
            .map(|(lab, other)| lab[column] / other[column])
            .collect(),
    )
}

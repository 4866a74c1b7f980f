//! What an experiment found: numbers by variant and key, series, claims. The JSON is that of measured.json.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Claim;

/// What one experiment found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Variant → key → number: `two-choices` → `p99_ms` → 8.97 ms.
    #[serde(default)]
    pub figures: BTreeMap<String, BTreeMap<String, Number>>,
    /// Name → points of a line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub series: BTreeMap<String, Series>,
    /// What was claimed, and whether it holds.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// One number, and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// Whole, or rounded to four digits: more were never measured.
    pub value: f64,
    /// `ms`, `%`; empty for a count.
    pub unit: String,
    /// Who says so.
    pub source: Source,
}

/// Where a number comes from. In JSON: `theory`, `simulated`, `measured`, `engine:nginx`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// A formula.
    Theory,
    /// Virtual time.
    Simulated,
    /// Real sockets.
    Measured,
    /// An installed engine under the same load.
    Engine(String),
}

/// A line of a chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What runs to the right.
    pub x: Axis,
    /// What runs upwards.
    pub y: Axis,
    /// Who says so.
    pub source: Source,
    /// Pairs of x and y, in the order of x.
    pub points: Vec<[f64; 2]>,
}

/// What stands beside an axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// `time since the start`.
    pub label: String,
    /// `s`; empty for a count.
    pub unit: String,
}

impl Findings {
    /// Puts a number in: `put("two-choices", "p99_ms", Number::measured(8.97, "ms"))`.
    pub fn put(&mut self, variant: &str, key: &str, number: Number) {
        let keys = self.figures.entry(variant.into()).or_default();
        keys.insert(key.into(), number);
    }

    /// The number of a variant and a key, if there is one.
    pub fn value(&self, variant: &str, key: &str) -> Option<f64> {
        Some(self.figures.get(variant)?.get(key)?.value)
    }

    /// Puts a line in.
    pub fn put_series(&mut self, name: &str, series: Series) {
        self.series.insert(name.into(), series);
    }

    /// Takes over everything of `other`; where both have something, that of `other` stays.
    pub fn extend(&mut self, other: Findings) {
        for (variant, keys) in other.figures {
            self.figures.entry(variant).or_default().extend(keys);
        }
        self.series.extend(other.series);
        self.claims.extend(other.claims);
    }

    /// Every source that a number or a line comes from.
    pub fn sources(&self) -> Vec<Source> {
        let numbers = self.figures.values().flat_map(BTreeMap::values);
        let mut sources: Vec<Source> = numbers.map(|number| number.source.clone()).collect();
        sources.extend(self.series.values().map(|series| series.source.clone()));
        sources.sort();
        sources.dedup();
        sources
    }

    /// Forgets every number and line of these sources, and all claims.
    pub fn forget(&mut self, sources: &[Source]) {
        for keys in self.figures.values_mut() {
            keys.retain(|_, number| !sources.contains(&number.source));
        }
        self.figures.retain(|_, keys| !keys.is_empty());
        self.series
            .retain(|_, series| !sources.contains(&series.source));
        self.claims.clear();
    }

    /// Sixteen hexadecimal digits that stand for all numbers: equal numbers, equal digits, on every machine (FNV-1a over
    /// the JSON without claims).
    pub fn digest(&self) -> String {
        let json = serde_json::to_string(&(&self.figures, &self.series));
        let json = json.expect("numbers by name can be written as JSON");
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = json.bytes().fold(0xcbf2_9ce4_8422_2325, step);
        format!("{hash:016x}")
    }
}

impl Number {
    /// A number and where it comes from.
    pub fn new(value: f64, unit: &str, source: Source) -> Number {
        Number {
            value: to_four_digits(value),
            unit: unit.into(),
            source,
        }
    }

    /// By a formula.
    pub fn theory(value: f64, unit: &str) -> Number {
        Number::new(value, unit, Source::Theory)
    }

    /// In virtual time.
    pub fn simulated(value: f64, unit: &str) -> Number {
        Number::new(value, unit, Source::Simulated)
    }

    /// Over real sockets.
    pub fn measured(value: f64, unit: &str) -> Number {
        Number::new(value, unit, Source::Measured)
    }

    /// By an installed engine.
    pub fn of_engine(engine: &str, value: f64, unit: &str) -> Number {
        Number::new(value, unit, Source::Engine(engine.into()))
    }
}

/// Whole numbers stay, others keep four digits. What is no number becomes 0: JSON has no other.
fn to_four_digits(value: f64) -> f64 {
    if !value.is_finite() {
        return 0.0;
    }
    if value.fract() == 0.0 {
        return value;
    }
    let rounded: Result<f64, _> = format!("{value:.3e}").parse();
    rounded.unwrap_or(value)
}

impl Series {
    /// A line without points yet.
    pub fn new(x: Axis, y: Axis, source: Source) -> Series {
        Series {
            x,
            y,
            source,
            points: Vec::new(),
        }
    }

    /// Adds a point, each number rounded as those of [`Number`] are.
    pub fn point(&mut self, x: f64, y: f64) {
        self.points.push([to_four_digits(x), to_four_digits(y)]);
    }
}

impl Axis {
    /// What is shown, and its unit.
    pub fn new(label: &str, unit: &str) -> Axis {
        Axis {
            label: label.into(),
            unit: unit.into(),
        }
    }
}

impl TryFrom<String> for Source {
    type Error = String;

    fn try_from(text: String) -> Result<Source, String> {
        match (text.as_str(), text.strip_prefix("engine:")) {
            ("theory", _) => Ok(Source::Theory),
            ("simulated", _) => Ok(Source::Simulated),
            ("measured", _) => Ok(Source::Measured),
            (_, Some(engine)) if !engine.is_empty() => Ok(Source::Engine(engine.into())),
            _ => Err(format!(
                "`{text}` is no source: write theory, simulated, measured or engine:NAME"
            )),
        }
    }
}

impl From<Source> for String {
    fn from(source: Source) -> String {
        match source {
            Source::Theory => "theory".into(),
            Source::Simulated => "simulated".into(),
            Source::Measured => "measured".into(),
            Source::Engine(engine) => format!("engine:{engine}"),
        }
    }
}

//! Charts of what labs have recorded.
//!
//! In: an [`Experiment`], what the author asks of it, and the reader's own last run, if there is one. Out: an SVG drawn for a
//! telephone's width, coloured by the theme's classes alone, and the same numbers as a table.
//! 1. `bars` and `lines` choose what is shown, and say what is wrong with the request;
//! 2. `scale` finds round numbers; `canvas` writes SVG and measures words; `look` tells sources apart, never by colour alone;
//! 3. `bar_picture` and `line_picture` draw; `legend` says which is which.

mod bar_picture;
mod bars;
mod canvas;
mod legend;
mod line_picture;
mod lines;
mod look;
mod scale;

use serde::Deserialize;

use crate::figure::Fonts;
use crate::measurements::{Experiment, Source};
use look::Kind;

/// What an author asks for, beside the experiment.
#[derive(Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) key: Option<&'a str>,
    pub(crate) variants: Option<&'a [String]>,
    pub(crate) series: Option<&'a [String]>,
    pub(crate) log: Logarithmic,
    /// The words of the axis of values.
    pub(crate) axis: Option<&'a str>,
}

/// Which axes go up by factors: `log = true` is that of the values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Logarithmic {
    #[default]
    None,
    Values(bool),
    Named(String),
}

impl Logarithmic {
    /// For the axes x and y.
    fn axes(&self) -> Result<(bool, bool), Fault> {
        match self {
            Logarithmic::None => Ok((false, false)),
            Logarithmic::Values(values) => Ok((false, *values)),
            Logarithmic::Named(name) => match name.as_str() {
                "x" => Ok((true, false)),
                "y" => Ok((false, true)),
                "xy" => Ok((true, true)),
                _ => Err(Fault::new(
                    "log",
                    format!("`log = \"{name}\"`: write true, \"x\", \"y\" or \"xy\""),
                )),
            },
        }
    }
}

/// What is wrong with a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The key of the figure's block that it is about.
    pub(crate) key: &'static str,
    pub(crate) message: String,
}

impl Fault {
    fn new(key: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            key,
            message: message.into(),
        }
    }
}

/// A chart that was drawn.
#[derive(Debug)]
pub(crate) struct Chart {
    /// SVG.
    pub(crate) svg: String,
    /// The numbers: lines of cells with tabs between them; the caption, the heads, the rows.
    pub(crate) table: String,
    pub(crate) origin: Origin,
    /// Whether numbers of the reader's own are in it.
    pub(crate) has_own: bool,
}

/// Where the numbers of a chart come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Some of them from a machine: elsewhere they would be others.
    Machine,
    /// From a model, or from a formula as well.
    Model,
    /// From formulas alone.
    Formula,
}

impl Origin {
    fn of(kinds: &[Kind]) -> Origin {
        let simulated = Kind::Ours(Source::Simulated);
        match kinds.iter().any(Kind::is_of_a_machine) {
            true => Origin::Machine,
            false if kinds.contains(&simulated) => Origin::Model,
            false => Origin::Formula,
        }
    }
}

/// Draws what the author asks for.
///
/// # Errors
/// What is wrong with the request, and what there is instead.
pub(crate) fn chart(
    asked: &Asked,
    (ours, own): (&Experiment, Option<&Experiment>),
    fonts: &Fonts,
) -> Result<Chart, Fault> {
    if asked.series.is_some() {
        let lines = lines::Lines::of(asked, ours, own)?;
        return Ok(Chart {
            svg: line_picture::draw(&lines, fonts),
            table: lines.table(),
            origin: Origin::of(&lines.kinds()),
            has_own: lines.has_own(),
        });
    }
    let bars = bars::Bars::of(asked, ours, own)?;
    Ok(Chart {
        svg: bar_picture::draw(&bars, fonts),
        table: bars.table(),
        origin: Origin::of(&bars.kinds()),
        has_own: bars.has_own(),
    })
}

/// What an axis says: its label and, behind a comma, its unit.
fn axis_title(label: &str, unit: &str) -> String {
    match unit {
        "" => label.to_string(),
        unit => format!("{label}, {unit}"),
    }
}

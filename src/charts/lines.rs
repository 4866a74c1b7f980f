//! Series over one pair of axes.

use std::collections::BTreeSet;

use super::look::Kind;
use super::{Asked, Fault, axis_title};
use crate::measurements::{Axis, Experiment, Series, shown};

/// More could not be told apart.
const SERIES_MAX: usize = 8;

/// So many points are drawn of one series; where there are more, those at the edges of what they span.
const POINTS_MAX: usize = 240;

/// So many rows the table has.
const ROWS_MAX: usize = 24;

/// What is drawn as lines.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// Which axes go up by factors.
    pub(super) is_log: (bool, bool),
    pub(super) lines: Vec<Line>,
}

/// One series.
#[derive(Debug)]
pub(super) struct Line {
    /// What it is about, without its source.
    pub(super) subject: String,
    pub(super) kind: Kind,
    /// Rising along x.
    pub(super) points: Vec<[f64; 2]>,
}

impl Lines {
    pub(super) fn of(
        asked: &Asked,
        ours: &Experiment,
        own: Option<&Experiment>,
    ) -> Result<Lines, Fault> {
        let names = asked.series.unwrap_or_default();
        let chosen = chosen(asked, ours)?;
        let first = &chosen[0].1;
        let is_log = asked.log.axes()?;
        let mut lines = Vec::new();
        for (name, series) in &chosen {
            same_axes((names, first), (name, series))?;
            positive(is_log, name, series)?;
            lines.push(Line::of(name, series, Kind::ours(&series.source)));
        }
        for (name, series) in &chosen {
            let found = own.and_then(|own| own.series.get(*name));
            let fits = |own: &&Series| {
                own.source == series.source
                    && own.x == series.x
                    && own.y == series.y
                    && !own.points.is_empty()
                    && positive(is_log, name, own).is_ok()
            };
            if let Some(own) = found.filter(fits)
                && let Some(kind) = Kind::own(&own.source)
            {
                lines.push(Line::of(name, own, kind));
            }
        }
        let mut y = first.y.clone();
        if let Some(words) = asked.axis {
            y.label = words.into();
        }
        Ok(Lines {
            x: first.x.clone(),
            y,
            is_log,
            lines,
        })
    }

    pub(super) fn has_own(&self) -> bool {
        self.lines.iter().any(|line| line.kind.is_own())
    }

    pub(super) fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.lines.iter().map(|line| line.kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// Each once, in the author's order.
    pub(super) fn subjects(&self) -> Vec<&str> {
        let mut subjects: Vec<&str> = Vec::new();
        for line in &self.lines {
            if !subjects.contains(&line.subject.as_str()) {
                subjects.push(&line.subject);
            }
        }
        subjects
    }

    /// Where the table has rows: at every x, or where that were too many, at those of the line with the fewest points.
    fn along(&self) -> Vec<f64> {
        let of = |lines: &[&Line]| {
            let points = lines.iter().flat_map(|line| &line.points);
            let mut along: Vec<f64> = points.map(|point| point[0]).collect();
            along.sort_by(f64::total_cmp);
            along.dedup();
            along
        };
        let all = of(&self.lines.iter().collect::<Vec<_>>());
        let fewest = self.lines.iter().min_by_key(|line| line.points.len());
        match fewest {
            Some(line) if all.len() > ROWS_MAX => of(&[line]),
            _ => all,
        }
    }

    /// The numbers: a row for each x, a column a line.
    pub(super) fn table(&self) -> String {
        let along = self.along();
        let every = along.len().div_ceil(ROWS_MAX).max(1);
        let title = axis_title(&self.y.label, &self.y.unit);
        let part = match every {
            1 => String::new(),
            every => format!(" (one row in {every})"),
        };
        let several = self.kinds().len() > 1;
        let head = |line: &Line| match several {
            true => format!("{}, {}", line.subject, line.kind),
            false => line.subject.clone(),
        };
        let heads: Vec<String> = self.lines.iter().map(head).collect();
        let x = axis_title(&self.x.label, &self.x.unit);
        let mut text = format!("{title}{part}\n{x}\t{}\n", heads.join("\t"));
        for x in along.iter().step_by(every) {
            let cell = |line: &Line| {
                let at = line.points.iter().find(|point| point[0] == *x);
                at.map_or("–".into(), |point| shown(point[1]))
            };
            let cells: Vec<String> = self.lines.iter().map(cell).collect();
            text += &format!("{}\t{}\n", shown(*x), cells.join("\t"));
        }
        text
    }
}

impl Line {
    fn of(name: &str, series: &Series, kind: Kind) -> Line {
        let mut points = series.points.clone();
        points.sort_by(|one, other| one[0].total_cmp(&other[0]));
        Line {
            subject: series.source.subject(name),
            kind,
            points,
        }
    }

    /// The points to draw: where there are very many, the lowest and the highest of each handful.
    pub(super) fn drawn(&self) -> Vec<[f64; 2]> {
        if self.points.len() <= POINTS_MAX {
            return self.points.clone();
        }
        let handful = self.points.len().div_ceil(POINTS_MAX / 2);
        let extremes = |points: &[[f64; 2]]| {
            let by_y = |one: &&[f64; 2], other: &&[f64; 2]| one[1].total_cmp(&other[1]);
            let (low, high) = (points.iter().min_by(by_y), points.iter().max_by(by_y));
            let mut ends: Vec<[f64; 2]> = low.into_iter().chain(high).copied().collect();
            ends.sort_by(|one, other| one[0].total_cmp(&other[0]));
            ends.dedup();
            ends
        };
        self.points.chunks(handful).flat_map(extremes).collect()
    }
}

/// The series that are asked for.
fn chosen<'n>(
    asked: &Asked<'n>,
    ours: &'n Experiment,
) -> Result<Vec<(&'n str, &'n Series)>, Fault> {
    let names = asked.series.unwrap_or_default();
    let wrong = |message: String| Fault::new("series", message);
    if asked.key.is_some() || asked.variants.is_some() {
        return Err(wrong(
            "`series` draws lines, `key` and `variants` bars: keep one of them".into(),
        ));
    }
    if names.is_empty() {
        return Err(wrong("name at least one series".into()));
    }
    if names.len() > SERIES_MAX {
        return Err(wrong(format!(
            "{} series are too many for a picture: choose at most {SERIES_MAX}",
            names.len()
        )));
    }
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for name in names {
        let series = ours.series(name).map_err(wrong)?;
        if !seen.insert(name) {
            return Err(wrong(format!(
                "series `{name}` stands there twice: remove one"
            )));
        }
        if series.points.is_empty() {
            return Err(wrong(format!(
                "series `{name}` has no points: leave it out"
            )));
        }
        chosen.push((name.as_str(), series));
    }
    Ok(chosen)
}

/// Whether a series can stand beside the first.
fn same_axes(
    (names, first): (&[String], &Series),
    (name, series): (&str, &Series),
) -> Result<(), Fault> {
    let pairs = [("x", &first.x, &series.x), ("y", &first.y, &series.y)];
    for (axis, one, other) in pairs {
        if one != other {
            return Err(Fault::new(
                "series",
                format!(
                    "the {axis} of `{}` is {}, that of `{name}` is {}: they can't share an axis; make two figures",
                    names[0],
                    axis_title(&one.label, &one.unit),
                    axis_title(&other.label, &other.unit)
                ),
            ));
        }
    }
    Ok(())
}

/// Whether a series has a place on axes that go up by factors.
fn positive((x, y): (bool, bool), name: &str, series: &Series) -> Result<(), Fault> {
    let is_wrong = |point: &&[f64; 2]| (x && point[0] <= 0.0) || (y && point[1] <= 0.0);
    match series.points.iter().find(is_wrong) {
        None => Ok(()),
        Some([at, value]) => Err(Fault::new(
            "log",
            format!(
                "series `{name}` has the point {}, {}, which has no place on an axis that goes up by factors: leave `log` out",
                shown(*at),
                shown(*value)
            ),
        )),
    }
}

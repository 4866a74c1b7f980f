//! One number of several variants: which, in which order, and what belongs together.

use std::collections::BTreeMap;

use super::look::Kind;
use super::{Asked, Fault, axis_title};
use crate::measurements::{Experiment, Number, missing, shown};

/// More would be a table.
const BARS_MAX: usize = 40;

/// What is drawn as bars.
#[derive(Debug)]
pub(super) struct Bars {
    /// What the numbers are.
    pub(super) title: String,
    /// Where the axis goes up by factors, bars would have no beginning: then these are dots.
    pub(super) is_log: bool,
    pub(super) groups: Vec<Group>,
}

/// What belongs to one name.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// In the order of their kinds.
    pub(super) bars: Vec<(Kind, f64)>,
}

impl Bars {
    pub(super) fn of(
        asked: &Asked,
        ours: &Experiment,
        own: Option<&Experiment>,
    ) -> Result<Bars, Fault> {
        let key = key(asked, ours)?;
        let chosen = chosen(asked, ours, key)?;
        let unit = unit(&chosen, key)?;
        let (is_log_x, is_log) = asked.log.axes()?;
        if is_log_x {
            let message = "bars have one axis: write `log = true`";
            return Err(Fault::new("log", message));
        }
        if let Some((variant, number)) = chosen.iter().find(|(_, number)| number.value <= 0.0)
            && is_log
        {
            return Err(Fault::new(
                "log",
                format!(
                    "`log = true`: `{key}` of `{variant}` is {}, which has no place on that axis: leave `log` or the variant out",
                    shown(number.value)
                ),
            ));
        }
        let mut groups: Vec<Group> = Vec::new();
        let mut put = |name: String, kind: Kind, value: f64| {
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.bars.push((kind, value)),
                None => groups.push(Group {
                    name,
                    bars: vec![(kind, value)],
                }),
            };
        };
        for (variant, number) in &chosen {
            let name = number.source.subject(variant);
            put(name.clone(), Kind::ours(&number.source), number.value);
            let fits = |own: &&Number| {
                own.source == number.source
                    && own.unit == number.unit
                    && (own.value > 0.0 || !is_log)
            };
            let own = own.and_then(|own| own.figures.get(variant.as_str())?.get(key));
            if let Some(own) = own.filter(fits)
                && let Some(kind) = Kind::own(&own.source)
            {
                put(name, kind, own.value);
            }
        }
        for group in &mut groups {
            group.bars.sort_by(|one, other| one.0.cmp(&other.0));
        }
        if asked.variants.is_none() {
            // Nobody chose an order: the longest first.
            let longest = |group: &Group| group.bars.iter().map(|bar| bar.1).fold(0.0, f64::max);
            groups.sort_by(|one, other| longest(other).total_cmp(&longest(one)));
        }
        let label = asked.axis.map_or_else(|| words(key, &unit), str::to_string);
        Ok(Bars {
            title: axis_title(&label, &unit),
            is_log,
            groups,
        })
    }

    pub(super) fn kinds(&self) -> Vec<Kind> {
        let bars = self.groups.iter().flat_map(|group| &group.bars);
        let mut kinds: Vec<Kind> = bars.map(|(kind, _)| kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    pub(super) fn has_own(&self) -> bool {
        self.kinds().iter().any(Kind::is_own)
    }

    /// The numbers: a row a name, a column a kind.
    pub(super) fn table(&self) -> String {
        let kinds = self.kinds();
        let heads: Vec<String> = kinds.iter().map(Kind::to_string).collect();
        let mut text = format!("{}\n\t{}\n", self.title, heads.join("\t"));
        for group in &self.groups {
            text += &group.name;
            for kind in &kinds {
                let found = group.bars.iter().find(|(other, _)| other == kind);
                let cell = found.map_or("–".into(), |(_, value)| shown(*value));
                text += &format!("\t{cell}");
            }
            text.push('\n');
        }
        text
    }
}

/// The key that is asked for; one that no variant has is answered with those there are.
fn key<'k>(asked: &Asked<'k>, ours: &'k Experiment) -> Result<&'k str, Fault> {
    let keys: BTreeMap<&String, ()> = ours
        .figures
        .values()
        .flat_map(|keys| keys.keys().map(|key| (key, ())))
        .collect();
    let list = || {
        let keys: Vec<&str> = keys.keys().map(|key| key.as_str()).collect();
        keys.join(", ")
    };
    match asked.key {
        Some(key) if keys.keys().any(|known| *known == key) => Ok(key),
        Some(key) => Err(Fault::new("key", missing("key", key, keys.keys().copied()))),
        None if keys.is_empty() && ours.series.is_empty() => Err(Fault::new(
            "chart",
            "this experiment has recorded no numbers: record the measurements of its lab",
        )),
        None if keys.is_empty() => Err(Fault::new(
            "chart",
            format!(
                "give `series`: this experiment has {}",
                ours.series.keys().cloned().collect::<Vec<_>>().join(", ")
            ),
        )),
        None => Err(Fault::new(
            "chart",
            format!(
                "give `key` for bars (there are: {}), or `series` for lines",
                list()
            ),
        )),
    }
}

/// The numbers that are shown, by their variants.
fn chosen<'n>(
    asked: &Asked,
    ours: &'n Experiment,
    key: &str,
) -> Result<Vec<(String, &'n Number)>, Fault> {
    let with_key = || {
        ours.figures
            .iter()
            .filter(|(_, keys)| keys.contains_key(key))
    };
    let chosen: Vec<(String, &Number)> = match asked.variants {
        None => with_key()
            .map(|(variant, keys)| (variant.clone(), &keys[key]))
            .collect(),
        Some(variants) => {
            let number = |variant: &String| {
                let known = with_key().map(|(name, _)| name);
                let keys = ours.figures.get(variant);
                let number = keys.and_then(|keys| keys.get(key));
                let number = number.ok_or_else(|| match keys {
                    Some(_) => format!("`{variant}` has no key `{key}`; these have: {}", {
                        let known: Vec<&str> = known.clone().map(String::as_str).collect();
                        known.join(", ")
                    }),
                    None => missing("variant", variant, known.clone()),
                });
                number
                    .map(|number| (variant.clone(), number))
                    .map_err(|message| Fault::new("variants", message))
            };
            variants.iter().map(number).collect::<Result<_, _>>()?
        }
    };
    for (index, (variant, _)) in chosen.iter().enumerate() {
        if chosen[..index].iter().any(|(other, _)| other == variant) {
            let message = format!("variant `{variant}` stands there twice: remove one");
            return Err(Fault::new("variants", message));
        }
    }
    match chosen.len() {
        0 => Err(Fault::new(
            "variants",
            "name at least one variant, or leave `variants` out",
        )),
        1..=BARS_MAX => Ok(chosen),
        many => Err(Fault::new(
            "variants",
            format!(
                "{many} variants are too many for a picture: choose at most {BARS_MAX} with `variants`"
            ),
        )),
    }
}

/// The unit that all these numbers have.
fn unit(chosen: &[(String, &Number)], key: &str) -> Result<String, Fault> {
    let (first, number) = &chosen[0];
    let other = chosen.iter().find(|(_, other)| other.unit != number.unit);
    match other {
        None => Ok(number.unit.clone()),
        Some((variant, other)) => Err(Fault::new(
            "variants",
            format!(
                "`{key}` is in `{}` for `{first}` and in `{}` for `{variant}`: they can't share an axis; choose with `variants`",
                number.unit, other.unit
            ),
        )),
    }
}

/// The words of a key, without the unit at its end: `p99_ms` is `p99`.
fn words(key: &str, unit: &str) -> String {
    let end = format!("_{unit}");
    let label = key.strip_suffix(&end).filter(|label| !label.is_empty());
    let label = label.or_else(|| key.strip_suffix("_percent"));
    label.unwrap_or(key).replace('_', " ")
}

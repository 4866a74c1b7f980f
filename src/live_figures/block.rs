//! What an author sets of a live figure, held against what the module says that it has.

use serde::{Deserialize, Serialize};

use super::list::{Control, Info, NONE};
use super::module::Module;

/// What a figure's block says beside `id`, `caption` and `description`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) controls: Option<&'a toml::Table>,
    pub(crate) at: Option<&'a str>,
    pub(crate) seed: Option<i64>,
    pub(crate) actions: Option<&'a str>,
}

/// How a figure is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The module's name for it.
    pub name: String,
    /// What the ids of its picture begin with.
    pub id: String,
    /// The caption, as plain text.
    pub title: String,
    /// What it shows, for those who can't see it.
    pub description: String,
    /// Of the figure's chance.
    pub seed: u64,
    /// Controls that the author sets, and their values.
    pub set: Vec<(String, String)>,
    /// What is done at later times, as the module reads it: `3s:stop=2,7.25s:policy=random`.
    pub actions: String,
    /// The moment of the first picture.
    pub at_ms: u32,
}

impl Opening {
    /// As `figure_open` reads it.
    pub(super) fn input(&self) -> String {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut input = format!(
            "figure={}\nid={}\nseed={}\ntitle={}\ndescription={}\n",
            self.name,
            self.id,
            self.seed,
            line(&self.title),
            line(&self.description)
        );
        for (control, value) in &self.set {
            input += &format!("set={control}={value}\n");
        }
        if !self.actions.is_empty() {
            input += &format!("actions={}\n", line(&self.actions));
        }
        input
    }

    /// The controls as the page reads them: `policy=round-robin,rate=120`.
    pub(super) fn settings(&self) -> String {
        let set = self.set.iter();
        let set: Vec<String> = set
            .map(|(control, value)| format!("{control}={value}"))
            .collect();
        set.join(",")
    }

    /// The value that a control has at the moment of the first picture.
    pub(super) fn value<'a>(&'a self, control: &'a Control) -> &'a str {
        let set = self.set.iter();
        let set = set.map(|(name, value)| (name.as_str(), value.as_str()));
        let done = self.actions.split(',').filter_map(|action| {
            let (time, setting) = action.trim().split_once("s:")?;
            let at_s: f64 = time.parse().ok()?;
            (at_s * 1000.0 <= f64::from(self.at_ms)).then(|| setting.split_once('='))?
        });
        let mut of_control = set.chain(done).filter(|(name, _)| *name == control.name);
        of_control
            .next_back()
            .map_or(&control.value, |(_, value)| value)
    }
}

impl Asked<'_> {
    /// How the figure `name` shall be opened; its words are filled in by the caller.
    ///
    /// # Errors
    /// What is not right, and what there is instead, each in one sentence.
    pub(crate) fn opening(&self, name: &str, module: &Module) -> Result<Opening, Vec<String>> {
        let Some(info) = module.figure(name) else {
            let names = module.figures().iter().map(|figure| figure.name.as_str());
            let message = format!(
                "there is no live figure `{name}`: write one of {}",
                quoted(names)
            );
            return Err(vec![message]);
        };
        let mut faults = Vec::new();
        let set = self.set(info, &mut faults);
        let at_ms = match self.at.map(|at| moment(at, info.end_ms)) {
            None => 0,
            Some(Ok(at_ms)) => at_ms,
            Some(Err(fault)) => {
                faults.push(fault);
                0
            }
        };
        let seed = u64::try_from(self.seed.unwrap_or(1)).unwrap_or_else(|_| {
            faults.push("`seed` is a whole number from 0 on".into());
            1
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Opening {
            name: name.into(),
            seed,
            set,
            actions: self.actions.unwrap_or_default().into(),
            at_ms,
            ..Opening::default()
        })
    }

    fn set(&self, info: &Info, faults: &mut Vec<String>) -> Vec<(String, String)> {
        let mut set = Vec::new();
        for (name, value) in self.controls.into_iter().flatten() {
            let Some(control) = info.control(name) else {
                let names = info.controls.iter().map(|control| control.name.as_str());
                faults.push(match info.controls.is_empty() {
                    true => format!("`{}` has no controls: remove `{name}`", info.name),
                    false => format!(
                        "`{}` has no control `{name}`: write one of {}",
                        info.name,
                        quoted(names)
                    ),
                });
                continue;
            };
            match text(value).filter(|value| control.takes(value)) {
                Some(value) => set.push((name.clone(), value)),
                None => faults.push(format!(
                    "control `{name}` can't be {value}: write {}",
                    control.values()
                )),
            }
        }
        set
    }
}

/// A value as modules have it: `120`, `round-robin`, `2+3`.
fn text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(values) if values.is_empty() => Some(NONE.into()),
        toml::Value::Array(values) => {
            let values = values.iter().map(text).collect::<Option<Vec<_>>>()?;
            Some(values.join("+"))
        }
        _ => None,
    }
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The moment that `12 s` or `250 ms` names, in ms.
fn moment(at: &str, end_ms: u32) -> Result<u32, String> {
    let number = at.trim_end_matches(char::is_alphabetic);
    let unit_ms = match &at[number.len()..] {
        "s" => 1000,
        "ms" => 1,
        _ => 0,
    };
    let ms = thousandths(number.trim())
        .filter(|thousandths| unit_ms > 0 && (thousandths * unit_ms) % 1000 == 0)
        .map(|thousandths| thousandths * unit_ms / 1000);
    match ms {
        Some(ms) if ms <= u64::from(end_ms) => Ok(u32::try_from(ms).unwrap_or(end_ms)),
        Some(_) => Err(format!(
            "`at = \"{at}\"` lies behind the figure's end at {} s",
            f64::from(end_ms) / 1000.0
        )),
        None => Err(format!(
            "`at = \"{at}\"` is no moment: write a number of seconds, as in `at = \"12 s\"`"
        )),
    }
}

/// `7.25` as 7250; at most three digits behind the point.
fn thousandths(number: &str) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 3 || whole.len() > 9 {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_seconds_and_milliseconds() {
        assert_eq!(moment("12 s", 60_000), Ok(12_000));
        assert_eq!(moment("7.25s", 60_000), Ok(7250));
        assert_eq!(moment("250 ms", 60_000), Ok(250));
        assert_eq!(moment("0 s", 60_000), Ok(0));
        for wrong in ["", "12", "s", "-3 s", "1e3 s", "0.5 ms", "12 m", "1.2345 s"] {
            let message = moment(wrong, 60_000).expect_err(wrong);
            assert!(message.contains("as in `at = \"12 s\"`"), "{message}");
        }
        let message = moment("61 s", 60_000).expect_err("behind the end");
        assert!(message.contains("end at 60 s"), "{message}");
    }
}

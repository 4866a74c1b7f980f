//! Runs figures as their readers might: for a minute, with every control at its extremes. For `check`.

use rayon::prelude::*;

use super::block::Opening;
use super::list::Info;
use super::module::Module;
use super::run::Run;
use crate::figure::{Fonts, drawn, label_problems, outside_problems};

/// So long a figure runs, in simulated time.
const RUN_MS: u32 = 60_000;

/// So often its picture is looked at.
const PICTURE_MS: u32 = 1000;

/// So often its labels are measured, which takes longer.
const LABELS_MS: u32 = 10_000;

/// One run: what is set, and how a message names it.
struct Trial {
    opening: Opening,
    name: String,
}

/// What can go wrong; of each kind the first is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Stopped,
    Picture,
    Labels,
    Outside,
    Summary,
}

impl Module {
    /// What is wrong with a figure in any of its runs: with its defaults, with each control at each extreme, with all at
    /// their least and at their most.
    pub(crate) fn problems(&self, info: &Info, fonts: &Fonts) -> Vec<String> {
        let trials = trials(info);
        let Some((first, others)) = trials.split_first() else {
            return Vec::new();
        };
        let mut found = self.run(first, fonts);
        // One that never ends needs not be waited for again and again.
        if !found.iter().any(|(kind, _)| *kind == Kind::Stopped) {
            let others = others.par_iter();
            found.par_extend(others.flat_map_iter(|trial| self.run(trial, fonts)));
        }
        told(&info.name, found)
    }

    /// What is wrong with a figure as a chapter opens it.
    pub(crate) fn problems_of(&self, opening: &Opening, fonts: &Fonts) -> Vec<String> {
        let trial = Trial {
            opening: opening.clone(),
            name: "as this chapter sets it".into(),
        };
        told(&opening.name, self.run(&trial, fonts))
    }

    /// Runs a figure once; each kind of problem is found once, when it first occurs.
    fn run(&self, trial: &Trial, fonts: &Fonts) -> Vec<(Kind, String)> {
        let mut found: Vec<(Kind, String)> = Vec::new();
        let mut summaries = Vec::new();
        let opened = Run::open(self, &trial.opening);
        let mut run = match opened {
            Ok(run) => run,
            Err(message) => return vec![(Kind::Stopped, format!("{message} ({})", trial.name))],
        };
        for ms in (0..=RUN_MS).step_by(PICTURE_MS as usize) {
            let place = format!("({}, at {} s)", trial.name, ms / 1000);
            let looked = run.advance_to(ms).and_then(|()| {
                if ms == 0 || ms == RUN_MS {
                    summaries.push(run.summary()?);
                    run.table()?;
                }
                run.svg()
            });
            let svg = match looked {
                Ok(svg) => svg,
                Err(message) => {
                    found.push((Kind::Stopped, format!("{message} {place}")));
                    return found;
                }
            };
            for (kind, message) in of_picture(svg, (ms, fonts)) {
                if !found.iter().any(|(other, _)| *other == kind) {
                    found.push((kind, format!("{message} {place}")));
                }
            }
        }
        if let [first, last] = &summaries[..]
            && numbers(first) == numbers(last)
        {
            let message = format!(
                "says the same at 0 s and at {} s: “{last}”: its sentence must have a number that changes ({})",
                RUN_MS / 1000,
                trial.name
            );
            found.push((Kind::Summary, message));
        }
        found
    }
}

/// What is wrong with one picture.
fn of_picture(svg: String, (ms, fonts): (u32, &Fonts)) -> Vec<(Kind, String)> {
    let picture = match drawn(svg) {
        Ok(picture) => picture,
        Err(message) => return vec![(Kind::Picture, format!("draws a picture that {message}"))],
    };
    let outside = outside_problems(&picture).into_iter().next();
    let outside = outside.map(|message| (Kind::Outside, format!("draws too far: {message}")));
    let labels = match ms % LABELS_MS {
        0 => label_problems(&picture, fonts).into_iter().next(),
        _ => None,
    };
    let labels = labels.map(|message| (Kind::Labels, format!("draws badly: {message}")));
    labels.into_iter().chain(outside).collect()
}

/// The first problem of each kind, and how many runs have it, too.
fn told(name: &str, found: Vec<(Kind, String)>) -> Vec<String> {
    let mut kinds: Vec<Kind> = found.iter().map(|(kind, _)| *kind).collect();
    kinds.sort();
    kinds.dedup();
    let of_kind = |kind: Kind| {
        let mut messages = found.iter().filter(|(other, _)| *other == kind);
        let (_, first) = messages.next()?;
        let also = match messages.count() {
            0 => String::new(),
            1 => "; so does one more run".into(),
            more => format!("; so do {more} more runs"),
        };
        Some(format!("the live figure `{name}` {first}{also}"))
    };
    kinds.into_iter().filter_map(of_kind).collect()
}

/// The runs of a figure.
fn trials(info: &Info) -> Vec<Trial> {
    let trial = |name: String, set: Vec<(String, String)>| Trial {
        opening: Opening {
            name: info.name.clone(),
            id: info.name.clone(),
            title: info.title.clone(),
            description: info.description.clone(),
            seed: 1,
            set,
            actions: String::new(),
            at_ms: 0,
        },
        name,
    };
    let mut trials = vec![trial("with its defaults".into(), Vec::new())];
    let tried = info
        .controls
        .iter()
        .map(|control| (control, control.tried()));
    let tried: Vec<_> = tried.collect();
    for (control, values) in &tried {
        for value in values.iter().filter(|value| **value != control.value) {
            let name = format!("with `{} = {value}`", control.name);
            trials.push(trial(name, vec![(control.name.clone(), value.clone())]));
        }
    }
    let all = |pick: fn(&Vec<String>) -> Option<&String>| {
        let set = tried
            .iter()
            .filter_map(|(control, values)| Some((control.name.clone(), pick(values)?.clone())));
        set.collect()
    };
    if info.controls.len() > 1 {
        trials.push(trial(
            "with all controls at their least".into(),
            all(|values| values.first()),
        ));
        trials.push(trial(
            "with all controls at their most".into(),
            all(|values| values.last()),
        ));
    }
    trials
}

/// The numbers in a sentence.
fn numbers(text: &str) -> Vec<&str> {
    let parts = text.split(|character: char| !character.is_ascii_digit());
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_kind_the_first_is_told_with_the_number_of_the_others() {
        let found = vec![
            (Kind::Outside, "leaves (a)".into()),
            (Kind::Stopped, "traps (b)".into()),
            (Kind::Outside, "leaves (b)".into()),
            (Kind::Outside, "leaves (c)".into()),
        ];
        assert_eq!(
            told("ring", found),
            [
                "the live figure `ring` traps (b)",
                "the live figure `ring` leaves (a); so do 2 more runs"
            ]
        );
    }

    #[test]
    fn numbers_of_a_sentence_are_compared_and_nothing_else() {
        assert_eq!(numbers("After 12.5 s, 3 of 40."), ["12", "5", "3", "40"]);
        assert!(numbers("None.").is_empty());
    }
}

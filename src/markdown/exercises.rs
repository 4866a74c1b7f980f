//! `{{#exercises 03}}`: the exercises of a lab, each with its effort, its task, hints that are folded away, and a box that the
//! browser remembers.
//!
//! They stand in the lab's Cargo.toml, as `[[package.metadata.lab.exercises]]`.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::{escape_attribute, escape_text, inline, lab_data};

/// Hints come in three steps at most; one more would be the solution.
const HINTS_MAX: usize = 3;

/// One exercise of a lab.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exercise {
    /// What the command line and the browser call it: small letters, digits and hyphens.
    name: String,
    title: String,
    /// `5 min`.
    effort: String,
    /// One sentence.
    task: String,
    /// From the faintest to the plainest.
    #[serde(default)]
    hints: Vec<String>,
}

/// The list, from the lab's Cargo.toml; `solved` says on which days the reader has solved some, by name.
pub(super) fn list(manifest: &str, solved: &BTreeMap<String, String>) -> Result<String, String> {
    let (lab, described) = lab_data::described(manifest)?;
    let exercises = described.exercises;
    if exercises.is_empty() {
        return Err(format!(
            "`{lab}` has no exercises: add [[package.metadata.lab.exercises]] to its Cargo.toml, with name, title, effort, task and hints"
        ));
    }
    let mut names = HashSet::new();
    for exercise in &exercises {
        fault(exercise, &mut names)
            .map_or(Ok(()), |wrong| Err(format!("its Cargo.toml: {wrong}")))?;
    }
    let items: String = exercises
        .iter()
        .map(|exercise| item(exercise, &lab, solved.get(&exercise.name)))
        .collect();
    let lab = escape_attribute(&lab);
    Ok(format!(
        "<section class=\"exercises\" data-checklist=\"{lab}\" aria-label=\"Exercises of {lab}\"><p class=\"exercises-title\">Exercises</p><ol>{items}</ol></section>\n"
    ))
}

/// What is wrong with an exercise, if anything.
fn fault<'e>(exercise: &'e Exercise, names: &mut HashSet<&'e str>) -> Option<String> {
    let name = &exercise.name;
    let fits =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.is_empty() || !name.chars().all(fits) {
        return Some(format!(
            "the exercise's name `{name}` must be small letters, digits and hyphens"
        ));
    }
    if !names.insert(name) {
        return Some(format!("two exercises are named `{name}`: rename one"));
    }
    let texts = [
        ("title", &exercise.title),
        ("effort", &exercise.effort),
        ("task", &exercise.task),
    ];
    if let Some((key, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Some(format!("`{key}` of exercise `{name}` is empty: write it"));
    }
    (exercise.hints.len() > HINTS_MAX).then(|| {
        format!(
            "exercise `{name}` has {} hints: give {HINTS_MAX} at most",
            exercise.hints.len()
        )
    })
}

/// One exercise. Its box is the browser's; one that the lab has graded is ticked in any case, and says when.
fn item(exercise: &Exercise, lab: &str, solved: Option<&String>) -> String {
    let (done, day) = match solved {
        Some(day) => (
            " checked data-done",
            format!(
                " <span class=\"exercise-solved\">solved {}</span>",
                escape_text(day)
            ),
        ),
        None => ("", String::new()),
    };
    format!(
        "<li><label><input type=\"checkbox\" data-item=\"{}/{}\"{done}> <span class=\"exercise-title\">{}</span></label> <span class=\"exercise-effort\">{}</span>{day}<p>{}</p>{}</li>",
        escape_attribute(lab),
        escape_attribute(&exercise.name),
        inline::html(&exercise.title),
        escape_text(&exercise.effort),
        inline::html(&exercise.task),
        folded(&exercise.hints, 1),
    )
}

/// Each hint holds the next one: nobody opens the last by accident.
fn folded(hints: &[String], number: usize) -> String {
    let Some((hint, further)) = hints.split_first() else {
        return String::new();
    };
    format!(
        "<details class=\"hint\"><summary>Hint {number}</summary><p>{}</p>{}</details>",
        inline::html(hint),
        folded(further, number + 1)
    )
}

//! `exercises`: lists them, grades one, shows its hints one by one.

use super::arguments::ExercisesOptions;
use super::manifest::{Manifest, Task};
use super::terminal::Look;
use super::text::{plain, wrapped};
use super::{FAILED, Misspelt, Surroundings};
use crate::exercise::progress::Progress;
use crate::exercise::{Exercise, Outcome, TIME_MAX, grade};
use crate::experiment::record::today;

pub(super) fn run(
    manifest: &Manifest,
    exercises: &[Exercise],
    (options, surroundings): (&ExercisesOptions, &Surroundings),
) -> anyhow::Result<u8> {
    let mut progress = Progress::read(&surroundings.book)?;
    let Some(name) = &options.name else {
        list(manifest, exercises, (&progress, surroundings));
        return Ok(0);
    };
    let found = exercises.iter().find(|exercise| exercise.name == name);
    let exercise = found.ok_or_else(|| {
        let known = exercises.iter().map(|exercise| exercise.name);
        Misspelt::error("exercise", name, known)
    })?;
    if options.hint {
        hint(manifest, exercise, (&mut progress, surroundings))?;
        return Ok(0);
    }
    let outcome = grade(exercise.grade, TIME_MAX);
    if outcome.is_passed() {
        progress.set_done(&manifest.name, name, &today());
        progress.write()?;
    }
    Ok(tell(manifest, exercise, (&outcome, surroundings)))
}

fn task<'m>(manifest: &'m Manifest, exercise: &Exercise) -> Option<&'m Task> {
    let mut tasks = manifest.exercises.iter();
    tasks.find(|task| task.name == exercise.name)
}

fn list(
    manifest: &Manifest,
    exercises: &[Exercise],
    (progress, surroundings): (&Progress, &Surroundings),
) {
    let terminal = &surroundings.terminal;
    if exercises.is_empty() {
        terminal.say("This lab has no exercises yet.");
        return;
    }
    for exercise in exercises {
        let day = progress.done_on(&manifest.name, exercise.name);
        let state = match day {
            Some(day) => terminal.look(Look::Good, &format!("done on {day}")),
            None => "not done".into(),
        };
        let task = task(manifest, exercise);
        let effort = task.map_or("", |task| task.effort.as_str());
        let name = terminal.look(Look::Bold, exercise.name);
        terminal.say(&format!("{name} · {effort} · {state}"));
        if let Some(task) = task {
            terminal.say(&wrapped("  ", &plain(&task.task)));
        }
        terminal.say(&format!("  {}\n", exercise.file));
    }
    let call = format!("cargo run --bin {} -- exercises NAME", manifest.name);
    terminal.say(&format!(
        "{call}          grades one\n{call} --hint   shows its next hint"
    ));
}

fn hint(
    manifest: &Manifest,
    exercise: &Exercise,
    (progress, surroundings): (&mut Progress, &Surroundings),
) -> anyhow::Result<()> {
    let terminal = &surroundings.terminal;
    let hints = task(manifest, exercise).map_or(&[][..], |task| &task.hints);
    if hints.is_empty() {
        terminal.say(&format!("{} has no hints.", exercise.name));
        return Ok(());
    }
    let next = progress.hints(&manifest.name, exercise.name);
    let number = next.min(hints.len() - 1);
    let first = format!("Hint {} of {}: ", number + 1, hints.len());
    terminal.say(&wrapped(&first, &plain(&hints[number])));
    if next >= hints.len() {
        terminal.say("That was the last one.");
        return Ok(());
    }
    progress.set_hints(&manifest.name, exercise.name, next + 1);
    progress.write()
}

/// Says how it went, and gives the exit code.
fn tell(
    manifest: &Manifest,
    exercise: &Exercise,
    (outcome, surroundings): (&Outcome, &Surroundings),
) -> u8 {
    let terminal = &surroundings.terminal;
    let text = wrapped(&format!("{}: ", exercise.name), &outcome.message());
    let look = if outcome.is_passed() {
        Look::Good
    } else {
        Look::Bad
    };
    terminal.say(&terminal.look(look, &text));
    if outcome.is_passed() {
        return 0;
    }
    terminal.say(&format!("  It stands in {}.", exercise.file));
    if *outcome == Outcome::NotWritten
        && let Some(task) = task(manifest, exercise)
    {
        terminal.say(&wrapped("  ", &plain(&task.task)));
    }
    FAILED
}

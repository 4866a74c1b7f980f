//! Labs that a chapter names and that are not there: in its front matter, in a command to type.
//!
//! Directives (`{{#lab 03}}` and its kin) and charts are not looked at: one that leads nowhere fails the build already. A draft
//! may name a lab that is still to come, which is then a note.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use regex::Regex;

use crate::book::{Book, Chapter};
use crate::load::{SourceLines, line_in_front_matter, line_of_key};
use crate::markdown::parse;
use crate::problem::{Problem, line_of, shown};

/// Languages of code blocks that hold a session in a shell.
static SESSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:console|shell-session|shellsession|terminal)(?:$|[\s,])")
        .expect("the pattern is constant")
});

/// Labs that finished chapters name and that are not there.
pub(super) fn missing(book: &Book) -> Vec<Problem> {
    let finished = |chapter: &&Chapter| !chapter.front_matter.draft;
    found(book.chapters.iter().filter(finished), book)
}

/// Labs that drafts name and that are still to come.
pub(super) fn to_come(book: &Book) -> Vec<Problem> {
    let drafts = |chapter: &&Chapter| chapter.front_matter.draft;
    found(book.chapters.iter().filter(drafts), book)
}

fn found<'b>(chapters: impl Iterator<Item = &'b Chapter>, book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for chapter in chapters {
        let file = SourceLines::file(chapter, &book.source);
        if let Some(message) = in_front_matter(chapter, book) {
            let line = line_in_front_matter(&file, "lab");
            problems.push(Problem::in_file(&file, message).on_line(line));
        }
        let found = in_blocks(chapter, book);
        if !found.is_empty() {
            let lines = SourceLines::of(chapter, &book.source);
            let located = found.into_iter();
            problems.extend(located.map(|(line, message)| lines.problem(line, message)));
        }
    }
    problems
}

fn in_front_matter(chapter: &Chapter, book: &Book) -> Option<String> {
    let name = chapter.front_matter.lab.as_ref()?;
    lab(name, book, &format!("front matter: `lab = \"{name}\"`")).err()
}

/// The folder of a lab, or what is wrong with what `where_named` calls so.
fn lab<'b>(name: &str, book: &'b Book, where_named: &str) -> Result<&'b std::path::Path, String> {
    let full = || book.labs.get(&format!("lab-{name}"));
    if let Some(folder) = book.labs.get(name).or_else(full) {
        return Ok(folder);
    }
    let message = match &book.settings.labbook.labs {
        None => format!(
            "{where_named}: lab `{name}` cannot be found: set `labs = \"labs\"` in [output.labbook] of book.toml"
        ),
        Some(labs) => format!(
            "{where_named}: there is no lab `{name}`: no package of that name with [package.metadata.lab] in {}; add the lab, or remove this until it exists",
            shown(labs)
        ),
    };
    Err(message)
}

/// What figures and sessions of a chapter name, each with its line in the rendered Markdown.
fn in_blocks(chapter: &Chapter, book: &Book) -> Vec<(usize, String)> {
    let text = &chapter.content;
    if !text.contains("```") && !text.contains("~~~") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(String, usize, String)> = None;
    for (event, range) in parse(text, &book.settings) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some((info.to_string(), range.start, String::new()));
            }
            Event::Text(part) => {
                if let Some((.., code)) = &mut open {
                    code.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((info, start, code)) = open.take() else {
                    continue;
                };
                // The block's first line stands below its fence.
                let first = line_of(text, start) + 1;
                let missing = match info.trim() {
                    "figure" => in_figure(&code, book),
                    info if SESSION.is_match(info) => in_session(&code, book),
                    _ => Vec::new(),
                };
                found.extend(
                    missing
                        .into_iter()
                        .map(|(line, missing)| (first + line, missing)),
                );
            }
            _ => {}
        }
    }
    found
}

/// What is wrong with a live figure's crate, with its line (from 0) in the block.
fn in_figure(block: &str, book: &Book) -> Vec<(usize, String)> {
    // A block that can't be read has failed the build.
    let figure: toml::Table = toml::from_str(block).unwrap_or_default();
    let value = |key: &str| figure.get(key).and_then(toml::Value::as_str);
    let line = |key: &str| line_of_key(block, key).map_or(0, |line| line - 1);
    let id = value("id").unwrap_or_default();
    let mut found = Vec::new();
    let figures = book.settings.labbook.figures.as_ref();
    if let Some(live) = value("live")
        && figures.is_none_or(|figures| !book.root.join(figures).is_dir())
    {
        let message = format!(
            "figure `{id}`: there is no live figure `{live}`: set `figures` in [output.labbook] to the crate that draws it"
        );
        found.push((line("live"), message));
    }
    found
}

/// Labs that commands of a session start and that are not there, each with its line (from 0). Only a book that has labs
/// can miss one here: elsewhere a program may well be called `lab-1`.
fn in_session(session: &str, book: &Book) -> Vec<(usize, String)> {
    if book.settings.labbook.labs.is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, command) in commands(session) {
        for name in labs_of(&command) {
            if let Err(missing) = lab(&name, book, &format!("`{command}`")) {
                found.push((line, missing));
            }
        }
    }
    found
}

/// What is typed after the prompts `$ `, each with its line (from 0); one that ends in a backslash goes on.
fn commands(session: &str) -> Vec<(usize, String)> {
    let mut commands: Vec<(usize, String)> = Vec::new();
    let mut goes_on = false;
    for (index, line) in session.lines().enumerate() {
        let line = line.trim();
        let typed = match (goes_on, line.strip_prefix("$ ")) {
            (true, _) => line.strip_prefix("> ").unwrap_or(line),
            (false, Some(typed)) => typed,
            (false, None) => continue,
        };
        let part = typed.strip_suffix('\\').unwrap_or(typed);
        match commands.last_mut().filter(|_| goes_on) {
            Some((_, command)) => command.push_str(part),
            None => commands.push((index, part.to_string())),
        }
        goes_on = part.len() < typed.len();
    }
    commands
}

/// The labs that a command gives to cargo.
fn labs_of(command: &str) -> Vec<String> {
    let words = shlex::split(command).unwrap_or_default();
    let mut labs = Vec::new();
    let (mut is_cargo, mut is_named) = (false, false);
    for word in words {
        match word.as_str() {
            "cargo" => is_cargo = true,
            "--" | "&&" | "||" | ";" | "|" => is_cargo = false,
            "--bin" | "-p" | "--package" => is_named = is_cargo,
            _ => {
                let joined = word.strip_prefix("--bin=");
                let joined = joined.or_else(|| word.strip_prefix("--package="));
                let name = joined.filter(|_| is_cargo).or(is_named.then_some(&word));
                labs.extend(
                    name.filter(|name| name.starts_with("lab-"))
                        .map(str::to_string),
                );
                is_named = false;
            }
        }
    }
    labs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_name_labs_before_the_two_hyphens() {
        let labs = |command: &str| labs_of(command).join(" ");
        assert_eq!(labs("cargo run --bin lab-03 -- --bin lab-04"), "lab-03");
        assert_eq!(labs("cd x && RUST_LOG=a cargo test -p lab-05"), "lab-05");
        assert_eq!(labs("cargo run --bin=lab-06 --release"), "lab-06");
        assert_eq!(labs("cargo run --bin labbook"), "");
        assert_eq!(labs("echo --bin lab-07"), "");
    }

    #[test]
    fn a_session_is_cut_into_commands() {
        let session = "$ cargo run \\\n> --bin lab-03\nlistens\n$ ls\n";
        let found = commands(session);
        assert_eq!(
            found,
            [(0, "cargo run --bin lab-03".into()), (3, "ls".into())]
        );
    }
}

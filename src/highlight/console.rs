//! Shell sessions: what was typed after a `$ ` prompt is highlighted as shell, what was printed stays plain.

use super::grammar::Painter;
use super::languages;
use super::spans::{Class, Spans};

/// The prompt, and the one for the further lines of a command that ends in a backslash (`> `, or none).
const PROMPT: &str = "$ ";
const PROMPT_CONTINUED: &str = "> ";

/// The HTML of each line of a session.
pub(super) fn highlight(session: &str) -> Vec<String> {
    let mut spans = Spans::new(session.len());
    let mut command: Option<Painter> = None;
    for line in session.split_inclusive('\n') {
        let typed = match command {
            Some(_) => Some(continued(line, &mut spans)),
            None => prompted(line, &mut spans),
        };
        let Some(typed) = typed else {
            spans.push(line, None);
            continue;
        };
        let mut painter = command
            .take()
            .or_else(|| languages::shell().map(Painter::new));
        match &mut painter {
            Some(painter) => painter.paint(typed, &mut spans),
            None => spans.push(typed, None),
        }
        if typed.trim_end_matches(['\r', '\n']).ends_with('\\') {
            command = painter;
        }
    }
    spans.finish()
}

/// Writes the prompt of `line`, if it has one, and gives what was typed after it.
fn prompted<'line>(line: &'line str, spans: &mut Spans) -> Option<&'line str> {
    let start = line.len() - line.trim_start_matches(' ').len();
    let prompt = if line[start..].trim_end() == "$" {
        "$"
    } else {
        PROMPT
    };
    let typed = line[start..].strip_prefix(prompt)?;
    spans.push(&line[..start], None);
    spans.push(prompt, Some(Class::Heading));
    Some(typed)
}

/// Writes the prompt of a command's further line, if it has one, and gives what was typed after it.
fn continued<'line>(line: &'line str, spans: &mut Spans) -> &'line str {
    match line.strip_prefix(PROMPT_CONTINUED) {
        Some(typed) => {
            spans.push(PROMPT_CONTINUED, Some(Class::Heading));
            typed
        }
        None => line,
    }
}

//! Formulas: TeX in, MathML out, which browsers draw without any script.
//!
//! 1. `source` refuses what the parser could not take.
//! 2. pulldown-latex's parser reads the formula; `faults` stops at the first fault, so that a page never shows a
//!    half-understood formula.
//! 3. pulldown-latex's writer turns the parser's events into MathML.
//! 4. `tidy` makes that valid HTML and XHTML, without `style` attributes, which a content security policy forbids.

mod faults;
mod source;
#[cfg(test)]
mod tests;
mod tidy;

use std::borrow::Cow;
use std::fmt;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::Event;
use pulldown_latex::{Parser, ParserError, Storage};

/// How many commands and groups are read on the caller's own stack, whose size is not known: even in a debug build, a
/// command inside a command takes less than 15 kB.
const COMMANDS_ON_THIS_STACK_MAX: usize = 40;
/// The stack for larger formulas, of which `source` allows 1000 commands. Memory is taken only as it is used.
const STACK_BYTES: usize = 64 << 20;

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MathError {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The line inside the formula, counted from 1.
    pub line: usize,
    /// The piece of the formula in which the fault is.
    pub near: String,
}

impl fmt::Display for MathError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, in `{}`", self.message, self.near.trim())?;
        if self.line > 1 {
            write!(formatter, " (line {} of the formula)", self.line)?;
        }
        Ok(())
    }
}

impl std::error::Error for MathError {}

/// The MathML of the formula `tex`, which is written as for LaTeX's math mode, without dollar signs.
///
/// With `display`, the formula stands on a line of its own: `<math display="block">`; otherwise it is part of a
/// sentence: `<math>`. The result is one `math` element, without white space around it.
///
/// Fails at the first thing that the formula gets wrong, or that is not known.
pub fn to_mathml(tex: &str, display: bool) -> Result<String, MathError> {
    let commands = source::check(tex)?;
    if commands <= COMMANDS_ON_THIS_STACK_MAX {
        return convert(tex, display);
    }
    let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
    let converted = std::thread::scope(|scope| {
        let thread = builder.spawn_scoped(scope, || convert(tex, display)).ok()?;
        thread.join().ok()
    });
    converted.unwrap_or_else(|| Err(cannot_be_shown(tex, "this formula is too large")))
}

/// As [`to_mathml`], for a formula with few enough commands for the stack.
fn convert(tex: &str, display: bool) -> Result<String, MathError> {
    let tex = &with_limits(tex);
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        let event = event.map_err(|error| faults::from_parser(tex, &error))?;
        faults::check_event(tex, &event)?;
        events.push(event);
    }
    let written = write(events, display).and_then(|markup| tidy::tidy(&markup));
    written.ok_or_else(|| {
        cannot_be_shown(
            tex,
            "the commands and arguments of this formula do not fit together",
        )
    })
}

fn cannot_be_shown(tex: &str, message: &str) -> MathError {
    MathError {
        message: message.to_owned(),
        line: 1,
        near: tex.to_owned(),
    }
}

/// Rewrites `\operatorname*{argmax}`, which the parser misreads, as `\operatorname{argmax}\limits`, which means the same.
fn with_limits(tex: &str) -> Cow<'_, str> {
    const STARRED: &str = r"\operatorname*{";
    if !tex.contains(STARRED) {
        return Cow::Borrowed(tex);
    }
    let mut pieces = tex.split(STARRED);
    let mut rewritten = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        rewritten.push_str(&format!(r"\operatorname{{{name}}}\limits{rest}"));
    }
    Cow::Owned(rewritten)
}

/// The events as pulldown-latex writes them, or `None` when it writes what is not text.
fn write(events: Vec<Event<'_>>, display: bool) -> Option<String> {
    let display_mode = if display {
        DisplayMode::Block
    } else {
        DisplayMode::Inline
    };
    let config = RenderConfig {
        display_mode,
        ..RenderConfig::default()
    };
    let mut bytes = Vec::new();
    let events = events.into_iter().map(Ok::<_, ParserError>);
    pulldown_latex::write_mathml(&mut bytes, events, config).ok()?;
    String::from_utf8(bytes).ok()
}

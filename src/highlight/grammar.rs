//! Runs a grammar over code, line by line, and gives each token the class of the deepest scope that has one.

use syntect::parsing::{ClearAmount, ParseState, ScopeStackOp, SyntaxReference};

use super::classes::{Paint, paint_of};
use super::languages;
use super::spans::{Class, Spans};

/// Lines longer than this many bytes are left plain: grammars are made of regular expressions, and minified code
/// would take seconds.
const LINE_BYTES_MAX: usize = 10_000;

/// The HTML of each line of `code`, read with the grammar `syntax`.
pub(super) fn highlight(syntax: &SyntaxReference, code: &str) -> Vec<String> {
    let mut painter = Painter::new(syntax);
    let mut spans = Spans::new(code.len());
    for line in code.split_inclusive('\n') {
        painter.paint(line, &mut spans);
    }
    spans.finish()
}

/// A scope that is in force: what it says itself, and the class that text inside it shows.
#[derive(Clone, Copy)]
struct Level {
    paint: Paint,
    shown: Option<Class>,
    locked: bool,
}

/// A grammar on its way through a piece of code.
pub(super) struct Painter {
    parser: ParseState,
    levels: Vec<Level>,
    /// Levels that a grammar has put aside for a while, innermost last.
    aside: Vec<Vec<Level>>,
    /// Room for a line without a newline, which is a text's last.
    last: String,
    /// A grammar that failed leaves the rest of the code plain.
    failed: bool,
}

impl Painter {
    /// Starts at the beginning of a piece of code.
    pub(super) fn new(syntax: &SyntaxReference) -> Painter {
        Painter {
            parser: ParseState::new(syntax),
            levels: Vec::with_capacity(32),
            aside: Vec::new(),
            last: String::new(),
            failed: false,
        }
    }

    /// Adds the next line, with its newline if it has one, to `spans`.
    pub(super) fn paint(&mut self, line: &str, spans: &mut Spans) {
        if self.failed || line.len() > LINE_BYTES_MAX {
            spans.push(line, None);
            return;
        }
        // Grammars want to see a newline, on the last line too.
        let with_newline = if line.ends_with('\n') {
            line
        } else {
            self.last.clear();
            self.last.push_str(line);
            self.last.push('\n');
            &self.last
        };
        let Ok(changes) = self.parser.parse_line(with_newline, languages::grammars()) else {
            self.failed = true;
            spans.push(line, None);
            return;
        };
        let mut from = 0;
        for (at, change) in &changes {
            let to = (*at).min(line.len());
            if to > from {
                spans.push(&line[from..to], self.shown());
                from = to;
            }
            self.apply(change);
        }
        spans.push(&line[from..], self.shown());
    }

    fn shown(&self) -> Option<Class> {
        self.levels.last().and_then(|level| level.shown)
    }

    fn apply(&mut self, change: &ScopeStackOp) {
        match change {
            ScopeStackOp::Push(scope) => self.enter(paint_of(*scope)),
            ScopeStackOp::Pop(count) => {
                let left = self.levels.len().saturating_sub(*count);
                self.levels.truncate(left);
            }
            ScopeStackOp::Clear(amount) => {
                let left = match amount {
                    ClearAmount::TopN(count) => self.levels.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.aside.push(self.levels.split_off(left));
            }
            ScopeStackOp::Restore => {
                for level in self.aside.pop().unwrap_or_default() {
                    self.enter(level.paint);
                }
            }
            ScopeStackOp::Noop => {}
        }
    }

    fn enter(&mut self, paint: Paint) {
        let outer = self.levels.last();
        let (shown, locked) = outer.map_or((None, false), |level| (level.shown, level.locked));
        let (shown, locked) = match paint {
            Paint::Inherit => (shown, locked),
            Paint::Plain => (None, false),
            Paint::Whole(class) => (Some(class), true),
            Paint::Token(_) if locked => (shown, locked),
            Paint::Token(class) => (Some(class), false),
        };
        self.levels.push(Level {
            paint,
            shown,
            locked,
        });
    }
}

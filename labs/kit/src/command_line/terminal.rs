//! Where a program speaks: results to the one side, messages and progress to the other. Colours only on a terminal, and
//! not if NO_COLOR is set.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Lines are at most this wide.
pub(crate) const WIDTH: usize = 80;

type Side = Arc<Mutex<dyn Write + Send>>;

/// Standard output and standard error, or what stands for them in a test.
#[derive(Clone)]
pub struct Terminal {
    out: Side,
    messages: Side,
    is_coloured: bool,
    has_bars: bool,
}

/// How a piece of text looks on a terminal that has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A heading.
    Bold,
    /// It holds, it is done.
    Good,
    /// It does not hold.
    Bad,
    /// The second voice.
    Faint,
}

impl Terminal {
    /// That of this process.
    pub fn of_process() -> Terminal {
        let wants_colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Terminal {
            out: Arc::new(Mutex::new(io::stdout())),
            messages: Arc::new(Mutex::new(io::stderr())),
            is_coloured: wants_colour && io::stdout().is_terminal(),
            has_bars: io::stderr().is_terminal(),
        }
    }

    /// One that keeps what is said: for tests. No colours, no bars.
    pub fn kept(out: Arc<Mutex<Vec<u8>>>, messages: Arc<Mutex<Vec<u8>>>) -> Terminal {
        Terminal {
            out,
            messages,
            is_coloured: false,
            has_bars: false,
        }
    }

    /// Says a line on standard output. A reader who has gone away is no mistake.
    pub fn say(&self, line: &str) {
        write_line(&self.out, line);
    }

    /// Says a line on standard error.
    pub fn warn(&self, line: &str) {
        write_line(&self.messages, line);
    }

    /// Whether progress can be shown by bars.
    pub(crate) fn has_bars(&self) -> bool {
        self.has_bars
    }

    /// The text in that look, where there are colours.
    pub(crate) fn look(&self, look: Look, text: &str) -> String {
        let code = match look {
            Look::Bold => "1",
            Look::Good => "32",
            Look::Bad => "31",
            Look::Faint => "2",
        };
        if self.is_coloured {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.into()
        }
    }
}

fn write_line(side: &Side, line: &str) {
    let mut side = side.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(side, "{line}").and_then(|()| side.flush()).ok();
}

impl fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terminal").finish_non_exhaustive()
    }
}

//! Pikchr's complaints, which quote the source over several lines, as one line and the author's
//! line number.

use super::FigureError;

/// Width of the `/*    1 */  ` before each quoted line.
const GUTTER: usize = 12;

/// A line of the source that Pikchr quotes, with the token it points at.
struct Quote<'a> {
    line: usize,
    text: &'a str,
    carets: &'a str,
}

/// Turns Pikchr's plain-text complaint into an error on the author's line.
///
/// `prelude` is what stood before the author's first line: a fault in there was caused by the line
/// that called it.
pub(super) fn translate(complaint: &str, prelude: &str) -> FigureError {
    if complaint.starts_with("<svg") {
        // A picture without any extent: the crate takes its negative width for a failure.
        return FigureError::new(1, "nothing is drawn: add an object that can be seen");
    }
    let quotes = quotes(complaint);
    let message = complaint
        .lines()
        .find_map(|line| line.strip_prefix("ERROR: "))
        .or_else(|| {
            complaint
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
        })
        .unwrap_or("Pikchr failed without a word");
    let by_author: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| !quote.is_in(prelude))
        .collect();
    let [quote, .., caller] = by_author[..] else {
        return match by_author.first() {
            Some(quote) => quote.error(message, ""),
            None => FigureError::new(1, format!("Pikchr: {message}")),
        };
    };
    if caller.line == quote.line {
        return quote.error(message, "");
    }
    quote.error(
        message,
        &format!(", in the macro that line {} uses", caller.line),
    )
}

/// What starts a statement in Pikchr.
const STATEMENTS: [&str; 21] = [
    "arc", "arrow", "box", "circle", "cylinder", "diamond", "dot", "ellipse", "file", "line",
    "move", "oval", "spline", "text", "right", "left", "up", "down", "define", "print", "assert",
];

/// Words that belong to the string before them.
const OF_STRINGS: [&str; 12] = [
    "bold",
    "italic",
    "mono",
    "monospace",
    "big",
    "small",
    "ljust",
    "rjust",
    "above",
    "below",
    "center",
    "aligned",
];

/// The quoted lines that have a token pointed at, in Pikchr's order: the fault first, then its
/// callers.
fn quotes(complaint: &str) -> Vec<Quote<'_>> {
    let lines: Vec<&str> = complaint.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let carets = pair[1];
            let points = carets.contains('^') && carets.trim_matches([' ', '^']).is_empty();
            let (number, text) = pair[0].strip_prefix("/*")?.split_once("*/")?;
            let line = number.trim().parse().ok()?;
            let text = text.strip_prefix("  ").unwrap_or(text);
            points.then_some(Quote { line, text, carets })
        })
        .collect()
}

impl Quote<'_> {
    fn error(&self, message: &str, caller: &str) -> FigureError {
        let token = self.token();
        let place = match &token {
            Some(token) => format!(" at `{token}`"),
            None => " at the end of the line".to_owned(),
        };
        let hint = if message == "syntax error" {
            self.hint()
        } else {
            String::new()
        };
        FigureError::new(self.line, format!("Pikchr: {message}{place}{caller}{hint}"))
    }

    /// What to do about the mistakes that are made most.
    fn hint(&self) -> String {
        if self
            .token()
            .is_some_and(|token| OF_STRINGS.contains(&token.as_str()))
        {
            return " (words for a string stand right after it, before `color`, `at` and the like)"
                .to_owned();
        }
        let (before, after) = self
            .text
            .split_at_checked(self.start())
            .unwrap_or((self.text, ""));
        let statement = before
            .rsplit([';', '{', '[', ':'])
            .next()
            .unwrap_or(before)
            .trim_start();
        let is_sign = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        let (word, rest) = statement.split_at(statement.find(is_sign).unwrap_or(statement.len()));
        let assigned = self.token().filter(|token| {
            let behind = after.strip_prefix(token.as_str()).unwrap_or_default();
            statement.is_empty() && behind.trim_start().starts_with('=')
        });
        if let Some(name) = assigned {
            return format!(" (`{name}` is a word of Pikchr's own: choose another name)");
        }
        let is_object = word.starts_with(|first: char| first.is_ascii_lowercase());
        let is_macro = rest.starts_with('(');
        if is_object && !is_macro && !STATEMENTS.contains(&word) {
            return format!(
                " (`{word}` is not an object: use {})",
                STATEMENTS[..14].join(", ")
            );
        }
        String::new()
    }

    /// Byte at which the token starts in the quoted line. On line one Pikchr counts from the first
    /// byte, below from the line break before it.
    fn start(&self) -> usize {
        let spaces = self.carets.find('^').unwrap_or(0);
        let column = if self.line == 1 { spaces + 1 } else { spaces };
        column.saturating_sub(GUTTER)
    }

    fn is_in(&self, prelude: &str) -> bool {
        self.line == 1 && self.start() < prelude.len()
    }

    /// The token itself, cut where it is long; nothing where Pikchr points behind the line.
    fn token(&self) -> Option<String> {
        let length = self.carets.bytes().filter(|byte| *byte == b'^').count();
        let start = self.start();
        let end = (start + length).min(self.text.len());
        let token = self.text.get(start..end)?.trim();
        let short: String = token.chars().take(40).collect();
        (!short.is_empty()).then_some(short)
    }
}

//! Text for a terminal: wrapped to its width, without Markdown's backquotes.

use super::terminal::WIDTH;

/// The text in lines of at most [`WIDTH`] characters: the first after `first`, the others after as many spaces. A word that
/// is longer stands alone.
pub(super) fn wrapped(first: &str, text: &str) -> String {
    let indent = " ".repeat(first.chars().count());
    let mut lines = String::new();
    let mut line = String::from(first);
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let width = line.chars().count() + usize::from(!is_empty) + word.chars().count();
        if !is_empty && width > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line.clone_from(&indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines + &line
}

/// Without the backquotes around code.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// `about 40 s`, `about 3 min`.
pub(super) fn about(seconds: u32) -> String {
    if seconds < 100 {
        format!("about {seconds} s")
    } else {
        format!("about {} min", (seconds + 30) / 60)
    }
}

/// Rows in columns: the first to the left, the others to the right.
pub(super) fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(wide).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            if line.is_empty() {
                line = format!("{cell:<width$}");
            } else {
                line += &format!("  {cell:>width$}");
            }
        }
        line.trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_eighty_characters_and_hangs_under_its_first_line() {
        let text = "word ".repeat(30);
        let wrapped = wrapped("  1. ", &text);
        for line in wrapped.lines() {
            assert!(line.chars().count() <= WIDTH, "{line}");
        }
        assert!(
            wrapped
                .lines()
                .skip(1)
                .all(|line| line.starts_with("     word"))
        );
        assert_eq!(wrapped.split_whitespace().count(), 31);
    }

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(about(40), "about 40 s");
        assert_eq!(about(150), "about 3 min");
    }
}

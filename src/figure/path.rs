//! Path data (`d="M…Z"`) as the outlines it draws; curves become short straight pieces.

use super::geometry::Point;
use super::path_pen::Pen;

/// One stretch of a path between two moves of the pen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    /// Its corners, in the path's own units.
    pub points: Vec<Point>,
    /// How many of them, from the first, enclose an area; 0 when the line is open.
    pub enclosing: usize,
}

/// The closed outlines of a path, in its own units: those that end with `Z` or return to where they
/// began.
pub(super) fn closed_outlines(data: &str) -> Vec<Vec<Point>> {
    let closed = |mut outline: Outline| {
        outline.points.truncate(outline.enclosing);
        outline.points
    };
    let all = outlines(data).into_iter();
    all.filter(|outline| outline.enclosing >= 3)
        .map(closed)
        .collect()
}

/// All outlines of a path, open and closed, in its own units.
///
/// Reading stops at the first thing that isn't path data, as browsers do.
pub(super) fn outlines(data: &str) -> Vec<Outline> {
    let mut pen = Pen::default();
    let mut reader = Reader { rest: data };
    let mut command = None;
    loop {
        if let Some(letter) = reader.command() {
            command = Some(letter);
            if matches!(letter, 'Z' | 'z') {
                pen.close(true);
                command = None;
                continue;
            }
        }
        let Some(letter) = command else { break };
        let Some(numbers) = reader.numbers(letter) else {
            break;
        };
        pen.draw(letter, &numbers);
        command = Some(match letter {
            'M' => 'L',
            'm' => 'l',
            other => other,
        });
    }
    pen.close(false);
    pen.outlines
}

/// What is left of the path data.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_separators(&mut self) {
        let is_separator = |c: char| c.is_ascii_whitespace() || c == ',';
        self.rest = self.rest.trim_start_matches(is_separator);
    }

    fn command(&mut self) -> Option<char> {
        self.skip_separators();
        let first = self.rest.chars().next()?;
        if !"MmLlHhVvCcSsQqTtAaZz".contains(first) {
            return None;
        }
        self.rest = &self.rest[1..];
        Some(first)
    }

    /// The numbers that one use of a command takes.
    fn numbers(&mut self, command: char) -> Option<Vec<f64>> {
        let count = match command.to_ascii_uppercase() {
            'H' | 'V' => 1,
            'M' | 'L' | 'T' => 2,
            'S' | 'Q' => 4,
            'C' => 6,
            _ => 7,
        };
        let is_arc = count == 7;
        (0..count)
            .map(|index| {
                if is_arc && (index == 3 || index == 4) {
                    self.flag()
                } else {
                    self.number()
                }
            })
            .collect()
    }

    /// An arc's flag: one digit, which may touch what follows.
    fn flag(&mut self) -> Option<f64> {
        self.skip_separators();
        let flag = match self.rest.as_bytes().first()? {
            b'0' => 0.0,
            b'1' => 1.0,
            _ => return None,
        };
        self.rest = &self.rest[1..];
        Some(flag)
    }

    fn number(&mut self) -> Option<f64> {
        self.skip_separators();
        let mut end = 0;
        let (mut has_dot, mut has_exponent) = (false, false);
        let mut before = ' ';
        for character in self.rest.chars() {
            let fits = match character {
                '0'..='9' => true,
                '+' | '-' => end == 0 || matches!(before, 'e' | 'E'),
                '.' => !has_dot && !has_exponent,
                'e' | 'E' => !has_exponent && end > 0,
                _ => false,
            };
            if !fits {
                break;
            }
            has_dot |= character == '.';
            has_exponent |= matches!(character, 'e' | 'E');
            before = character;
            end += 1;
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok().filter(|value: &f64| value.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::closed_outlines;
    use crate::figure::geometry::Point;
    use crate::figure::polygon::{area, bounds};

    fn only(data: &str) -> Vec<Point> {
        let mut outlines = closed_outlines(data);
        assert_eq!(outlines.len(), 1, "{data}");
        outlines.remove(0)
    }

    #[track_caller]
    fn has_area(data: &str, expected: f64) {
        let found = area(&only(data));
        assert!(
            (found - expected).abs() < 0.02 * expected,
            "{data}: {found} instead of {expected}"
        );
    }

    #[test]
    fn outlines_enclose_what_the_path_draws() {
        has_area("M0,0L10,0L10,20L0,20Z", 200.0);
        has_area("m1 1h10v20h-10z", 200.0);
        has_area("M0 0 10 0 10 20 0 20 0 0", 200.0);
        let circle = std::f64::consts::PI * 100.0;
        has_area("M-10 0A10 10 0 0 0 10 0A10 10 0 0 0 -10 0Z", circle);
        has_area("M-10 0a10 10 0 1120 0a10 10 0 11-20 0z", circle);
        has_area(
            "M0,-10C5.523,-10 10,-5.523 10,0S5.523,10 0,10-10,5.523-10,0-5.523-10 0-10Z",
            circle,
        );
        // A parabola's segment is two thirds of its box.
        has_area("M0 0Q10 20 20 0Z", 20.0 * 10.0 * 2.0 / 3.0);
        // `T` and `S` go on without a kink, so that the second bow swings to the other side.
        for wave in ["M0 0Q10 20 20 0T40 0Z", "M0 0C5 15 15 15 20 0S35 -15 40 0Z"] {
            let (_, top, _, bottom) = bounds(&only(wave));
            assert!(top < -9.0 && bottom > 9.0, "{wave}: {top} {bottom}");
        }
    }

    #[test]
    fn an_arc_bulges_to_the_side_its_flags_say() {
        let (_, top, _, bottom) = bounds(&only("M0 0A10 10 0 0 1 20 0Z"));
        assert!(
            (top + 10.0).abs() < 0.1 && bottom.abs() < 0.1,
            "{top} {bottom}"
        );
        let (_, top, _, bottom) = bounds(&only("M0 0A10 10 0 0 0 20 0Z"));
        assert!(
            top.abs() < 0.1 && (bottom - 10.0).abs() < 0.1,
            "{top} {bottom}"
        );
    }

    #[test]
    fn open_lines_are_no_outline_and_rubbish_ends_the_path() {
        assert!(closed_outlines("M0 0L10 0L10 10").is_empty());
        assert!(closed_outlines("").is_empty());
        assert!(closed_outlines("Z").is_empty());
        assert!(closed_outlines("L").is_empty());
        assert_eq!(closed_outlines("M0 0H9V9Zrubbish").len(), 1);
        assert_eq!(closed_outlines("M0 0H9V9ZM20 0h9v9z").len(), 2);
    }
}

//! Snapshots in words: a sentence and a table, for those who can't see the picture, for paper, and for the command line.
//!
//! A table is text with a tab between cells and a line for each row: the caption, the heads of the columns, the rows.

mod balancer;
mod detection;
mod lines;
mod ring;

use alloc::string::String;

use scene::{thousands, whole};
use simulation::{Duration, Time};

/// `12.3 s`: a moment, to tenths of a second.
fn seconds(at: Time) -> String {
    let tenths = at.as_nanos() / 100_000_000;
    let mut text = whole(tenths / 10);
    if !tenths.is_multiple_of(10) {
        text.push('.');
        text.push_str(&whole(tenths % 10));
    }
    text.push_str(" s");
    text
}

/// `1,240 ms`, rounded to the nearest.
fn milliseconds(duration: Duration) -> String {
    let mut text = thousands((duration.as_nanos() + 500_000) / 1_000_000);
    text.push_str(" ms");
    text
}

/// `2.4`, from thousandths as per cent.
fn percent(permille: u32) -> String {
    let mut text = whole(u64::from(permille / 10));
    text.push('.');
    text.push_str(&whole(u64::from(permille % 10)));
    text
}

/// `1 request`, `2 requests`.
fn counted(number: u64, one: &str, many: &str) -> String {
    let mut text = thousands(number);
    text.push(' ');
    text.push_str(if number == 1 { one } else { many });
    text
}

/// The caption of a table of this moment.
fn caption(at: Time) -> String {
    let mut text = String::from("After ");
    text.push_str(&seconds(at));
    text
}

/// Adds a row of cells.
fn push_row(table: &mut String, cells: &[&str]) {
    table.push('\n');
    table.push_str(&cells.join("\t"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let at = |ms| Time::START + Duration::from_millis(ms);
        assert_eq!(seconds(at(12_000)), "12 s");
        assert_eq!(seconds(at(12_349)), "12.3 s");
        assert_eq!(milliseconds(Duration::from_micros(17_500)), "18 ms");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(percent(24), "2.4");
        assert_eq!(counted(1, "request", "requests"), "1 request");
    }
}

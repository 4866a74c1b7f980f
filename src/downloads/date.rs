//! The day that a book's files bear: that of its last change, so that the same book gives the same bytes.

use zip::DateTime;

use crate::book::Book;

/// The day of a book without history: the first that a zip file can name.
const FIRST: &str = "1980-01-01";

/// The last day on which a chapter was changed: `2026-11-21`.
pub(super) fn of(book: &Book) -> &str {
    let days = book
        .chapters
        .iter()
        .filter_map(|chapter| chapter.modified.as_deref());
    days.filter(|day| in_zip(day).is_some())
        .max()
        .unwrap_or(FIRST)
}

/// The first moment of a day as a zip file's directory has it; `None` for what is no day after 1979.
pub(super) fn in_zip(day: &str) -> Option<DateTime> {
    let mut parts = day.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let date = parts.next()?.parse().ok()?;
    DateTime::from_date_and_time(year, month, date, 0, 0, 0).ok()
}

//! `.labbook/progress.toml`: which exercises are done, by day, and how many hints were asked for.
//!
//! ```toml
//! [lab-03]
//! two-choices = "2026-11-22"
//!
//! [hints.lab-03]
//! two-choices = 2
//! ```
//!
//! The command line writes it, the served book reads it. Tables of other labs and keys that nobody here knows are kept; a
//! file that can't be read is left as it is.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use toml::{Table, Value};

/// Where it stands in a book's folder.
pub const FILE: &str = ".labbook/progress.toml";

/// What is larger was not written by us.
const BYTES_MAX: u64 = 1_000_000;

/// The table that counts hints.
const HINTS: &str = "hints";

/// The progress file of one book.
#[derive(Debug)]
pub struct Progress {
    path: PathBuf,
    table: Table,
}

impl Progress {
    /// Reads the file of the book in that folder; there need not be one yet.
    ///
    /// # Errors
    /// The file is there and can't be read; the message names it and the line.
    pub fn read(book: &Path) -> anyhow::Result<Progress> {
        let path = book.join(FILE);
        let text = match text_of(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            other => other.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let table: Table =
            toml::from_str(&text).map_err(|error| unreadable(&path, &text, &error))?;
        let wrong = table.iter().find(|(_, value)| !value.is_table());
        if let Some((key, _)) = wrong {
            bail!(
                "{}: `{key}` must be a table, as in [lab-03]: mend the file or move it away",
                path.display()
            );
        }
        Ok(Progress { path, table })
    }

    /// The day on which an exercise was done, if it was.
    pub fn done_on(&self, lab: &str, exercise: &str) -> Option<&str> {
        self.table.get(lab)?.get(exercise)?.as_str()
    }

    /// Notes that an exercise is done; the first day stays.
    pub fn set_done(&mut self, lab: &str, exercise: &str, day: &str) {
        let table = entry(&mut self.table, lab);
        table
            .entry(exercise)
            .or_insert_with(|| Value::String(day.into()));
    }

    /// How many hints of an exercise were shown.
    pub fn hints(&self, lab: &str, exercise: &str) -> usize {
        let count = || self.table.get(HINTS)?.get(lab)?.get(exercise)?.as_integer();
        count().and_then(|count| count.try_into().ok()).unwrap_or(0)
    }

    /// Notes how many hints of an exercise were shown.
    pub fn set_hints(&mut self, lab: &str, exercise: &str, count: usize) {
        let table = entry(entry(&mut self.table, HINTS), lab);
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        table.insert(exercise.into(), Value::Integer(count));
    }

    /// Writes the file: beside it first, then by rename.
    ///
    /// # Errors
    /// It can't be written; the message names it.
    pub fn write(&self) -> anyhow::Result<()> {
        write_whole(&self.path, &toml::to_string(&self.table)?)
    }
}

/// The table of that name, which is made if there is none. A value that is no table is replaced: it meant nothing here.
fn entry<'t>(table: &'t mut Table, name: &str) -> &'t mut Table {
    let value = table
        .entry(name)
        .or_insert_with(|| Value::Table(Table::new()));
    if !value.is_table() {
        *value = Value::Table(Table::new());
    }
    value
        .as_table_mut()
        .expect("it was made a table if it was none")
}

fn text_of(path: &Path) -> std::io::Result<String> {
    if fs::metadata(path)?.len() > BYTES_MAX {
        return Err(std::io::Error::other("it is larger than 1 MB"));
    }
    fs::read_to_string(path)
}

fn unreadable(path: &Path, text: &str, error: &toml::de::Error) -> anyhow::Error {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    anyhow!(
        "{}:{line}: {}; mend the file or move it away: it is left as it is",
        path.display(),
        error.message()
    )
}

/// Writes a file so that whoever reads it finds the old one or the new one, never a part.
///
/// # Errors
/// The folder or the file can't be written; the message names it.
pub(crate) fn write_whole(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let doing = || format!("cannot write {}", path.display());
    fs::create_dir_all(folder).with_context(doing)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
    file.write_all(text.as_bytes()).with_context(doing)?;
    readable_by_all(file.as_file()).with_context(doing)?;
    file.persist(path).with_context(doing)?;
    Ok(())
}

/// Files of tempfile are for their owner alone; these are as any file that a program leaves.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(progress: &str) -> tempfile::TempDir {
        let book = tempfile::tempdir().expect("there is room");
        fs::create_dir(book.path().join(".labbook")).expect("it is ours");
        fs::write(book.path().join(FILE), progress).expect("it is ours");
        book
    }

    #[test]
    fn what_is_done_is_kept_beside_what_other_labs_wrote() {
        let book = book("[lab-01]\nqueue = \"2026-01-02\"\n\n[later]\nunknown = 7\n");
        let mut progress = Progress::read(book.path()).expect("it can be read");
        progress.set_done("lab-03", "two-choices", "2026-11-22");
        progress.set_done("lab-03", "two-choices", "2026-12-24");
        progress.set_hints("lab-03", "two-choices", 2);
        progress.write().expect("it can be written");
        let again = Progress::read(book.path()).expect("it can be read");
        assert_eq!(again.done_on("lab-01", "queue"), Some("2026-01-02"));
        assert_eq!(again.done_on("lab-03", "two-choices"), Some("2026-11-22"));
        assert_eq!(again.hints("lab-03", "two-choices"), 2);
        assert_eq!(again.hints("lab-03", "framer"), 0);
        let text = fs::read_to_string(book.path().join(FILE)).expect("it is there");
        assert!(text.contains("unknown = 7"), "{text}");
    }

    #[test]
    fn a_broken_file_is_named_with_its_line_and_left_as_it_is() {
        let broken = "[lab-03]\ntwo-choices = \n";
        let book = book(broken);
        let message = Progress::read(book.path()).expect_err("broken").to_string();
        assert!(message.contains("progress.toml:2: "), "{message}");
        assert!(message.contains("left as it is"), "{message}");
        let text = fs::read_to_string(book.path().join(FILE)).expect("it is there");
        assert_eq!(text, broken);
    }

    #[test]
    fn a_key_outside_a_table_is_named() {
        let book = book("lab-03 = 7\n");
        let message = Progress::read(book.path()).expect_err("broken").to_string();
        assert!(message.contains("`lab-03` must be a table"), "{message}");
    }

    #[test]
    fn no_file_is_no_progress() {
        let book = tempfile::tempdir().expect("there is room");
        let progress = Progress::read(book.path()).expect("nothing to read");
        assert_eq!(progress.done_on("lab-03", "two-choices"), None);
    }
}

//! Reads settings from TOML. A message names the file and the line, shows the line, and says what is wrong with it.

use std::{format, fs, ops::Range, path::Path, prelude::v1::*};

use super::{Conflict, Settings};

/// A settings file has no reason to be larger.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Reads a file.
///
/// # Errors
/// It cannot be read, or is no settings file; the message is for whoever wrote it.
pub fn from_file(path: &Path) -> Result<Settings, String> {
    let name = path.display().to_string();
    let cannot = |error| format!("{name} cannot be read: {error}");
    let size = fs::metadata(path).map_err(cannot)?.len();
    if size > FILE_BYTES_MAX {
        return Err(format!(
            "{name} has {size} bytes; settings have at most {FILE_BYTES_MAX}"
        ));
    }
    from_text(&fs::read_to_string(path).map_err(cannot)?, &name)
}

/// Reads TOML. `name` is what messages call it.
///
/// # Errors
/// It is no TOML, or not what [`Settings`] has, or does not go together.
pub fn from_text(text: &str, name: &str) -> Result<Settings, String> {
    let settings: Settings =
        toml::from_str(text).map_err(|error| message(text, name, error.span(), error.message()))?;
    settings
        .check()
        .map_err(|Conflict { key, message: what }| {
            let span = place_of(text, key);
            message(text, name, span, &format!("{key}: {what}"))
        })?;
    Ok(settings)
}

fn message(text: &str, name: &str, span: Option<Range<usize>>, what: &str) -> String {
    let Some(start) = span.map(|span| span.start.min(text.len())) else {
        return format!("{name}: {what}");
    };
    let before = text.get(..start).unwrap_or("");
    let number = before.matches('\n').count() + 1;
    let line = text.lines().nth(number - 1).unwrap_or("").trim();
    match line {
        "" => format!("{name}, line {number}: {what}"),
        _ => format!("{name}, line {number}, `{line}`: {what}"),
    }
}

/// Where a key stands: the first line that begins with it, after its section's.
fn place_of(text: &str, key: &str) -> Option<Range<usize>> {
    let (section, key) = key
        .rsplit_once('.')
        .map_or((None, key), |(s, k)| (Some(s), k));
    let section = section.map(|name| format!("[{name}]"));
    let mut is_inside = section.is_none();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if let Some(section) = &section
            && trimmed.starts_with('[')
        {
            is_inside = trimmed.starts_with(section.as_str());
        }
        let rest = trimmed.strip_prefix(key).map(str::trim_start);
        if is_inside && rest.is_some_and(|rest| rest.starts_with('=')) {
            return Some(start..start + line.len());
        }
        start += line.len();
    }
    None
}

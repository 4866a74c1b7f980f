//! Zip files whose bytes depend on nothing but what is in them.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use rayon::prelude::*;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::problem::Problem;

/// A file in an archive: its path and what is in it.
pub(super) type Entry<'a> = (String, Cow<'a, [u8]>);

/// What is compressed already, by ending; trying again would only take time. An EPUB's `mimetype` must not be compressed.
const COMPRESSED: [&str; 17] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "woff", "woff2", "zip", "epub", "gz", "br", "mp4",
    "webm", "mp3", "ogg", "mimetype",
];

/// Packs files in the order given, all with one date; `None`: the earliest that a zip file knows.
pub(super) fn packed(entries: &[Entry], date: Option<DateTime>) -> Result<Vec<u8>, Problem> {
    let failed =
        |error| Problem::general(format!("the book cannot be packed as one file: {error}"));
    // Compressing takes nearly all of the time: each file becomes an archive of its own, which are then joined.
    let singles: Vec<Vec<u8>> = entries
        .par_iter()
        .map(|entry| single(entry, date.unwrap_or_default()))
        .collect::<ZipResult<_>>()
        .map_err(failed)?;
    joined(singles).map_err(failed)
}

fn single((path, bytes): &Entry, date: DateTime) -> ZipResult<Vec<u8>> {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let method = if COMPRESSED.contains(&ending.as_str()) {
        CompressionMethod::Stored
    } else {
        CompressionMethod::Deflated
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(date)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(path.as_str(), options)?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?.into_inner())
}

fn joined(singles: Vec<Vec<u8>>) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for single in singles {
        writer.merge_archive(ZipArchive::new(Cursor::new(single))?)?;
    }
    Ok(writer.finish()?.into_inner())
}

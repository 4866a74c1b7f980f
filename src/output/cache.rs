//! Rendered pages, kept between builds in `.labbook/cache` beside book.toml, under a digest of everything that can change
//! them. A cache that is missing, unreadable or from another labbook costs time, nothing else.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use postcard::{from_bytes, to_stdvec};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::book::{Book, Chapter};
use crate::page::Page;
use crate::theme::Theme;

/// Pages from earlier builds.
pub struct PageCache {
    file: PathBuf,
    /// Digest of a chapter to its page, not yet decoded.
    known: HashMap<u128, Vec<u8>>,
    /// For each chapter of the book, its digest.
    digests: Vec<u128>,
}

impl PageCache {
    /// Opens the cache of a book.
    pub fn open(book: &Book, theme: &Theme) -> PageCache {
        let file = book.root.join(".labbook/cache/pages");
        let shared = shared_digest(book, theme);
        let digests = book
            .chapters
            .par_iter()
            .map(|chapter| chapter_digest(chapter, &shared))
            .collect();
        let known = fs::read(&file)
            .ok()
            .and_then(|bytes| decode(&bytes))
            .unwrap_or_default();
        PageCache {
            file,
            known,
            digests,
        }
    }

    /// A chapter's page, if nothing that makes it has changed.
    pub fn page(&self, chapter: usize) -> Option<Page> {
        from_bytes(self.known.get(&self.digests[chapter])?).ok()
    }

    /// Keeps the pages of this build. A folder that cannot be written is no error.
    pub fn keep(&self, pages: &[Page]) {
        if self
            .digests
            .iter()
            .all(|digest| self.known.contains_key(digest))
            && self.known.len() == self.digests.len()
        {
            return;
        }
        let entries: Vec<(u128, Vec<u8>)> = self
            .digests
            .par_iter()
            .zip(pages)
            .map(|(digest, page)| {
                (
                    *digest,
                    self.known
                        .get(digest)
                        .cloned()
                        .unwrap_or_else(|| to_stdvec(page).unwrap_or_default()),
                )
            })
            .collect();
        let Ok(mut bytes) = to_stdvec(&entries) else {
            return;
        };
        bytes.extend(xxh3_128(&bytes).to_le_bytes());
        let _ = save(&self.file, &bytes);
    }
}

/// Writes the cache by rename, in a folder that version control is told to leave alone.
fn save(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let ignore = folder.with_file_name(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "cache/\n")?;
    }
    let temporary = tempfile::NamedTempFile::new_in(folder)?;
    fs::write(temporary.path(), bytes)?;
    temporary
        .persist(file)
        .map(|_| ())
        .map_err(|error| error.error)
}

/// The entries of a cache file whose checksum holds.
fn decode(bytes: &[u8]) -> Option<HashMap<u128, Vec<u8>>> {
    let (entries, checksum) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
    if xxh3_128(entries).to_le_bytes() != checksum {
        return None;
    }
    from_bytes::<Vec<(u128, Vec<u8>)>>(entries)
        .ok()
        .map(|entries| entries.into_iter().collect())
}

/// What all pages of a book depend on: labbook itself, settings, theme.
fn shared_digest(book: &Book, theme: &Theme) -> Vec<u8> {
    let program = std::env::current_exe()
        .and_then(fs::metadata)
        .map(|metadata| (metadata.len(), metadata.modified().ok()));
    format!("{program:?} {:?} {}", book.settings, theme.digest()).into_bytes()
}

/// Everything that one page depends on.
fn chapter_digest(chapter: &Chapter, shared: &[u8]) -> u128 {
    let undated = format!(
        "{:?} {:?} {:?} {:?}",
        chapter.path, chapter.number, chapter.front_matter, chapter.attachments
    );
    let parts = [shared, undated.as_bytes(), chapter.content.as_bytes()];
    let digests: Vec<u8> = parts
        .iter()
        .flat_map(|part| xxh3_128(part).to_le_bytes())
        .collect();
    xxh3_128(&digests)
}

//! Rendered pages, kept between builds in `.labbook/cache` beside book.toml, under a digest of everything that can change
//! them. A cache that is missing, unreadable or from another labbook costs time, nothing else.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use postcard::{from_bytes, to_stdvec};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::book::{Book, Chapter};
use crate::live_figures;
use crate::load::KEPT_DATES;
use crate::page::Page;
use crate::settings::Settings;
use crate::theme::Theme;

/// Before each page in the file: its digest and its length.
const ENTRY_BYTES: usize = size_of::<u128>() + size_of::<u64>();

/// At the end of the file.
const CHECKSUM_BYTES: usize = size_of::<u128>();

/// Pages from earlier builds.
pub struct PageCache {
    file: PathBuf,
    /// The file as it was read.
    bytes: Vec<u8>,
    /// Digest of a chapter to where in `bytes` its page stands.
    known: HashMap<u128, Range<usize>>,
    /// For each chapter of the book, its digest.
    digests: Vec<u128>,
}

impl PageCache {
    /// Opens the cache of a book.
    pub fn open(book: &Book, theme: &Theme) -> PageCache {
        let file = book.root.join(".labbook/cache/pages");
        let chapters: Vec<&Chapter> = book.chapters.iter().collect();
        let digests = digests(book, theme, &chapters);
        let bytes = fs::read(&file).unwrap_or_default();
        PageCache {
            file,
            known: places(&bytes).unwrap_or_default(),
            bytes,
            digests,
        }
    }

    /// For each chapter of the book, a digest of all that makes its page.
    pub(super) fn digests(&self) -> impl Iterator<Item = u128> {
        self.digests.iter().copied()
    }

    /// A chapter's page, if nothing that makes it has changed.
    pub fn page(&self, chapter: usize) -> Option<Page> {
        from_bytes(self.encoded(self.digests[chapter])?).ok()
    }

    /// A page as it stands in the file.
    fn encoded(&self, digest: u128) -> Option<&[u8]> {
        self.bytes.get(self.known.get(&digest)?.clone())
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
        let pages: Vec<Cow<[u8]>> = self
            .digests
            .par_iter()
            .zip(pages)
            .map(|(digest, page)| match self.encoded(*digest) {
                Some(encoded) => Cow::Borrowed(encoded),
                None => Cow::Owned(to_stdvec(page).unwrap_or_default()),
            })
            .collect();
        let size: usize = pages.iter().map(|page| ENTRY_BYTES + page.len()).sum();
        let mut bytes = Vec::with_capacity(size + CHECKSUM_BYTES);
        for (digest, page) in self.digests.iter().zip(&pages) {
            bytes.extend(digest.to_le_bytes());
            bytes.extend((page.len() as u64).to_le_bytes());
            bytes.extend_from_slice(page);
        }
        bytes.extend(xxh3_128(&bytes).to_le_bytes());
        let _ = save(&self.file, &bytes);
    }
}

/// Keeps what git said about the chapters' dates. A folder that cannot be written is no error.
pub fn keep_dates(root: &Path, dates: &str) {
    let _ = save(&root.join(KEPT_DATES), dates.as_bytes());
}

/// Writes a file of the cache by rename, in a folder that version control is told to leave alone.
pub(super) fn save(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let ignore = folder.with_file_name(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    let temporary = tempfile::NamedTempFile::new_in(folder)?;
    fs::write(temporary.path(), bytes)?;
    temporary
        .persist(file)
        .map(|_| ())
        .map_err(|error| error.error)
}

/// Where each page stands in a cache file whose checksum holds.
fn places(bytes: &[u8]) -> Option<HashMap<u128, Range<usize>>> {
    let end = bytes.len().checked_sub(CHECKSUM_BYTES)?;
    if xxh3_128(&bytes[..end]).to_le_bytes() != bytes[end..] {
        return None;
    }
    let mut places = HashMap::new();
    let mut at = 0;
    while at < end {
        let (digest, rest) = bytes[at..end].split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        at = end - rest.get(length..)?.len();
        places.insert(u128::from_le_bytes(*digest), at - length..at);
    }
    Some(places)
}

/// For each of these chapters, a digest of all that makes its page: the module of the book's live figures, too, where it may
/// have one.
pub fn digests(book: &Book, theme: &Theme, chapters: &[&Chapter]) -> Vec<u128> {
    let shared = shared_digest(&book.settings, theme);
    let figures = book.figures.digest();
    let chapters = chapters.par_iter();
    chapters
        .map(|chapter| {
            let figures = if figures != 0 && live_figures::may_use(&chapter.content) {
                figures
            } else {
                0
            };
            chapter_digest(chapter, &shared, figures)
        })
        .collect()
}

/// What all pages of a book depend on: labbook itself, settings, fonts.
fn shared_digest(settings: &Settings, theme: &Theme) -> Vec<u8> {
    format!("{} {settings:?} {}", program(), theme.fonts_digest()).into_bytes()
}

/// What names this very build of labbook.
pub(super) fn program() -> String {
    let program = std::env::current_exe()
        .and_then(fs::metadata)
        .map(|metadata| (metadata.len(), metadata.modified().ok()));
    format!("{program:?}")
}

/// Everything that one page depends on.
fn chapter_digest(chapter: &Chapter, shared: &[u8], figures: u128) -> u128 {
    let undated = format!(
        "{:?} {:?} {:?} {:?}",
        chapter.path, chapter.number, chapter.front_matter, chapter.attachments
    );
    let parts = [
        shared,
        undated.as_bytes(),
        chapter.content.as_bytes(),
        &figures.to_le_bytes(),
    ];
    let digests: Vec<u8> = parts
        .iter()
        .flat_map(|part| xxh3_128(part).to_le_bytes())
        .collect();
    xxh3_128(&digests)
}

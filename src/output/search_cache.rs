//! The scripts of search, kept beside the pages: making them again takes longer than all else that a warm build does.

use std::fs;
use std::path::PathBuf;

use postcard::{from_bytes, to_stdvec};
use xxhash_rust::xxh3::xxh3_128;

use super::cache::{PageCache, save};
use crate::book::Book;
use crate::site::{Content, SearchFiles, Site};

/// The scripts of an earlier build.
pub struct SearchCache {
    file: PathBuf,
    /// Digest of all that goes into the scripts of this build.
    digest: u128,
}

impl SearchCache {
    /// The cache of a book whose pages `pages` knows.
    pub fn of(book: &Book, pages: &PageCache) -> SearchCache {
        let names = format!("{:?}", book.items);
        let parts: Vec<u8> = pages
            .digests()
            .flat_map(u128::to_le_bytes)
            .chain(names.into_bytes())
            .collect();
        SearchCache {
            file: book.root.join(".labbook/cache/search"),
            digest: xxh3_128(&parts),
        }
    }

    /// The scripts, if nothing that makes them has changed since they were kept.
    pub fn known(&self) -> Option<SearchFiles> {
        let bytes = fs::read(&self.file).ok()?;
        let (digest, rest) = bytes.split_first_chunk()?;
        let (checksum, files) = rest.split_first_chunk()?;
        let whole = u128::from_le_bytes(*digest) == self.digest
            && u128::from_le_bytes(*checksum) == xxh3_128(files);
        whole.then(|| from_bytes(files).ok())?
    }

    /// Keeps the scripts of a site. A folder that cannot be written is no error.
    pub fn keep(&self, site: &Site) {
        let files: Vec<(&String, String)> = site
            .search
            .iter()
            .filter_map(|path| match site.files.get(path) {
                Some(Content::Bytes(bytes)) => {
                    Some((path, String::from_utf8_lossy(bytes).into_owned()))
                }
                _ => None,
            })
            .collect();
        let Ok(files) = to_stdvec(&files) else { return };
        let mut bytes = Vec::with_capacity(files.len() + 32);
        bytes.extend(self.digest.to_le_bytes());
        bytes.extend(xxh3_128(&files).to_le_bytes());
        bytes.extend(files);
        let _ = save(&self.file, &bytes);
    }
}

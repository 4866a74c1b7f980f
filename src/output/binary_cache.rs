//! Which labs' programs compiled, and from which files, in `.labbook/cache/programs`: while these are the same, nothing has
//! to be compiled to know that they do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use postcard::{from_bytes, to_stdvec};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::cache::{program, save};

/// Name of a lab to the files that its program is made from, and a digest of them.
type Known = BTreeMap<String, (Vec<PathBuf>, u128)>;

/// Files that every program depends on, from the book's root.
const SHARED: [&str; 3] = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];

/// The programs that are known to compile.
pub struct BinaryCache {
    root: PathBuf,
    file: PathBuf,
    known: Known,
}

impl BinaryCache {
    /// The cache of the book in `root`.
    pub fn open(root: &Path) -> BinaryCache {
        let file = root.join(".labbook/cache/programs");
        let bytes = fs::read(&file).unwrap_or_default();
        let whole = bytes
            .split_first_chunk()
            .filter(|(checksum, known)| u128::from_le_bytes(**checksum) == xxh3_128(known));
        BinaryCache {
            root: root.to_owned(),
            known: whole
                .and_then(|(_, known)| from_bytes(known).ok())
                .unwrap_or_default(),
            file,
        }
    }

    /// Whether this lab's program compiled from the files that are there now.
    pub fn holds(&self, lab: &str) -> bool {
        let known = self.known.get(lab);
        known.is_some_and(|(sources, digest)| self.digest(sources) == Some(*digest))
    }

    /// Keeps that a lab's program compiled from these files.
    pub fn keep(&mut self, lab: &str, sources: Vec<PathBuf>) {
        if let Some(digest) = self.digest(&sources) {
            self.known.insert(lab.into(), (sources, digest));
        }
    }

    /// Writes it down. A folder that cannot be written is no error.
    pub fn save(&self) {
        if let Ok(known) = to_stdvec(&self.known) {
            let mut bytes = xxh3_128(&known).to_le_bytes().to_vec();
            bytes.extend(known);
            let _ = save(&self.file, &bytes);
        }
    }

    /// Of what stands in files; `None` where one is gone.
    fn digest(&self, sources: &[PathBuf]) -> Option<u128> {
        let mut digest = Xxh3::new();
        digest.update(program().as_bytes());
        for name in SHARED {
            digest.update(&fs::read(self.root.join(name)).unwrap_or_default());
            digest.update(&[0]);
        }
        for source in sources {
            digest.update(&fs::read(source).ok()?);
            digest.update(&[0]);
        }
        Some(digest.digest128())
    }
}

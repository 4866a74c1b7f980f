//! The last good module of a book's live figures, in `.labbook/figures`: a machine that can't compile shows it.

use std::fs;
use std::path::Path;

use super::cache::save;

/// Where it lies, from the book's root.
pub const KEPT_MODULE: &str = ".labbook/figures/module.wasm";

/// Keeps a module. A folder that cannot be written is no error.
pub fn keep_module(root: &Path, module: &[u8]) {
    let file = root.join(KEPT_MODULE);
    if fs::read(&file).map_or(true, |old| old != module) {
        let _ = save(&file, module);
    }
}

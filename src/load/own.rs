//! What the reader has done with the book's labs on this machine: their own last runs, and which exercises they have
//! solved. Labs leave it in `.labbook/`; only a book that is served shows it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::book::{Attachment, Chapter};

/// The key of the attachment that says which exercises are solved, and its file, from the book's root.
pub const PROGRESS: &str = "progress";
const PROGRESS_FILE: &str = ".labbook/progress.toml";

/// Where runs lie, from the book's root.
const RUNS: &str = ".labbook/runs";

/// A larger file was not written by a lab.
const BYTES_MAX: u64 = 16 << 20;

/// The key of the attachment with the reader's own last run of a lab (`03` or `lab-03`).
pub fn own_run_key(lab: &str) -> String {
    format!("run {}", full_name(lab))
}

fn full_name(lab: &str) -> String {
    match lab.strip_prefix("lab-") {
        Some(_) => lab.to_string(),
        None => format!("lab-{lab}"),
    }
}

/// The files in which readers' work may stand, with the folders that they lie in: `serve` watches them.
pub fn own_files<'l>(root: &Path, labs: impl Iterator<Item = &'l String>) -> Vec<PathBuf> {
    let runs = labs.map(|lab| root.join(RUNS).join(format!("{lab}.json")));
    let places = [".labbook", RUNS, PROGRESS_FILE].map(|place| root.join(place));
    places.into_iter().chain(runs).collect()
}

/// Adds to chapters that show something of a lab what the reader has done with it.
pub fn add_own(chapters: &mut [Chapter], root: &Path) {
    for chapter in chapters {
        let mut own = Vec::new();
        for key in chapter.attachments.keys() {
            if let Some(lab) = key.strip_prefix("measured ") {
                let lab = full_name(lab);
                let file = root.join(RUNS).join(format!("{lab}.json"));
                own.push((own_run_key(&lab), file));
            } else if key.starts_with("lab ") {
                own.push((PROGRESS.to_string(), root.join(PROGRESS_FILE)));
            }
        }
        for (key, file) in own {
            if file.is_file() {
                let text = text(&file);
                let attachment = Attachment {
                    file,
                    text,
                    lab_to_come: false,
                };
                chapter.attachments.insert(key, attachment);
            }
        }
    }
}

fn text(file: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(file).and_then(|file| file.take(BYTES_MAX).read_to_string(&mut text));
    read.map(|_| text)
        .map_err(|error| format!("cannot be read: {error}"))
}

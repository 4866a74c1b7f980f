//! What a book gets besides its pages: the whole book as one file, card images, a feed, llms.txt, offline reading.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use labbook::site::{Content, resolved};

use crate::harness::{Book, Site};

mod cards;
mod epub;
mod feed;
mod offline;
mod settings;
mod zip_copy;

/// The bytes of a file of a site.
fn bytes(site: &Site, path: &str) -> Vec<u8> {
    match site.built.site.files.get(path) {
        Some(Content::Bytes(bytes)) => bytes.clone(),
        _ => panic!("labbook made no {path}: {:?}", site.built.site.files.keys()),
    }
}

/// The files of a zip archive, by path.
fn unpacked(zip: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_string).collect();
    let read = names.into_iter().map(|name| {
        let mut bytes = Vec::new();
        archive
            .by_name(&name)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        (name, bytes)
    });
    read.collect()
}

/// A file of such an archive as text.
fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = files
        .get(path)
        .unwrap_or_else(|| panic!("no {path} in {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

/// Addresses in a text that lead to other files: of links, pictures, styles and scripts, as seen from the archive's root.
fn addresses(path: &str, html: &str) -> Vec<String> {
    let names = ["href", "src"];
    let found = labbook::site::attributes(html).filter(|attribute| names.contains(&attribute.name));
    let local = found.filter(|attribute| !labbook::site::is_elsewhere(attribute.value));
    let local = local.filter(|attribute| !attribute.value.starts_with('#'));
    local
        .map(|attribute| resolved(path, attribute.value))
        .collect()
}

/// A book of two chapters with `settings` in its `[output.labbook]`.
fn book(settings: &str) -> Book {
    Book::with("# One\n\nThe first page.\n\n## A section\n\nMore.\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](deep/two.md)\n")
        .file(
            "src/deep/two.md",
            "# Two\n\nThe second page leads [back](../one.md#a-section).\n",
        )
        .settings(&format!(
            "authors = [\"Ann\"]\n[output.labbook]\n{settings}"
        ))
}

/// How many bytes a file of a site has.
fn length(site: &Site, path: &str) -> usize {
    match &site.built.site.files[path] {
        Content::Bytes(bytes) => bytes.len(),
        Content::File(file) => std::fs::metadata(file).unwrap().len() as usize,
    }
}

//! The cache of rendered pages: it saves work when nothing has changed, and does no harm whatever it holds.

use std::fs;

use labbook::load::load;
use labbook::output::PageCache;
use labbook::theme::Theme;
use xxhash_rust::xxh3::xxh3_128;

use super::{book, built, site};
use crate::harness::Book;

const CACHE: &str = ".labbook/cache/pages";

/// For each chapter, whether its page would be taken from the cache.
fn known(book: &Book) -> Vec<bool> {
    let (loaded, _) = load(book.root()).unwrap();
    let theme = Theme::load(None).unwrap();
    let cache = PageCache::open(&loaded, &theme);
    (0..loaded.chapters.len())
        .map(|index| cache.page(index).is_some())
        .collect()
}

fn two_chapters() -> Book {
    book()
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", "# Two\n\n{{#include shade.md}}\n\n```figure\nid = \"f\"\ncaption = \"c\"\ndescription = \"d\"\nsource = \"f.pikchr\"\n```\n")
        .file("src/shade.md", "grey")
        .file("src/f.pikchr", "box \"a\"")
}

#[test]
fn a_page_is_rendered_again_only_when_something_in_it_changed() {
    let book = two_chapters();
    assert_eq!(known(&book), [false, false], "nothing was built yet");
    let site = book.build();
    assert_eq!(known(&site.book), [true, true]);
    let again = site.book.build();
    assert_eq!(known(&again.book), [true, true]);
    let changes = [
        ("src/one.md", "# Other\n", [false, true]),
        ("src/shade.md", "green", [true, false]),
        ("src/f.pikchr", "box \"b\"", [true, false]),
    ];
    let mut book = again.book;
    for (file, text, expected) in changes {
        book = book.file(file, text);
        assert_eq!(known(&book), expected, "{file}");
        book = book.build().book;
    }
    let book = book.settings("[output.html]\nsmart-punctuation = false\n");
    assert_eq!(
        known(&book),
        [false, false],
        "a setting may change every page"
    );
}

#[test]
fn a_cache_that_nothing_was_added_to_is_not_written_again() {
    let book = two_chapters();
    built(&book);
    let date = |book: &Book| {
        fs::metadata(book.root().join(CACHE))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = date(&book);
    built(&book);
    assert_eq!(date(&book), before);
}

/// A whole cache in which each page ends in its middle, as another version with other fields might have written it.
fn with_pages_cut_short(cache: &[u8]) -> Vec<u8> {
    let mut entries = &cache[..cache.len() - 16];
    let mut cut = Vec::new();
    while let Some((digest, rest)) = entries.split_first_chunk::<16>() {
        let (length, rest) = rest.split_first_chunk::<8>().unwrap();
        let (page, rest) = rest.split_at(u64::from_le_bytes(*length) as usize);
        cut.extend(digest);
        cut.extend((page.len() as u64 / 2).to_le_bytes());
        cut.extend(&page[..page.len() / 2]);
        entries = rest;
    }
    cut.extend(xxh3_128(&cut).to_le_bytes());
    cut
}

#[test]
fn whatever_a_cache_holds_the_site_is_the_same() {
    let book = two_chapters();
    built(&book);
    let wanted = site(&book.destination());
    let cache = fs::read(book.root().join(CACHE)).unwrap();
    let flipped = |at: usize| {
        let mut bytes = cache.clone();
        bytes[at] ^= 1;
        bytes
    };
    let foreign = with_pages_cut_short(&cache);
    let broken = [
        Vec::new(),
        b"not a cache at all".to_vec(),
        cache[..cache.len() / 2].to_vec(),
        cache[1..].to_vec(),
        flipped(0),
        flipped(cache.len() / 2),
        flipped(cache.len() - 1),
        vec![0xff; 4096],
        foreign,
    ];
    let mut book = book;
    for bytes in broken {
        book = book.bytes(CACHE, &bytes);
        fs::remove_dir_all(book.destination()).unwrap();
        built(&book);
        assert!(
            site(&book.destination()) == wanted,
            "another site after {} bytes",
            bytes.len()
        );
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let book = two_chapters().file(".labbook", "a file in the place of the folder");
    built(&book);
    let book = two_chapters().file(".labbook/cache/pages/a-folder", "in the place of the file");
    built(&book);
}

#[test]
fn the_scripts_of_search_are_kept_until_something_in_them_changes() {
    let scripts = |book: &Book| book.root().join(".labbook/cache/search");
    let index = |book: &Book| {
        fs::read_to_string(book.destination().join("labbook/search-index.js")).unwrap()
    };
    let book = two_chapters();
    built(&book);
    let (first, kept) = (
        index(&book),
        fs::metadata(scripts(&book)).unwrap().modified().unwrap(),
    );
    built(&book);
    assert_eq!(index(&book), first);
    assert_eq!(
        fs::metadata(scripts(&book)).unwrap().modified().unwrap(),
        kept,
        "nothing was made again"
    );
    for damage in [&b""[..], b"not a cache", &[0; 64]] {
        fs::write(scripts(&book), damage).unwrap();
        built(&book);
        assert_eq!(index(&book), first);
    }
    let book = book.file("src/SUMMARY.md", "- [Renamed](one.md)\n- [Two](two.md)\n");
    built(&book);
    assert!(
        index(&book).contains("Renamed"),
        "a name is no part of a page, but of the index"
    );
}

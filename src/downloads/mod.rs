//! What is made of the whole book once its site stands: the book as one file (zip, EPUB), a card image for each chapter, and
//! the icons of an installed book.
//!
//! In: a [`Book`], its [`Page`]s, the [`Theme`] and the [`Site`]. Out: further files of the site. The same book gives the same
//! bytes: times are those of its chapters, never the clock's.

mod archive;
mod cards;
mod cover;
mod date;
mod epub;
mod pictures;
mod title;
mod whole_site;

pub use cards::card_path;

use crate::book::Book;
use crate::output::PictureCache;
use crate::page::Page;
use crate::problem::{Problem, Problems};
use crate::settings::Settings;
use crate::site::{Content, Site, book_id};
use crate::theme::Theme;
use pictures::Pictures;

/// The whole book as one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For e-readers.
    Epub,
    /// The site, to be unpacked and opened from the disk.
    Zip,
}

impl Kind {
    /// As readers know it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Epub => "EPUB",
            Kind::Zip => "ZIP",
        }
    }
}

/// What such a file is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The book as it was loaded.
    pub book: &'a Book,
    /// Its chapters, rendered.
    pub pages: &'a [Page],
    /// Its theme.
    pub theme: &'a Theme,
    /// Its site; a zip takes the scripts of search from there, an EPUB the pictures.
    pub site: &'a Site,
}

/// The longest name of a file, in characters: a title may be longer than what disks allow.
const NAME_MAX: usize = 80;

/// The files that a book offers, by path in its site.
pub fn paths(settings: &Settings) -> Vec<(Kind, String)> {
    let id: String = book_id(&settings.title).chars().take(NAME_MAX).collect();
    let labbook = &settings.labbook;
    let epub = labbook.epub.then(|| (Kind::Epub, format!("{id}.epub")));
    let zip = labbook.zip.then(|| (Kind::Zip, format!("{id}.zip")));
    epub.into_iter().chain(zip).collect()
}

/// One file, whether book.toml asks for it or not.
///
/// # Errors
/// A fault of a template, or a file of the book that has gone.
pub fn bytes(kind: Kind, source: &Source) -> Result<Vec<u8>, Problems> {
    match kind {
        Kind::Zip => whole_site::zip(source),
        Kind::Epub => epub::epub(source, &Pictures::new(source.theme)),
    }
}

/// Adds everything that book.toml asks for.
///
/// # Errors
/// Those of [`bytes`].
pub fn add(
    (book, pages): (&Book, &[Page]),
    theme: &Theme,
    site: &mut Site,
) -> Result<(), Problems> {
    let labbook = &book.settings.labbook;
    if !(labbook.is_offline() || labbook.cards || labbook.epub || labbook.zip) {
        return Ok(());
    }
    let source = Source {
        book,
        pages,
        theme,
        site,
    };
    let cache = PictureCache::open(&book.root);
    let pictures = Pictures::cached(theme, &cache);
    let (files, images) = rayon::join(
        || whole_books(&source, &pictures),
        || images(&source, &pictures),
    );
    let mut made = files?;
    made.extend(images?);
    cache.keep_only(&pictures.drawn());
    let notes = if labbook.cards {
        cards::notes(&source)?
    } else {
        Vec::new()
    };
    site.notes.extend(notes);
    for (path, bytes) in made {
        let before = site.files.insert(path.clone(), Content::Bytes(bytes));
        if let Some(Content::File(file)) = before {
            let message = format!("is left out: labbook makes a `{path}` itself; rename the file");
            site.warnings.push(Problem::in_file(&file, message));
        }
    }
    Ok(())
}

/// The book as one file, in each form that is asked for.
fn whole_books(source: &Source, pictures: &Pictures) -> Result<Vec<(String, Vec<u8>)>, Problems> {
    let made = paths(&source.book.settings)
        .into_iter()
        .map(|(kind, path)| {
            let bytes = match kind {
                Kind::Epub => epub::epub(source, pictures)?,
                Kind::Zip => bytes(kind, source)?,
            };
            Ok((path, bytes))
        });
    made.collect()
}

/// Cards and icons.
fn images(source: &Source, pictures: &Pictures) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let labbook = &source.book.settings.labbook;
    let mut made = Vec::new();
    if labbook.cards {
        made.extend(cards::images(source, pictures)?);
    }
    if labbook.is_offline() {
        made.extend(cover::icons(source.theme, pictures)?);
    }
    Ok(made)
}

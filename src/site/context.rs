//! The typed contexts of the templates, built fresh for each page and small: never the list of all pages per page.

use serde::Serialize;

use super::navigation::Navigation;
use super::{Policies, feed, offline, searching};
use crate::book::{Book, Chapter};
use crate::downloads::{Kind, paths};
use crate::figure::Fonts;
use crate::page::Page;
use crate::theme::{ASSETS, Templates};

/// What all pages are built from.
pub(super) struct Builder<'a> {
    pub(super) book: &'a Book,
    pub(super) pages: &'a [Page],
    pub(super) templates: &'a Templates,
    pub(super) navigation: Navigation,
    pub(super) policies: &'a Policies,
    /// What card images are measured with.
    pub(super) fonts: &'a Fonts<'a>,
    /// The author's 404 page.
    pub(super) not_found: Option<&'a Page>,
}

/// What every template gets.
#[derive(Serialize)]
pub(super) struct SiteContext<'a> {
    pub(super) title: &'a str,
    pub(super) subtitle: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) language: &'a str,
    pub(super) direction: &'a str,
    pub(super) root: &'a str,
    pub(super) default_theme: &'static str,
    pub(super) repository_url: Option<&'a str>,
    pub(super) print: bool,
    pub(super) stylesheets: Vec<String>,
    pub(super) scripts: Vec<String>,
    pub(super) home: String,
    pub(super) book_id: String,
    pub(super) favicon: bool,
    pub(super) search: Option<String>,
    pub(super) policy: Option<&'a str>,
    pub(super) manifest: Option<String>,
    pub(super) worker: Option<String>,
    pub(super) feed: Option<String>,
    pub(super) downloads: Vec<DownloadLink>,
    pub(super) figures: Option<String>,
}

/// The whole book as one file.
#[derive(Serialize)]
pub(super) struct DownloadLink {
    pub(super) name: &'static str,
    pub(super) href: String,
}

/// page.hbs and home.hbs.
#[derive(Serialize)]
pub(super) struct PageContext<'a> {
    pub(super) site: SiteContext<'a>,
    pub(super) title: String,
    pub(super) description: Option<&'a str>,
    pub(super) canonical: Option<String>,
    pub(super) path: &'a str,
    pub(super) kind: &'static str,
    pub(super) card_image: Option<String>,
    pub(super) sidebar: &'static str,
    pub(super) kicker: Option<Kicker<'a>>,
    pub(super) content: &'static str,
    pub(super) sections: Vec<Section<'a>>,
    pub(super) previous: Option<Neighbour<'a>>,
    pub(super) next: Option<Neighbour<'a>>,
    pub(super) edit_url: Option<String>,
    pub(super) modified: Option<Modified>,
    pub(super) fragment_redirects: Option<String>,
    pub(super) chapters: Vec<Card<'a>>,
}

/// The line above a chapter's title.
#[derive(Serialize)]
pub(super) struct Kicker<'a> {
    pub(super) label: Option<String>,
    pub(super) figures: usize,
    pub(super) minutes: usize,
    pub(super) lab: Option<&'a str>,
    pub(super) draft: bool,
}

/// One line of "On this page".
#[derive(Serialize)]
pub(super) struct Section<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) number: Option<&'a str>,
    pub(super) level: u8,
}

/// The previous or the next chapter.
#[derive(Serialize)]
pub(super) struct Neighbour<'a> {
    pub(super) href: String,
    pub(super) title: &'a str,
    pub(super) number: Option<&'a str>,
}

/// When a chapter was last changed.
#[derive(Serialize)]
pub(super) struct Modified {
    pub(super) iso: String,
    pub(super) text: String,
}

/// A chapter on the home page.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    pub(super) number: &'a str,
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) path: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) minutes: usize,
    pub(super) figures: usize,
    pub(super) lab: Option<&'a str>,
    pub(super) draft: bool,
}

/// print.hbs, not-found.hbs and toc.hbs.
#[derive(Serialize)]
pub(super) struct OtherContext<'a> {
    pub(super) site: SiteContext<'a>,
    pub(super) title: String,
    pub(super) sidebar: &'static str,
    pub(super) content: &'static str,
}

/// redirect.hbs.
#[derive(Serialize)]
pub(super) struct RedirectContext<'a> {
    pub(super) site: SiteContext<'a>,
    pub(super) url: &'a str,
    pub(super) fragments: Option<String>,
}

/// From a page's path back to the site's root: empty, or `../` for each folder.
pub(super) fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

impl<'a> Builder<'a> {
    /// What the template of the page `path` gets, seen from where the way back to the site's root is `root`.
    pub(super) fn site(&self, path: &str, root: &'a str) -> SiteContext<'a> {
        let settings = &self.book.settings;
        let link = |path: &std::path::PathBuf| {
            format!("{root}{}", path.display().to_string().replace('\\', "/"))
        };
        let offline = |path: &str| {
            let is_offline = settings.labbook.is_offline();
            is_offline.then(|| format!("{root}{path}"))
        };
        let download = |(kind, path): (Kind, String)| DownloadLink {
            name: kind.name(),
            href: format!("{root}{path}"),
        };
        SiteContext {
            title: &settings.title,
            subtitle: settings.labbook.subtitle.as_deref(),
            description: settings.description.as_deref(),
            language: &settings.language,
            direction: &settings.direction,
            root,
            default_theme: default_theme(settings.html.default_theme.as_deref()),
            repository_url: settings.html.git_repository_url.as_deref(),
            print: settings.html.print.enable,
            stylesheets: settings.html.additional_css.iter().map(link).collect(),
            scripts: settings.html.additional_js.iter().map(link).collect(),
            home: format!("{root}index.html"),
            book_id: book_id(&settings.title),
            favicon: true,
            search: settings
                .html
                .search
                .enable
                .then(|| format!("{root}{}", searching::INDEX)),
            manifest: offline(offline::MANIFEST),
            worker: offline(offline::WORKER),
            feed: feed::is_made(self.book).then(|| format!("{root}{}", feed::PATH)),
            downloads: paths(settings).into_iter().map(download).collect(),
            policy: self.policies.of_page(path),
            figures: None,
        }
    }

    /// The script with the module of live figures, for a page that has some.
    pub(super) fn figures(&self, page: &Page, root: &str) -> Option<String> {
        let module = self.book.figures.module().filter(|_| page.is_live())?;
        Some(format!("{root}{ASSETS}/{}", module.script_name()))
    }

    /// The title of a chapter's document: the chapter's, then the book's, as in mdBook.
    pub(super) fn document_title(&self, chapter: &Chapter) -> String {
        match (&chapter.document_title, self.book.settings.title.as_str()) {
            (Some(title), _) => title.clone(),
            (None, "") => chapter.name.clone(),
            (None, book) if book == chapter.name => chapter.name.clone(),
            (None, book) => format!("{} - {book}", chapter.name),
        }
    }
}

/// mdBook's theme names as ours.
fn default_theme(name: Option<&str>) -> &'static str {
    match name.map(str::to_lowercase).as_deref() {
        Some("light" | "rust") => "light",
        Some("dark" | "coal" | "navy" | "ayu") => "dark",
        _ => "auto",
    }
}

/// A short name for what the browser keeps and for the book as a file, the same for every page of a book.
pub fn book_id(title: &str) -> String {
    let id: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    if id.is_empty() { "book".into() } else { id }
}

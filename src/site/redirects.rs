//! Old addresses that lead to new ones: whole pages, and fragments of pages that still exist.

use std::collections::BTreeMap;

use super::Site;
use super::context::{Builder, RedirectContext, root_of};
use super::print::resolved;
use crate::book::{Book, Chapter};
use crate::load::line_of_key;
use crate::problem::{Problem, Problems};
use crate::settings::Settings;

/// Where an old page leads, and where its fragments lead instead.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Redirect {
    /// The new address of the page; empty when only fragments are given.
    pub page: String,
    /// `#old` to a new address.
    pub fragments: BTreeMap<String, String>,
}

/// The redirects of a book by old path, without a leading `/` or `./`.
pub fn combined(settings: &Settings) -> BTreeMap<String, Redirect> {
    let mut combined: BTreeMap<String, Redirect> = BTreeMap::new();
    for (old, new) in &settings.html.redirect {
        let (path, fragment) = old_address(old);
        let redirect = combined.entry(path).or_default();
        match fragment {
            Some(fragment) => {
                redirect.fragments.insert(fragment, new.clone());
            }
            None => redirect.page = new.clone(),
        }
    }
    combined
}

/// The path of an old address in the site, and its fragment with `#`, if it has one.
fn old_address(old: &str) -> (String, Option<String>) {
    let (path, fragment) = match old.rsplit_once('#') {
        Some((path, fragment)) => (path, Some(format!("#{fragment}"))),
        None => (old, None),
    };
    (resolved("", path.trim_start_matches('/')), fragment)
}

/// A problem of the redirect from an old path and a fragment (with `#`; empty: any of the path), on its line of book.toml.
pub fn redirect_problem(book: &Book, (old, fragment): (&str, &str), message: String) -> Problem {
    let file = book.root.join("book.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let mut keys = book.settings.html.redirect.keys();
    let key = keys.find(|key| {
        let (path, of_key) = old_address(key);
        path == old && (fragment.is_empty() || of_key.as_deref() == Some(fragment))
    });
    let line = key.and_then(|key| line_of_key(&text, &format!("output.html.redirect.{key}")));
    Problem::in_file(&file, message).on_line(line)
}

/// The fragments of a page that exists, as JSON for its script.
pub(super) fn of_page(settings: &Settings, path: &str) -> Option<String> {
    if settings.html.redirect.is_empty() {
        return None;
    }
    let fragment = |(old, new): (&String, _)| match old_address(old) {
        (page, Some(fragment)) if page == path => Some((fragment, new)),
        _ => None,
    };
    let fragments: BTreeMap<String, _> = settings
        .html
        .redirect
        .iter()
        .filter(|(old, _)| old.contains('#'))
        .filter_map(fragment)
        .collect();
    if fragments.is_empty() {
        None
    } else {
        serde_json::to_string(&fragments).ok()
    }
}

/// Adds a page for each old address, and for each README that became an index: mdBook leaves links to it broken.
pub(super) fn add(builder: &Builder, site: &mut Site) -> Result<(), Problems> {
    for (old, redirect) in combined(&builder.book.settings) {
        match obstacle(builder, (&old, &redirect), site) {
            None => add_page(builder, (&old, &redirect), site)?,
            Some(Obstacle::Fault(message)) => {
                return Err(redirect_problem(builder.book, (&old, ""), message).into());
            }
            Some(Obstacle::Exists(message)) => {
                site.warnings
                    .push(redirect_problem(builder.book, (&old, ""), message));
            }
            Some(Obstacle::OnlyFragments) => {}
        }
    }
    for chapter in &builder.book.chapters {
        let Some(old) = name_before_index(chapter) else {
            continue;
        };
        if !site.files.contains_key(&old) {
            let page = chapter.path.rsplit('/').next().unwrap_or("index.html");
            let redirect = Redirect {
                page: page.to_string(),
                ..Redirect::default()
            };
            add_page(builder, (&old, &redirect), site)?;
        }
    }
    Ok(())
}

/// Why a redirect gets no page.
enum Obstacle {
    /// mdBook refuses it as well.
    Fault(String),
    /// The page is there; mdBook leaves it in its place without a word.
    Exists(String),
    /// The page is there, and its own script leads on.
    OnlyFragments,
}

fn obstacle(
    builder: &Builder,
    (old, redirect): (&str, &Redirect),
    site: &Site,
) -> Option<Obstacle> {
    let settings = &builder.book.settings;
    let is_chapter = || {
        let mut chapters = builder.book.chapters.iter();
        chapters.any(|chapter| chapter.path == old)
    };
    if site.files.contains_key(old) {
        return Some(if redirect.page.is_empty() {
            Obstacle::OnlyFragments
        } else if is_chapter() && settings.html.redirect.contains_key(&format!("/{old}")) {
            Obstacle::Fault(format!(
                "redirect from `/{old}`, which is a page of this book: remove the redirect or rename the chapter"
            ))
        } else {
            Obstacle::Exists(format!(
                "redirect from `/{old}`, which is a page or file of this book, is left out: remove it"
            ))
        });
    }
    if redirect.page.is_empty() {
        return Some(Obstacle::Fault(format!(
            "redirects of fragments of `/{old}`, which is no page: add `\"/{old}\" = \"NEW ADDRESS\"` too"
        )));
    }
    (old.is_empty() || old.ends_with('/')).then(|| {
        Obstacle::Fault(format!(
            "redirect from `/{old}`: name a file, as in `/{old}index.html`"
        ))
    })
}

/// The page that a chapter would have if mdBook's `index` preprocessor had not made an index of its README.
fn name_before_index(chapter: &Chapter) -> Option<String> {
    let page = chapter.source.as_deref()?.with_extension("html");
    let page = page.to_string_lossy().replace('\\', "/");
    (page != chapter.path).then_some(page)
}

fn add_page(
    builder: &Builder,
    (old, redirect): (&str, &Redirect),
    site: &mut Site,
) -> Result<(), Problem> {
    let root = root_of(old);
    let fragments = (!redirect.fragments.is_empty())
        .then(|| serde_json::to_string(&redirect.fragments).unwrap_or_default());
    let context = RedirectContext {
        site: builder.site(old, &root),
        url: &redirect.page,
        fragments,
    };
    let html = builder.templates.render("redirect", &context)?;
    site.add_page(old, html);
    Ok(())
}

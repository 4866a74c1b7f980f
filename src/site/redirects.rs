//! Old addresses that lead to new ones: whole pages, and fragments of pages that still exist.

use std::collections::BTreeMap;
use std::path::Path;

use super::context::{Builder, RedirectContext, root_of};
use super::{Content, Site};
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

/// The redirects of a book by old path, without a leading `/`.
pub fn combined(settings: &Settings) -> BTreeMap<String, Redirect> {
    let mut combined: BTreeMap<String, Redirect> = BTreeMap::new();
    for (old, new) in &settings.html.redirect {
        let old = old.trim_start_matches('/');
        match old.rsplit_once('#') {
            Some((path, fragment)) => {
                combined
                    .entry(path.into())
                    .or_default()
                    .fragments
                    .insert(format!("#{fragment}"), new.clone());
            }
            None => combined.entry(old.into()).or_default().page = new.clone(),
        }
    }
    combined
}

/// The fragments of a page that exists, as JSON for its script.
pub(super) fn of_page(settings: &Settings, path: &str) -> Option<String> {
    if settings.html.redirect.is_empty() {
        return None;
    }
    let prefix = format!("{path}#");
    let fragments: BTreeMap<String, &String> = settings
        .html
        .redirect
        .iter()
        .filter_map(|(old, new)| {
            Some((
                format!("#{}", old.trim_start_matches('/').strip_prefix(&prefix)?),
                new,
            ))
        })
        .collect();
    if fragments.is_empty() {
        None
    } else {
        serde_json::to_string(&fragments).ok()
    }
}

/// Adds a page for each old address, and for each README that became an index: mdBook leaves links to it broken.
pub(super) fn add(builder: &Builder, site: &mut Site) -> Result<(), Problems> {
    let toml = builder.book.root.join("book.toml");
    for (old, redirect) in combined(&builder.book.settings) {
        let is_chapter = builder
            .book
            .chapters
            .iter()
            .any(|chapter| chapter.path == old);
        let problem = match (is_chapter, redirect.page.is_empty()) {
            (true, true) => continue,
            (true, false) => Some(format!(
                "redirect from `/{old}`, which is a page of this book: remove the redirect or rename the chapter"
            )),
            (false, true) => Some(format!(
                "redirects of fragments of `/{old}`, which is no page: add `\"/{old}\" = \"NEW ADDRESS\"` too"
            )),
            (false, false) if old.is_empty() || old.ends_with('/') => Some(format!(
                "redirect from `/{old}`: name a file, as in `/{old}index.html`"
            )),
            (false, false) => None,
        };
        if let Some(message) = problem {
            let text = std::fs::read_to_string(&toml).unwrap_or_default();
            let line = text
                .lines()
                .position(|line| line.contains(&old))
                .map(|index| index + 1);
            return Err(Problem {
                line,
                ..Problem::in_file(&toml, message)
            }
            .into());
        }
        add_page(builder, (&old, &redirect), site)?;
    }
    for chapter in &builder.book.chapters {
        let Some(source) = chapter
            .source
            .as_deref()
            .filter(|source| is_renamed(source, &chapter.path))
        else {
            continue;
        };
        let old = source
            .with_extension("html")
            .to_string_lossy()
            .replace('\\', "/");
        if !site.files.contains_key(&old) {
            let page = chapter
                .path
                .rsplit('/')
                .next()
                .unwrap_or("index.html")
                .to_string();
            add_page(
                builder,
                (
                    &old,
                    &Redirect {
                        page,
                        ..Redirect::default()
                    },
                ),
                site,
            )?;
        }
    }
    Ok(())
}

/// Whether mdBook's `index` preprocessor gave a chapter another name than its file's.
fn is_renamed(source: &Path, page: &str) -> bool {
    source.with_extension("html").to_string_lossy() != page
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
        site: builder.site(&root),
        url: &redirect.page,
        fragments,
    };
    let html = builder.templates.render("redirect", &context)?;
    site.files
        .insert(old.to_string(), Content::Bytes(html.into_bytes()));
    Ok(())
}

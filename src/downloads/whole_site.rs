//! The site as one zip file: unpacked anywhere, it opens from the disk, without a server.

use std::borrow::Cow;

use rayon::prelude::*;

use super::{Source, archive, date};
use crate::book::Book;
use crate::problem::{Problem, Problems};
use crate::settings::Settings;
use crate::site::{
    self, Content, SearchFiles, Site, attributes, book_id, is_elsewhere, resolved, rewrite,
};

/// Files for hosts and robots, which a disk has no use for.
const FOR_HOSTS: [&str; 4] = ["robots.txt", "sitemap.xml", "CNAME", ".nojekyll"];

/// Packs the site into one folder named after the book.
pub(super) fn zip(source: &Source) -> Result<Vec<u8>, Problems> {
    let book = Book {
        settings: on_disk(&source.book.settings),
        ..source.book.clone()
    };
    let site = site::build(
        &book,
        source.pages,
        source.theme,
        Some(search_of(source.site)),
    )?;
    let folder = book_id(&book.settings.title);
    let files: Vec<_> = site
        .files
        .iter()
        .filter(|(path, _)| !FOR_HOSTS.contains(&path.as_str()))
        .collect();
    let entries = files.into_par_iter().map(|(path, content)| {
        let bytes = match content {
            Content::Bytes(bytes) if path.ends_with(".html") => page(path, bytes, &site),
            Content::Bytes(bytes) => Cow::Borrowed(bytes.as_slice()),
            Content::File(file) => Cow::Owned(std::fs::read(file).map_err(|error| {
                Problem::in_file(
                    file,
                    format!("cannot be packed into the book's zip file: {error}"),
                )
            })?),
        };
        Ok((format!("{folder}/{path}"), bytes))
    });
    let entries = entries.collect::<Result<Vec<_>, Problem>>()?;
    Ok(archive::packed(&entries, date::in_zip(date::of(&book)))?)
}

/// The settings of a copy that no server shows: without what needs one.
fn on_disk(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    // Addresses on 404.html begin at a host's root.
    settings.html.input_404 = Some(String::new());
    let labbook = &mut settings.labbook;
    (labbook.offline, labbook.feed, labbook.llms_txt) = (Some(false), Some(false), Some(false));
    // The copy does not hold itself, or what only shared links need.
    (labbook.zip, labbook.epub, labbook.cards) = (false, false, false);
    settings
}

/// The scripts of search, which are the same in the copy.
fn search_of(site: &Site) -> SearchFiles {
    let text = |path: &String| match site.files.get(path) {
        Some(Content::Bytes(bytes)) => {
            Some((path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        }
        _ => None,
    };
    site.search.iter().filter_map(text).collect()
}

/// A page with links that name files: a server shows `folder/index.html` for `folder/`, a disk a list of files.
fn page<'a>(path: &str, html: &'a [u8], site: &Site) -> Cow<'a, [u8]> {
    let Ok(html) = std::str::from_utf8(html) else {
        return Cow::Borrowed(html);
    };
    let named = |value: &str| named(path, value, site);
    let links =
        attributes(html).filter(|attribute| attribute.tag == "a" && attribute.name == "href");
    let folders: Vec<_> = links.filter(|link| named(link.value).is_some()).collect();
    if folders.is_empty() {
        return Cow::Borrowed(html.as_bytes());
    }
    let mut out = String::with_capacity(html.len() + 64);
    rewrite(html, folders, (&mut out, |_, value| named(value)));
    Cow::Owned(out.into_bytes())
}

/// A link that only a server understands, as one to the file that it shows.
fn named(path: &str, link: &str, site: &Site) -> Option<String> {
    let end = link.find(['#', '?']).unwrap_or(link.len());
    let (target, rest) = link.split_at(end);
    if target.is_empty() || is_elsewhere(target) {
        return None;
    }
    let place = resolved(path, target);
    if site.files.contains_key(&place) {
        return None;
    }
    let between = if target.ends_with('/') { "" } else { "/" };
    let ways = [format!("{between}index.html"), ".html".to_string()];
    let base = place.trim_end_matches('/');
    let shown = |way: &String| match way.as_str() {
        ".html" => format!("{base}.html"),
        _ if base.is_empty() => "index.html".to_string(),
        _ => format!("{base}/index.html"),
    };
    let way = ways
        .iter()
        .find(|way| site.files.contains_key(&shown(way)))?;
    // `folder/` is no `folder.html`.
    (!(way == ".html" && target.ends_with('/'))).then(|| format!("{target}{way}{rest}"))
}

//! Files for robots and hosts: sitemap.xml, robots.txt, CNAME, .nojekyll.

use super::{Content, Site};
use crate::book::Book;
use crate::markdown::escape_attribute;

/// Adds them. A sitemap needs the site's public address.
pub(super) fn add(book: &Book, site: &mut Site) {
    let mut add = |path: &str, text: String| {
        // What the author put there stays.
        site.files
            .entry(path.to_string())
            .or_insert(Content::Bytes(text.into_bytes()));
    };
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if let Some(url) = book.settings.public_url() {
        robots += &format!("Sitemap: {url}sitemap.xml\n");
        add("sitemap.xml", sitemap(book, &url));
    }
    add("robots.txt", robots);
    add(
        ".nojekyll",
        "This file makes sure that GitHub Pages publishes every file as it is.\n".into(),
    );
    if let Some(host) = &book.settings.html.cname {
        add("CNAME", format!("{host}\n"));
    }
}

/// Every chapter with the day of its last change. Format: sitemaps.org, protocol 0.9.
fn sitemap(book: &Book, url: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for chapter in &book.chapters {
        let path = chapter
            .path
            .strip_suffix("index.html")
            .unwrap_or(&chapter.path);
        let day = chapter
            .modified
            .as_ref()
            .map(|day| format!("<lastmod>{day}</lastmod>"))
            .unwrap_or_default();
        xml += &format!(
            "<url><loc>{}</loc>{day}</url>\n",
            escape_attribute(&format!("{url}{path}"))
        );
    }
    xml + "</urlset>\n"
}

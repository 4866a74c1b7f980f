//! Pages that no author writes: the whole book for paper, the table of contents, and the page for what is not there.

use std::collections::BTreeMap;

use super::context::{Builder, OtherContext};
use super::sidebar::Sidebars;
use super::{Content, Site, print};
use crate::book::{Chapter, FrontMatter};
use crate::problem::Problems;

/// What stands on 404.html when the author wrote no 404.md.
const NOT_FOUND: &str = "# Document not found (404)\n\nThis URL is invalid, sorry. Please use the navigation bar or search to continue.";

/// Adds them.
pub(super) fn add(builder: &Builder, site: &mut Site) -> Result<(), Problems> {
    let sidebars = Sidebars::new(builder)?;
    let title = &builder.book.settings.title;
    let titled = |name: &str| match title.as_str() {
        "" => name.to_string(),
        title => format!("{name} - {title}"),
    };
    let mut add = |path: &str, html: String| {
        site.files
            .insert(path.to_string(), Content::Bytes(html.into_bytes()))
    };
    let toc = OtherContext {
        site: builder.site(""),
        title: titled("All chapters"),
        sidebar: sidebars.all("")?,
        content: String::new(),
    };
    add("toc.html", builder.templates.render("toc", &toc)?);
    if builder.book.settings.html.print.enable {
        let content = print::content(builder);
        let whole = OtherContext {
            site: builder.site(""),
            title: title.clone(),
            sidebar: String::new(),
            content,
        };
        add("print.html", builder.templates.render("print", &whole)?);
    }
    if let Some(path) = builder.book.settings.not_found_path() {
        let root = builder.book.settings.site_root();
        let content = not_found(builder);
        let context = OtherContext {
            site: builder.site(&root),
            title: titled("Page not found"),
            sidebar: sidebars.for_root(&root)?,
            content,
        };
        add(&path, builder.templates.render("not-found", &context)?);
    }
    if let Some((path, text)) = sidebars.into_script() {
        add(&path, text);
    }
    Ok(())
}

/// The content of 404.html.
fn not_found(builder: &Builder) -> String {
    let chapter = Chapter {
        name: "Not found".into(),
        number: None,
        path: "404.html".into(),
        source: None,
        document_title: None,
        front_matter: FrontMatter::default(),
        content: builder
            .book
            .not_found
            .clone()
            .unwrap_or_else(|| NOT_FOUND.into()),
        attachments: BTreeMap::new(),
        modified: None,
    };
    builder.renderer.render(&chapter).html
}

//! Pages that no author writes: the whole book for paper, the table of contents, and the page for what is not there.

use std::collections::BTreeMap;

use super::context::{Builder, OtherContext};
use super::print;
use super::sidebar::Sidebars;
use crate::book::{Chapter, FrontMatter};
use crate::problem::Problem;
use crate::theme::{CONTENT, Placed, SIDEBAR};

/// What stands on 404.html when the author wrote no 404.md.
const NOT_FOUND: &str = "# Document not found (404)\n\nThis URL is invalid, sorry. Please use the navigation bar or search to continue.";

/// Their files, by path.
pub(super) fn files(
    builder: &Builder,
    sidebars: &Sidebars,
) -> Result<Vec<(String, String)>, Problem> {
    let title = &builder.book.settings.title;
    let titled = |name: &str| match title.as_str() {
        "" => name.to_string(),
        title => format!("{name} - {title}"),
    };
    let context = |title: String, root| OtherContext {
        site: builder.site(root),
        title,
        sidebar: SIDEBAR,
        content: CONTENT,
    };
    let page = |name: &str, context: &OtherContext, placed: &[Placed]| {
        builder.templates.page(name, context, placed)
    };
    let mut files = Vec::new();
    let toc = context(titled("All chapters"), "");
    let html = page(
        "toc",
        &toc,
        &[(SIDEBAR, &[&sidebars.all("")?]), (CONTENT, &[])],
    )?;
    files.push(("toc.html".into(), html));
    if builder.book.settings.html.print.enable {
        let whole = context(title.clone(), "");
        let chapters = print::content(builder);
        let pieces: Vec<&str> = chapters.iter().map(String::as_str).collect();
        let html = page("print", &whole, &[(CONTENT, &pieces), (SIDEBAR, &[])])?;
        files.push(("print.html".into(), html));
    }
    if let Some(path) = builder.book.settings.not_found_path() {
        let root = builder.book.settings.site_root();
        let missing = context(titled("Page not found"), &root);
        let (content, sidebar) = (not_found(builder), sidebars.for_root(&root)?);
        let placed = [(CONTENT, &[&*content][..]), (SIDEBAR, &[&*sidebar])];
        files.push((path, page("not-found", &missing, &placed)?));
    }
    Ok(files)
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

//! Pages that no author writes: the whole book for paper, the table of contents, and the page for what is not there.

use super::context::{Builder, OtherContext};
use super::sidebar::Sidebars;
use super::{Site, print};
use crate::problem::Problem;
use crate::theme::{CONTENT, Placed, SIDEBAR};

/// What stands on 404.html when the author wrote no 404.md.
const NOT_FOUND: &str = "<h1 id=\"document-not-found-404\"><a class=\"header\" href=\"#document-not-found-404\">Document not found (404)</a></h1>\n<p>This URL is invalid, sorry. Please use the navigation bar or search to continue.</p>\n";

/// Their files, by path.
pub(super) fn files(
    builder: &Builder,
    sidebars: &Sidebars,
    site: &Site,
) -> Result<Vec<(String, String)>, Problem> {
    let title = &builder.book.settings.title;
    let titled = |name: &str| match title.as_str() {
        "" => name.to_string(),
        title => format!("{name} - {title}"),
    };
    let context = |title: String, (path, root)| OtherContext {
        site: builder.site(path, root),
        title,
        sidebar: SIDEBAR,
        content: CONTENT,
    };
    let page = |name: &str, context: &OtherContext, placed: &[Placed]| {
        builder.templates.page(name, context, placed)
    };
    let is_taken = |path: &String| {
        site.files.contains_key(path)
            || builder
                .book
                .chapters
                .iter()
                .any(|chapter| chapter.path == *path)
    };
    let mut files = Vec::new();
    let toc = context(titled("All chapters"), ("toc.html", ""));
    let html = page(
        "toc",
        &toc,
        &[(SIDEBAR, &[&sidebars.all("")?]), (CONTENT, &[])],
    )?;
    files.push(("toc.html".into(), html));
    if builder.book.settings.html.print.enable {
        let whole = context(title.clone(), ("print.html", ""));
        let chapters = print::content(builder);
        let pieces: Vec<&str> = chapters.iter().map(String::as_str).collect();
        let html = page("print", &whole, &[(CONTENT, &pieces), (SIDEBAR, &[])])?;
        files.push(("print.html".into(), html));
    }
    if let Some(path) = builder.book.settings.not_found_path()
        && (builder.not_found.is_some() || !is_taken(&path))
    {
        let root = builder.book.settings.site_root();
        let mut missing = context(titled("Page not found"), (&path, &root));
        let written = builder.not_found;
        missing.site.figures = written.and_then(|page| builder.figures(page, &root));
        let content = builder.not_found.map_or(NOT_FOUND, |page| &page.html);
        let sidebar = sidebars.for_root(&root)?;
        let placed = [(CONTENT, &[content][..]), (SIDEBAR, &[&*sidebar])];
        files.push((path, page("not-found", &missing, &placed)?));
    }
    Ok(files)
}

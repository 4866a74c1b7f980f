//! Pages that no author writes: the whole book for paper, the table of contents, and the page for what is not there.

use super::context::{Builder, OtherContext};
use super::sidebar::Sidebars;
use super::{Site, print};
use crate::load::SourceLines;
use crate::problem::Problems;
use crate::theme::{CONTENT, Placed, SIDEBAR};

/// What stands on 404.html when the author wrote no 404.md.
const NOT_FOUND: &str = "<h1 id=\"document-not-found-404\"><a class=\"header\" href=\"#document-not-found-404\">Document not found (404)</a></h1>\n<p>This URL is invalid, sorry. Please use the navigation bar or search to continue.</p>\n";

/// Their files, by path.
pub(super) fn files(
    builder: &Builder,
    sidebars: &Sidebars,
    site: &Site,
) -> Result<Vec<(String, String)>, Problems> {
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
    let is_taken = |path: &String| {
        site.files.contains_key(path)
            || builder
                .book
                .chapters
                .iter()
                .any(|chapter| chapter.path == *path)
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
    if let Some(path) = builder.book.settings.not_found_path()
        && (builder.book.not_found.is_some() || !is_taken(&path))
    {
        let root = builder.book.settings.site_root();
        let missing = context(titled("Page not found"), &root);
        let (content, sidebar) = (not_found(builder)?, sidebars.for_root(&root)?);
        let placed = [(CONTENT, &[&*content][..]), (SIDEBAR, &[&*sidebar])];
        files.push((path, page("not-found", &missing, &placed)?));
    }
    Ok(files)
}

/// The content of 404.html.
fn not_found(builder: &Builder) -> Result<String, Problems> {
    let Some(chapter) = &builder.book.not_found else {
        return Ok(NOT_FOUND.into());
    };
    let page = builder.renderer.render(chapter);
    if page.faults.is_empty() {
        return Ok(page.html);
    }
    let lines = SourceLines::of(chapter, &builder.book.source);
    let faults = page.faults.into_iter();
    let problems = faults.map(|fault| lines.problem(fault.line, fault.message));
    Err(Problems(problems.collect()))
}

//! Pages that no author writes: the whole book for paper, the table of contents, and the page for what is not there.

use super::context::{Builder, OtherContext};
use super::sidebar::Sidebars;
use super::{Site, print};
use crate::load::SourceLines;
use crate::problem::Problems;

/// What stands on 404.html when the author wrote no 404.md.
const NOT_FOUND: &str = "<h1 id=\"document-not-found-404\"><a class=\"header\" href=\"#document-not-found-404\">Document not found (404)</a></h1>\n<p>This URL is invalid, sorry. Please use the navigation bar or search to continue.</p>\n";

/// Adds them.
pub(super) fn add(builder: &Builder, site: &mut Site) -> Result<(), Problems> {
    let sidebars = Sidebars::new(builder)?;
    let title = &builder.book.settings.title;
    let titled = |name: &str| match title.as_str() {
        "" => name.to_string(),
        title => format!("{name} - {title}"),
    };
    let toc = OtherContext {
        site: builder.site(""),
        title: titled("All chapters"),
        sidebar: sidebars.all("")?,
        content: String::new(),
    };
    site.add_page("toc.html", builder.templates.render("toc", &toc)?);
    if builder.book.settings.html.print.enable {
        let content = print::content(builder);
        let whole = OtherContext {
            site: builder.site(""),
            title: title.clone(),
            sidebar: String::new(),
            content,
        };
        site.add_page("print.html", builder.templates.render("print", &whole)?);
    }
    if let Some(path) = builder.book.settings.not_found_path()
        && (builder.book.not_found.is_some() || !site.files.contains_key(&path))
    {
        let root = builder.book.settings.site_root();
        let context = OtherContext {
            site: builder.site(&root),
            title: titled("Page not found"),
            sidebar: sidebars.for_root(&root)?,
            content: not_found(builder)?,
        };
        site.add_page(&path, builder.templates.render("not-found", &context)?);
    }
    if let Some((path, text)) = sidebars.into_script() {
        site.add_page(&path, text);
    }
    Ok(())
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

//! Looks at a built book as a reader would stumble over it: links, anchors, images, redirects, ids, HTML.
//!
//! In: a [`Built`]. Out: every problem, with file and line where the author can find it. Figures, images without
//! alternative text and missing anchors of includes were found while building; here they count as problems.

mod html;
mod ids;
mod links;

use crate::build::Built;
use crate::load::SourceLines;
use crate::problem::Problem;

/// Everything that is wrong, in reading order, each once.
pub fn check(built: &Built) -> Vec<Problem> {
    let mut problems = built.warnings.clone();
    let targets = links::Targets::of(built);
    for (chapter, page) in built.book.chapters.iter().zip(&built.pages) {
        let lines = std::cell::LazyCell::new(|| SourceLines::of(chapter, &built.book.source));
        let found = links::of_page(chapter, page, &targets).into_iter();
        let found =
            found
                .chain(ids::of_page(page))
                .chain(html::of_page(chapter, page, &built.site));
        for fault in found {
            problems.push(lines.problem(fault.line, fault.message));
        }
    }
    problems.extend(links::of_redirects(built, &targets));
    problems.sort();
    problems.dedup();
    problems
}

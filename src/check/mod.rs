//! Looks at a built book as a reader would stumble over it: links, anchors, images, redirects, ids, HTML, order of headings,
//! links to drafts, labs that are not there or do not compile, terms that nobody uses, contrast, weight, and live figures at the extremes of
//! their controls.
//!
//! In: a [`Built`]. Out: every problem, with file and line where the author can find it. Figures, images without
//! alternative text and missing anchors of includes were found while building; here they count as problems.

mod contrast;
mod drafts;
mod glossary;
mod headings;
mod html;
mod ids;
mod lab_programs;
mod labs;
mod links;
mod live_figures;
mod places;
mod weight;

use std::cell::LazyCell;

use crate::book::Chapter;
use crate::build::Built;
use crate::load::SourceLines;
use crate::markdown::Renderer;
use crate::page::{Fault, Page};
use crate::problem::Problem;
use crate::theme::Theme;

use places::Places;

/// Everything that is wrong, in reading order, each once.
pub fn check(built: &Built) -> Vec<Problem> {
    let book = &built.book;
    let mut problems = built.warnings.clone();
    let places = Places::of(built);
    let targets = links::Targets::of(&places);
    let drafts = drafts::paths(book);
    let theme = Theme::of(book);
    let live = theme
        .as_ref()
        .map(|theme| live_figures::Found::of(built, theme));
    let mut live = live.unwrap_or_default();
    let mut programs = lab_programs::of_cards(built);
    let mut heavy = weight::of_pages(built, &places).into_iter().peekable();
    for (index, (chapter, page)) in book.chapters.iter().zip(&built.pages).enumerate() {
        let mut faults = of_page(chapter, page, (built, &targets));
        faults.extend(drafts::of_page((chapter, page), &drafts, &places));
        faults.extend(
            heavy
                .next_if(|(heavy, _)| *heavy == index)
                .map(|(_, fault)| fault),
        );
        let of_chapter = live
            .in_pages
            .extract_if(.., |(chapter, _)| *chapter == index);
        faults.extend(of_chapter.map(|(_, fault)| fault));
        let of_chapter = programs
            .in_pages
            .extract_if(.., |(chapter, _)| *chapter == index);
        faults.extend(of_chapter.map(|(_, fault)| fault));
        problems.extend(located(chapter, faults, built));
    }
    problems.extend(programs.elsewhere);
    problems.extend(live.in_module);
    problems.extend(links::of_redirects(built, &targets));
    problems.extend(labs::missing(book));
    problems.extend(glossary::unused(built));
    problems.extend(weight::of_shared(built));
    match &theme {
        Ok(theme) => {
            problems.extend(contrast::of_theme(theme));
            problems.extend(of_not_found(built, theme, &targets));
        }
        Err(problem) => problems.push(problem.clone()),
    }
    problems.sort();
    problems.dedup();
    problems
}

/// What is no fault while chapters are drafts: labs that they name and that are still to come.
pub fn notes(built: &Built) -> Vec<Problem> {
    labs::to_come(&built.book)
}

/// What is wrong with one page in itself and with where it leads.
fn of_page(
    chapter: &Chapter,
    page: &Page,
    (built, targets): (&Built, &links::Targets),
) -> Vec<Fault> {
    let mut faults = links::of_page(chapter, page, targets);
    faults.extend(ids::of_page(page));
    faults.extend(headings::of_page(page));
    faults.extend(html::of_page(chapter, page, &built.site));
    faults
}

/// Faults of a chapter on their author's lines.
fn located(chapter: &Chapter, faults: Vec<Fault>, built: &Built) -> Vec<Problem> {
    let lines = LazyCell::new(|| SourceLines::of(chapter, &built.book.source));
    let faults = faults.into_iter();
    faults
        .map(|fault| lines.problem(fault.line, fault.message))
        .collect()
}

/// What is wrong with the book's own 404.md. It stands in no table of contents, so that the build keeps no page of it.
fn of_not_found(built: &Built, theme: &Theme, targets: &links::Targets) -> Vec<Problem> {
    let (Some(chapter), Ok(fonts)) = (&built.book.not_found, theme.fonts()) else {
        return Vec::new();
    };
    let renderer = Renderer {
        settings: &built.book.settings,
        fonts: &fonts,
        live_figures: &built.book.figures,
    };
    let page = renderer.render(chapter);
    let mut faults = page.warnings.clone();
    faults.extend(of_page(chapter, &page, (built, targets)));
    located(chapter, faults, built)
}

//! Live figures, run as their readers might run them: those that chapters show, and all others of the module.

use rayon::prelude::*;

use crate::build::Built;
use crate::figure::Fonts;
use crate::live_figures::at_setting;
use crate::page::Fault;
use crate::problem::Problem;

/// What goes wrong with figures as chapters set them, with the index of the chapter.
pub(super) fn of_pages(built: &Built, fonts: &Fonts) -> Vec<(usize, Fault)> {
    let Some(module) = built.book.figures.module() else {
        return Vec::new();
    };
    let pages = built.pages.iter().enumerate();
    let shown: Vec<_> = pages
        .flat_map(|(index, page)| page.figures.iter().map(move |figure| (index, figure)))
        .filter_map(|(index, figure)| Some((index, figure, figure.live.as_ref()?)))
        .collect();
    let faults = shown.par_iter().flat_map_iter(|(index, figure, live)| {
        let messages = module.problems_of(&live.opening, fonts).into_iter();
        messages.map(|message| {
            let message = format!("figure `{}`: {message}", figure.id);
            (
                *index,
                Fault {
                    line: live.line,
                    message,
                },
            )
        })
    });
    faults.collect()
}

/// What goes wrong with the module's figures at the extremes of their controls.
pub(super) fn of_module(built: &Built, fonts: &Fonts) -> Vec<Problem> {
    let Some(module) = built.book.figures.module() else {
        return Vec::new();
    };
    let figures = module.figures().par_iter();
    let messages = figures.flat_map_iter(|figure| module.problems(figure, fonts));
    messages
        .map(|message| at_setting(&built.book.root, message))
        .collect()
}

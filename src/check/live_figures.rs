//! Live figures, run as their readers might run them: those that chapters show, and all others of the module.

use rayon::prelude::*;

use crate::build::Built;
use crate::figure::Fonts;
use crate::live_figures::{Module, at_setting};
use crate::output::TrialCache;
use crate::page::Fault;
use crate::problem::Problem;
use crate::theme::Theme;

/// What goes wrong with live figures.
#[derive(Default)]
pub(super) struct Found {
    /// As chapters set them, with the index of the chapter.
    pub(super) in_pages: Vec<(usize, Fault)>,
    /// At the extremes of their controls.
    pub(super) in_module: Vec<Problem>,
}

impl Found {
    /// Runs the figures of a book, unless that was done before.
    pub(super) fn of(built: &Built, theme: &Theme) -> Found {
        let (Some(module), Ok(fonts)) = (built.book.figures.module(), theme.fonts()) else {
            return Found::default();
        };
        let cache = TrialCache::open(&built.book, theme);
        let found = Found {
            in_pages: in_pages(built, (module, &fonts), &cache),
            in_module: in_module(built, (module, &fonts), &cache),
        };
        cache.keep();
        found
    }
}

fn in_pages(
    built: &Built,
    (module, fonts): (&Module, &Fonts),
    cache: &TrialCache,
) -> Vec<(usize, Fault)> {
    let pages = built.pages.iter().enumerate();
    let shown: Vec<_> = pages
        .flat_map(|(index, page)| page.figures.iter().map(move |figure| (index, figure)))
        .filter_map(|(index, figure)| Some((index, figure, figure.live.as_ref()?)))
        .collect();
    let faults = shown.par_iter().flat_map_iter(|(index, figure, live)| {
        let opening = &live.opening;
        let messages = cache.messages(&format!("{opening:?}"), || {
            module.problems_of(opening, fonts)
        });
        messages.into_iter().map(|message| {
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

fn in_module(
    built: &Built,
    (module, fonts): (&Module, &Fonts),
    cache: &TrialCache,
) -> Vec<Problem> {
    let figures = module.figures().par_iter();
    let messages = figures
        .flat_map_iter(|figure| cache.messages(&figure.name, || module.problems(figure, fonts)));
    messages
        .map(|message| at_setting(&built.book.root, message))
        .collect()
}

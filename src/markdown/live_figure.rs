//! Live figures: the module of the book draws the first picture, at the moment that the author chose.

use super::figures::FigureBlock;
use super::{Context, inline};
use crate::figure::{drawn, label_problems};
use crate::live_figures::{Asked, Caption, Module, Opening, Run, Shown, figure};
use crate::page::{Fault, LiveFigure};
use crate::policy::{Need, Use};

/// Renders one live figure; `None` where its place is kept: without a module, and where something is wrong, which is
/// recorded.
pub(super) fn render(
    (block, name): (&FigureBlock, &str),
    number: &str,
    (at, context): (usize, &mut Context),
) -> Option<(String, LiveFigure)> {
    let line = context.line(at);
    let Some(module) = context.live_figures.module() else {
        // Why a crate that is named gives no module is said once for the book.
        if context.settings.labbook.figures.is_none() {
            let message = format!(
                "figure `{}`: book.toml names no crate of live figures (`figures` in [output.labbook]); its place is kept",
                block.id
            );
            context.page.notes.push(Fault { line, message });
        }
        return None;
    };
    let asked = Asked {
        controls: block.controls.as_ref(),
        at: block.at.as_deref(),
        seed: block.seed,
        actions: block.actions.as_deref(),
    };
    let opened = asked.opening(name, module);
    let opened = opened.and_then(|opening| {
        let opening = Opening {
            id: block.id.clone(),
            title: inline::text(&block.caption),
            description: block.description.clone(),
            ..opening
        };
        let shown = shown(&opening, module, context);
        let (shown, warnings) = shown.map_err(|fault| vec![fault])?;
        Ok((opening, shown, warnings))
    });
    match opened {
        Ok((opening, shown, warnings)) => {
            for warning in warnings {
                context.warning(at, format!("figure `{}` ({name}): {warning}", block.id));
            }
            let caption = Caption {
                number,
                html: &inline::html(&block.caption),
            };
            context.page.uses.push(Use {
                line,
                shown: format!(
                    "WebAssembly of the live figure {} ('wasm-unsafe-eval' in script-src)",
                    block.id
                ),
                need: Need::WebAssembly,
            });
            let html = figure(module.figure(name)?, &opening, &shown, &caption);
            Some((html, LiveFigure { line, opening }))
        }
        Err(faults) => {
            for fault in faults {
                context.fault(at, format!("figure `{}`: {fault}", block.id));
            }
            None
        }
    }
}

/// What the figure shows at its moment, and what is wrong with the labels of its picture.
fn shown(
    opening: &Opening,
    module: &Module,
    context: &Context,
) -> Result<(Shown, Vec<String>), String> {
    let name = &opening.name;
    let of_module = |message: String| format!("the live figure `{name}` {message}");
    let mut run = Run::open(module, opening).map_err(of_module)?;
    run.advance_to(opening.at_ms).map_err(of_module)?;
    let svg = run.svg().map_err(of_module)?;
    let picture = drawn(svg).map_err(|message| format!("the picture of `{name}` {message}"))?;
    let warnings = label_problems(&picture, context.fonts);
    let shown = Shown {
        svg: picture.svg,
        summary: run.summary().map_err(of_module)?,
        table: run.table().map_err(of_module)?,
    };
    Ok((shown, warnings))
}

//! Charts: what a lab has recorded, drawn while the book is built, with its numbers as a table.

use super::figures::FigureBlock;
use super::{Context, escape_attribute, escape_text, inline};
use crate::charts::{self, Asked, Chart, Origin};
use crate::figure::{Source, Words, draw, label_problems};
use crate::live_figures::table;
use crate::load::line_of_key;
use crate::measurements::Record;
use crate::page::Fault;

/// What keeps a chart from being drawn.
struct Obstacle {
    /// The key of the block that it is about.
    key: &'static str,
    message: String,
    /// The lab or its measurements are still to come, which a draft may say.
    is_to_come: bool,
}

impl Obstacle {
    fn wrong(message: String) -> Obstacle {
        Obstacle {
            key: "chart",
            message,
            is_to_come: false,
        }
    }
}

impl From<charts::Fault> for Obstacle {
    fn from(fault: charts::Fault) -> Obstacle {
        Obstacle {
            key: fault.key,
            ..Obstacle::wrong(fault.message)
        }
    }
}

/// Renders one chart; `None` where its place is kept: what is missing or wrong is recorded. `text` is the whole block.
pub(super) fn render(
    (block, name): (&FigureBlock, &str),
    (number, text): (&str, &str),
    (at, context): (usize, &mut Context),
) -> Option<String> {
    match drawn(block, name, context) {
        Ok(html) => {
            for problem in html.label_problems {
                context.warning(at, format!("figure `{}` ({name}): {problem}", block.id));
            }
            if let Some(note) = html.note {
                let line = context.line(at);
                context.page.notes.push(Fault {
                    line,
                    message: note,
                });
            }
            Some(figure(block, number, &html.inside))
        }
        Err(obstacle) => {
            let below = line_of_key(text, obstacle.key).or(line_of_key(text, "chart"));
            let below = below.unwrap_or(0);
            let message = format!(
                "figure `{}`: `chart = \"{name}\"`: {}",
                block.id, obstacle.message
            );
            if obstacle.is_to_come && context.chapter.front_matter.draft {
                let line = context.line(at) + below;
                let message =
                    format!("{message} (no fault while this is a draft: its place is kept)");
                context.page.notes.push(Fault { line, message });
            } else {
                context.fault_below(at, below, message);
            }
            None
        }
    }
}

/// A chart, ready to stand in its figure.
struct Drawn {
    inside: String,
    label_problems: Vec<String>,
    /// What is wrong with the reader's own run.
    note: Option<String>,
}

fn drawn(block: &FigureBlock, name: &str, context: &Context) -> Result<Drawn, Obstacle> {
    let Some((lab, experiment)) = name.split_once('/') else {
        return Err(Obstacle::wrong(
            "write lab and experiment, as in `lab-03/policies`".into(),
        ));
    };
    let record = recorded(lab, context)?;
    let (own, note) = context.own_run(lab);
    let ours = record.experiment(experiment).map_err(Obstacle::wrong)?;
    let yours = own.as_ref().and_then(|own| own.experiments.get(experiment));
    let chart = charts::chart(&asked(block), (ours, yours), context.fonts)?;
    let title = inline::text(&block.caption);
    let words = Words {
        id: &block.id,
        title: &title,
        description: &block.description,
    };
    let picture = draw(Source::Svg(&chart.svg), &words)
        .map_err(|error| Obstacle::wrong(error.message.clone()))?;
    let mut inside = format!(
        "<div class=\"figure-picture\">{}</div>\n{}",
        picture.svg,
        origin(&chart, &record, own.as_ref())
    );
    if let Some(note) = &note {
        inside += &format!("<p class=\"own-run-broken\">{}</p>\n", escape_text(note));
    }
    inside += &format!(
        "<details class=\"figure-numbers\"><summary>The numbers</summary>{}</details>\n",
        table(&chart.table)
    );
    Ok(Drawn {
        inside,
        label_problems: label_problems(&picture, context.fonts),
        note: note.map(|note| format!("figure `{}`: {note}", block.id)),
    })
}

/// What a lab has recorded.
fn recorded(lab: &str, context: &Context) -> Result<Record, Obstacle> {
    let attachment = context.chapter.attachments.get(&format!("measured {lab}"));
    let attachment =
        attachment.ok_or_else(|| Obstacle::wrong("its measured.json was not read".into()))?;
    let text = attachment.text.as_ref().map_err(|message| Obstacle {
        is_to_come: attachment.lab_to_come,
        ..Obstacle::wrong(message.clone())
    })?;
    Record::read(text).map_err(|error| {
        Obstacle::wrong(format!(
            "{}: {error}",
            crate::problem::shown(&attachment.file)
        ))
    })
}

fn asked(block: &FigureBlock) -> Asked<'_> {
    Asked {
        key: block.key.as_deref(),
        variants: block.variants.as_deref(),
        series: block.series.as_deref(),
        log: block.log.clone().unwrap_or_default(),
        axis: block.axis.as_deref(),
    }
}

/// Where the numbers came from, and when, if they could be others elsewhere.
fn origin(chart: &Chart, record: &Record, own: Option<&Record>) -> String {
    let mut text = match chart.origin {
        Origin::Machine => origin_of(record).map_or(String::new(), |said| {
            format!("Measured{}", escape_text(&said))
        }),
        Origin::Model => "Simulated: the same on every machine.".into(),
        Origin::Formula => String::new(),
    };
    if chart.has_own {
        let said = own.and_then(origin_of).unwrap_or_default();
        text += &format!(
            " <span class=\"yours\">Yours: your last run{}</span>",
            escape_text(&said)
        );
    }
    match text.is_empty() {
        true => text,
        false => format!("<p class=\"figure-origin\">{}</p>\n", text.trim()),
    }
}

/// ` on 2026-11-22, 2 cores, Zen.`
fn origin_of(record: &Record) -> Option<String> {
    let machine = record.machine();
    let parts: Vec<String> = [&record.date, &machine]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect();
    (!parts.is_empty()).then(|| format!(" {}.", parts.join(", ")))
}

fn figure(block: &FigureBlock, number: &str, inside: &str) -> String {
    format!(
        "<figure class=\"figure\" id=\"{}\" data-kind=\"chart\">\n{inside}<figcaption><span class=\"figure-number\">Figure {number}</span> {}</figcaption>\n</figure>\n",
        escape_attribute(&block.id),
        inline::html(&block.caption),
    )
}

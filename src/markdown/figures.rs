//! Figures: a fenced block of TOML that names a picture becomes a numbered, captioned and described `<figure>`.

use serde::Deserialize;

use super::{Context, chart_figure, escape_attribute, escape_text, inline, live_figure};
use crate::charts::Logarithmic;
use crate::figure::{Picture, Source, Words, draw, label_problems};
use crate::page::Figure;
use crate::problem::shown;

/// What an author writes in a figure's block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureBlock {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) description: String,
    source: Option<String>,
    live: Option<String>,
    chart: Option<String>,
    pub(super) controls: Option<toml::Table>,
    pub(super) at: Option<String>,
    pub(super) seed: Option<i64>,
    pub(super) actions: Option<String>,
    pub(super) key: Option<String>,
    pub(super) variants: Option<Vec<String>>,
    pub(super) series: Option<Vec<String>>,
    pub(super) log: Option<Logarithmic>,
    pub(super) axis: Option<String>,
}

/// Renders one figure; what is wrong with it is recorded, and its description stands in its place.
pub(super) fn render(text: &str, (at, context): (usize, &mut Context)) -> String {
    let block: FigureBlock = match toml::from_str(text) {
        Ok(block) => block,
        Err(error) => {
            let inner = error
                .span()
                .map_or(0, |span| crate::problem::line_of(text, span.start));
            context.fault_below(at, inner, format!("figure: {}", error.message()));
            return String::new();
        }
    };
    for message in faults(&block, context) {
        context.fault(at, message);
    }
    let number = next_number(context);
    let live = match &block.live {
        Some(name) => live_figure::render((&block, name), &number, (at, context)),
        None => None,
    };
    let chart = match &block.chart {
        Some(name) => chart_figure::render((&block, name), (&number, text), (at, context)),
        None => None,
    };
    let (html, live) = match (live, chart) {
        (Some((html, live)), _) => (html, Some(live)),
        (None, Some(html)) => (html, None),
        (None, None) => {
            let picture = picture(&block, (at, context));
            (html(&block, &number, picture.as_deref()), None)
        }
    };
    let caption = inline::text(&block.caption);
    context.page.figures.push(Figure {
        id: block.id,
        number,
        caption,
        live,
    });
    html
}

/// What is wrong with the block itself.
fn faults(block: &FigureBlock, context: &Context) -> Vec<String> {
    let mut faults = Vec::new();
    let id_fits = !block.id.is_empty()
        && block
            .id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !id_fits {
        faults.push(format!(
            "figure: id `{}` must be small letters, digits and hyphens",
            block.id
        ));
    }
    if context
        .page
        .figures
        .iter()
        .any(|figure| figure.id == block.id)
    {
        faults.push(format!(
            "figure: id `{}` stands twice in this chapter: give each figure its own",
            block.id
        ));
    }
    for (key, value) in [
        ("caption", &block.caption),
        ("description", &block.description),
    ] {
        if value.trim().is_empty() {
            faults.push(format!(
                "figure `{}`: `{key}` is empty: {}",
                block.id, "say in words what the picture shows"
            ));
        }
    }
    let kinds = [&block.source, &block.live, &block.chart]
        .iter()
        .filter(|kind| kind.is_some())
        .count();
    if kinds != 1 {
        faults.push(format!(
            "figure `{}`: give exactly one of `source`, `live` and `chart`",
            block.id
        ));
    }
    let is_set = block.controls.is_some()
        || [&block.at, &block.actions]
            .iter()
            .any(|text| text.is_some())
        || block.seed.is_some();
    if is_set && block.live.is_none() {
        faults.push(format!(
            "figure `{}`: `controls`, `at`, `seed` and `actions` belong to live figures: remove them, or name one with `live`",
            block.id
        ));
    }
    let is_chosen = [&block.key, &block.axis].iter().any(|text| text.is_some())
        || [&block.variants, &block.series]
            .iter()
            .any(|list| list.is_some())
        || block.log.is_some();
    if is_chosen && block.chart.is_none() {
        faults.push(format!(
            "figure `{}`: `key`, `variants`, `series`, `log` and `axis` belong to charts: remove them, or name a lab and its experiment with `chart`",
            block.id
        ));
    }
    faults
}

/// `3.2` in chapter 3, `2` in a chapter without a number.
fn next_number(context: &Context) -> String {
    let count = context.page.figures.len() + 1;
    match &context.chapter.number {
        Some(chapter) => format!("{chapter}.{count}"),
        None => count.to_string(),
    }
}

/// The SVG, where there is one.
fn picture(block: &FigureBlock, (at, context): (usize, &mut Context)) -> Option<String> {
    let name = block.source.as_ref()?;
    let drawn = drawn(block, name, context);
    match drawn {
        Ok(picture) => {
            for problem in label_problems(&picture, context.fonts) {
                context.warning(at, format!("figure `{}` ({name}): {problem}", block.id));
            }
            Some(picture.svg)
        }
        Err(message) => {
            context.fault(at, format!("figure `{}`: {message}", block.id));
            None
        }
    }
}

fn drawn(block: &FigureBlock, name: &str, context: &Context) -> Result<Picture, String> {
    let attachment = context
        .chapter
        .attachments
        .get(name)
        .ok_or_else(|| format!("`{name}` was not read"))?;
    let text = attachment.text.as_ref().map_err(Clone::clone)?;
    let source = match name.rsplit('.').next() {
        Some("pikchr") => Source::Pikchr(text),
        Some("svg") => Source::Svg(text),
        _ => return Err(format!("`{name}` is neither .pikchr nor .svg")),
    };
    let title = inline::text(&block.caption);
    let words = Words {
        id: &block.id,
        title: &title,
        description: &block.description,
    };
    draw(source, &words).map_err(|error| {
        format!(
            "{}:{}: {}",
            shown(&attachment.file),
            error.line,
            error.message
        )
    })
}

fn html(block: &FigureBlock, number: &str, picture: Option<&str>) -> String {
    let kind = match (&block.live, &block.chart) {
        (Some(_), _) => "live",
        (_, Some(_)) => "chart",
        _ => "static",
    };
    let inside = match picture {
        Some(svg) => format!("<div class=\"figure-picture\">{svg}</div>"),
        None => format!(
            "<div class=\"figure-place\"><p>{}</p></div>",
            escape_text(&block.description)
        ),
    };
    format!(
        "<figure class=\"figure\" id=\"{}\" data-kind=\"{kind}\">{inside}<figcaption><span class=\"figure-number\">Figure {number}</span> {}</figcaption></figure>\n",
        escape_attribute(&block.id),
        inline::html(&block.caption),
    )
}

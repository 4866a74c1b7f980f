//! The HTML of a live figure: controls, picture, sentence and table at the moment that its author chose. Without scripts
//! the controls are not shown, and all else is what the figure says.

use std::borrow::Cow;

use super::block::Opening;
use super::list::{Choice, Control, Info, Kind, NONE};
use crate::escape::{escape_attribute, escape_text};

/// How fast a figure may run, and as readers see it.
const SPEEDS: [(&str, &str); 6] = [
    ("0.05", "0.05×"),
    ("0.1", "0.1×"),
    ("0.25", "0.25×"),
    ("0.5", "0.5×"),
    ("1", "1×"),
    ("4", "4×"),
];

/// How fast it runs at first, where the module does not say, in hundredths: slow enough to follow one request.
const SPEED_PERCENT: u32 = 25;

/// How the time slider moves.
const SLIDER_STEP_MS: u32 = 100;

/// What stands below a figure, as HTML.
pub(crate) struct Caption<'a> {
    /// `3.1`.
    pub(crate) number: &'a str,
    /// The caption.
    pub(crate) html: &'a str,
}

/// What a figure shows at its moment.
pub(crate) struct Shown {
    pub(crate) svg: String,
    pub(crate) summary: String,
    pub(crate) table: String,
}

/// The whole `<figure>`.
pub(crate) fn figure(info: &Info, opening: &Opening, shown: &Shown, caption: &Caption) -> String {
    let id = escape_attribute(&opening.id);
    let (number, at) = (caption.number, opening.at_ms);
    let actions = match opening.actions.as_str() {
        "" => String::new(),
        actions => format!(" data-actions=\"{}\"", escape_attribute(actions)),
    };
    let mut html = format!(
        "<figure class=\"figure\" id=\"{id}\" data-kind=\"live\" data-figure=\"{}\" data-seed=\"{}\" data-at-ms=\"{at}\" data-set=\"{}\"{}>\n",
        escape_attribute(&opening.name),
        opening.seed,
        escape_attribute(&opening.settings()),
        actions,
    );
    html += &form(info, opening, number);
    html += &format!(
        "<div class=\"figure-picture\">{}</div>\n<p class=\"figure-sentence\">{}</p>\n",
        shown.svg.trim(),
        escape_text(shown.summary.trim())
    );
    html += &format!(
        "<details class=\"figure-numbers\"><summary>The numbers at {}</summary>{}</details>\n",
        seconds(at),
        table(&shown.table)
    );
    html += &format!(
        "<figcaption><span class=\"figure-number\">Figure {number}</span> {}</figcaption>\n</figure>\n",
        caption.html
    );
    html
}

const FORM: &str = "<form class=\"figure-controls\"";
const FORM_END: &str = "</form>\n";

/// What a reader can do with the figure: its own controls first, then those of its time, next to the picture.
fn form(info: &Info, opening: &Opening, number: &str) -> String {
    let mut html = format!("{FORM} aria-label=\"Figure {number}: controls\">\n");
    for each in &info.controls {
        html += &control(each, opening);
    }
    html += "<div class=\"figure-clock\"><div class=\"figure-run\"><button type=\"button\" data-do=\"play\">Play</button><button type=\"button\" data-do=\"step\">Step</button><button type=\"button\" data-do=\"reset\">Reset</button></div>\n";
    html += "<div class=\"figure-more\"><label>Speed <select data-do=\"speed\">";
    let percent = info.speed_percent.unwrap_or(SPEED_PERCENT);
    let speed = nearest_speed(f64::from(percent) / 100.0);
    for (value, label) in SPEEDS {
        let selected = if value == speed { " selected" } else { "" };
        html += &format!("<option value=\"{value}\"{selected}>{label}</option>");
    }
    html += &format!(
        "</select></label><label>Seed <input data-do=\"seed\" type=\"number\" min=\"0\" step=\"1\" value=\"{}\"></label></div>\n",
        opening.seed
    );
    html += &format!(
        "<label class=\"figure-time\">Time <input data-do=\"time\" type=\"range\" min=\"0\" max=\"{}\" step=\"{SLIDER_STEP_MS}\" value=\"{}\"><output>{}.{} s</output></label></div>\n",
        info.end_ms,
        opening.at_ms,
        opening.at_ms / 1000,
        opening.at_ms % 1000 / 100
    );
    html + FORM_END
}

/// The speed on offer that is nearest to one that is wished for: by the ratio, not by the difference.
fn nearest_speed(wished: f64) -> &'static str {
    let off = |value: &str| {
        value
            .parse::<f64>()
            .map_or(f64::MAX, |value| (value / wished).ln().abs())
    };
    let nearest = SPEEDS
        .iter()
        .min_by(|one, other| off(one.0).total_cmp(&off(other.0)));
    nearest.map_or("", |(value, _)| value)
}

/// One control of the figure's own.
fn control(control: &Control, opening: &Opening) -> String {
    let name = escape_attribute(&control.name);
    let field = format!("{}.{name}", escape_attribute(&opening.id));
    let (label, value) = (escape_text(&control.label), opening.value(control));
    match &control.kind {
        Kind::Choice { options } => {
            let fields = fields(options, ("radio", &field), |option| option == value);
            fieldset(&name, &label, &fields)
        }
        Kind::Several { options } => {
            let is_on = |option: &str| value != NONE && value.split('+').any(|each| each == option);
            let fields = fields(options, ("checkbox", &field), is_on);
            fieldset(&name, &label, &fields)
        }
        Kind::Range {
            least,
            most,
            step,
            unit,
        } => {
            let (value, space) = (
                escape_attribute(value),
                if unit.is_empty() { "" } else { " " },
            );
            format!(
                "<label data-control=\"{name}\">{label} <input type=\"range\" name=\"{field}\" min=\"{least}\" max=\"{most}\" step=\"{step}\" value=\"{value}\"><output>{value}{space}{}</output></label>\n",
                escape_text(unit)
            )
        }
    }
}

fn fieldset(name: &str, label: &str, fields: &str) -> String {
    format!("<fieldset data-control=\"{name}\"><legend>{label}</legend>{fields}</fieldset>\n")
}

fn fields(options: &[Choice], (kind, name): (&str, &str), is_on: impl Fn(&str) -> bool) -> String {
    let one = |option: &Choice| {
        let checked = if is_on(&option.value) { " checked" } else { "" };
        format!(
            "<label><input type=\"{kind}\" name=\"{name}\" value=\"{}\"{checked}> {}</label>",
            escape_attribute(&option.value),
            escape_text(&option.label)
        )
    };
    options.iter().map(one).collect()
}

/// A table from lines with tabs: the caption, the heads, the rows.
pub(crate) fn table(text: &str) -> String {
    let mut lines = text.lines();
    let caption = escape_text(lines.next().unwrap_or_default()).into_owned();
    let cells = |line: &str, (first, other): (&str, &str)| -> String {
        let cell = |(index, text): (usize, &str)| {
            let open = if index == 0 { first } else { other };
            let tag = open.split(' ').next().unwrap_or(open);
            format!("<{open}>{}</{tag}>", escape_text(text))
        };
        line.split('\t').enumerate().map(cell).collect()
    };
    let column = "th scope=\"col\"";
    let heads = cells(lines.next().unwrap_or_default(), (column, column));
    let rows: String = lines
        .filter(|line| !line.is_empty())
        .map(|line| format!("<tr>{}</tr>", cells(line, ("th scope=\"row\"", "td"))))
        .collect();
    format!(
        "<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
}

/// `12 s`, `7.25 s`.
fn seconds(ms: u32) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} s")
}

/// A page's HTML without the controls of its figures: for paper.
pub(crate) fn without_controls(html: &str) -> Cow<'_, str> {
    if !html.contains(FORM) {
        return Cow::Borrowed(html);
    }
    let mut parts = html.split(FORM);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out += part.split_once(FORM_END).map_or(part, |(_, rest)| rest);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_caption_heads_and_rows() {
        assert_eq!(
            table("Loads <now>\nServer\tRequests\n1\t12\n2\t7\n"),
            "<table><caption>Loads &lt;now&gt;</caption><thead><tr><th scope=\"col\">Server</th><th scope=\"col\">Requests</th></tr></thead><tbody><tr><th scope=\"row\">1</th><td>12</td></tr><tr><th scope=\"row\">2</th><td>7</td></tr></tbody></table>"
        );
    }

    #[test]
    fn moments_are_written_without_idle_zeros() {
        assert_eq!(seconds(12_000), "12 s");
        assert_eq!(seconds(7250), "7.25 s");
        assert_eq!(seconds(0), "0 s");
    }

    #[test]
    fn on_paper_there_is_nothing_to_press() {
        let page = format!("a{FORM}>x{FORM_END}b{FORM}>y{FORM_END}c<form>d</form>");
        assert_eq!(without_controls(&page), "abc<form>d</form>");
    }
}

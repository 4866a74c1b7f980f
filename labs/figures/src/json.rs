//! The list of figures as JSON. Its words are our own, so that a quote and a backslash are all there is to escape.

use alloc::string::String;

use replay::Known;
use scene::control::{Choice, Control, Kind};
use scene::push_whole;

/// Where the page's time slider ends, in milliseconds.
const END_MS: u32 = 60_000;

/// All figures, as an array.
pub(crate) fn list(figures: &[&Known]) -> String {
    let mut json = String::from("[");
    separated(&mut json, figures, |json, known| push_figure(json, known));
    json.push(']');
    json
}

fn separated<'a, T: 'a>(
    json: &mut String,
    items: impl IntoIterator<Item = &'a T>,
    push: impl Fn(&mut String, &T),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        push(json, item);
    }
}

fn push_figure(json: &mut String, figure: &Known) {
    json.push('{');
    push_text(json, "name", figure.name);
    push_text(json, "title", figure.title);
    push_text(json, "description", figure.description);
    push_number(json, "step_ms", i64::from(figure.step_ms));
    push_number(json, "speed_percent", i64::from(figure.speed_percent));
    push_number(json, "end_ms", i64::from(END_MS));
    json.push_str("\"controls\":[");
    separated(json, figure.controls, push_control);
    json.push_str("]}");
}

fn push_control(json: &mut String, control: &Control) {
    json.push('{');
    push_text(json, "name", control.name);
    push_text(json, "label", control.label);
    match &control.kind {
        Kind::Choice { options, .. } => push_options(json, "choice", options),
        Kind::Several { options, .. } => push_options(json, "several", options),
        Kind::Range {
            least,
            most,
            step,
            unit,
            ..
        } => {
            push_text(json, "kind", "range");
            push_number(json, "least", i64::from(*least));
            push_number(json, "most", i64::from(*most));
            push_number(json, "step", i64::from(*step));
            push_text(json, "unit", unit);
        }
    }
    push_text(json, "value", &control.print(control.default()));
    json.pop();
    json.push('}');
}

fn push_options(json: &mut String, kind: &str, options: &[Choice]) {
    push_text(json, "kind", kind);
    json.push_str("\"options\":[");
    separated(json, options, |json, option| {
        json.push('{');
        push_text(json, "value", option.value);
        push_text(json, "label", option.label);
        json.pop();
        json.push('}');
    });
    json.push_str("],");
}

fn push_number(json: &mut String, key: &str, value: i64) {
    push_quoted(json, key);
    json.push(':');
    if value < 0 {
        json.push('-');
    }
    push_whole(json, value.unsigned_abs());
    json.push(',');
}

fn push_text(json: &mut String, key: &str, value: &str) {
    push_quoted(json, key);
    json.push(':');
    push_quoted(json, value);
    json.push(',');
}

fn push_quoted(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            json.push('\\');
        }
        json.push(character);
    }
    json.push('"');
}

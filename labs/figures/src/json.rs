//! The list of figures as JSON. Its words are our own, so that a quote and a backslash are all there is to escape.

use alloc::string::String;

use scene::control::{Choice, Control, Kind};
use scene::push_whole;

/// One figure of the list, as an object.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    pub(crate) step_ms: u32,
    pub(crate) speed_percent: u32,
    pub(crate) end_ms: u32,
    pub(crate) controls: &'static [Control],
}

/// All figures, as an array.
pub(crate) fn list<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let mut json = String::from("[");
    separated(&mut json, entries, push_entry);
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

fn push_entry(json: &mut String, entry: &Entry) {
    json.push('{');
    push_text(json, "name", entry.name);
    push_text(json, "title", entry.title);
    push_text(json, "description", entry.description);
    push_number(json, "step_ms", i64::from(entry.step_ms));
    push_number(json, "speed_percent", i64::from(entry.speed_percent));
    push_number(json, "end_ms", i64::from(entry.end_ms));
    json.push_str("\"controls\":[");
    separated(json, entry.controls, push_control);
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

//! The picture as SVG text.

use alloc::string::String;

use crate::element::Element;
use crate::number::push_whole;
use crate::picture::{Part, Picture, State};
use crate::{Point, push_hundredths};

/// The whole picture.
pub(crate) fn svg(picture: &Picture) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let id = &picture.id;
    let (width, height) = (
        picture.size.0.unsigned_abs().into(),
        picture.size.1.unsigned_abs().into(),
    );
    out.push_str("<svg");
    push_names(&mut out, "id", &[(id, "picture")]);
    out.push_str(" viewBox=\"0 0 ");
    push_whole(&mut out, width);
    out.push(' ');
    push_whole(&mut out, height);
    out.push_str("\" width=\"");
    push_whole(&mut out, width);
    out.push_str("\" height=\"");
    push_whole(&mut out, height);
    out.push_str("\" role=\"img\"");
    push_names(&mut out, "aria-labelledby", &[(id, "title"), (id, "desc")]);
    out.push_str(" xmlns=\"http://www.w3.org/2000/svg\">");
    for (tag, text) in [("title", &picture.title), ("desc", &picture.description)] {
        out.push('<');
        out.push_str(tag);
        push_names(&mut out, "id", &[(id, tag)]);
        out.push('>');
        push_escaped(&mut out, text);
        close(&mut out, tag);
    }
    for part in &picture.parts {
        push_part(&mut out, picture, part);
    }
    out.push_str("</svg>");
    out
}

/// Appends an element that never changes.
pub(crate) fn element(out: &mut String, element: &Element) {
    out.push('<');
    let element = &*element.0;
    out.push_str(element.tag);
    push_class(out, element.class);
    out.push_str(&element.fixed);
    push_lengths(out, element.place, (element.width, element.height));
    push_points(out, element.tag, &element.points);
    finish(out, element.tag, &element.text);
}

/// Appends the id of a node.
pub(crate) fn push_id(out: &mut String, id: &str, name: &str) {
    push_escaped(out, id);
    out.push('-');
    out.push_str(name);
}

fn push_part(out: &mut String, picture: &Picture, part: &Part) {
    match part {
        Part::Fixed(markup) => out.push_str(markup),
        Part::Node(index) => {
            let state = &picture.nodes[usize::from(*index)];
            start(out, picture, state);
            finish(out, state.tag, &state.text);
        }
        Part::Open(index) => {
            start(out, picture, &picture.nodes[usize::from(*index)]);
            out.push('>');
        }
        Part::Close(index) => close(out, picture.nodes[usize::from(*index)].tag),
    }
}

fn start(out: &mut String, picture: &Picture, state: &State) {
    out.push('<');
    out.push_str(state.tag);
    push_names(out, "id", &[(&picture.id, &state.name)]);
    push_class(out, picture.classes[usize::from(state.class)]);
    out.push_str(&state.fixed);
    push_lengths(out, state.place, (state.width, state.height));
    push_points(out, state.tag, &state.points);
    if !state.is_shown {
        out.push_str(" display=\"none\"");
    }
}

fn finish(out: &mut String, tag: &str, text: &str) {
    if text.is_empty() {
        out.push_str("/>");
    } else {
        out.push('>');
        push_escaped(out, text);
        close(out, tag);
    }
}

fn close(out: &mut String, tag: &str) {
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn push_names(out: &mut String, attribute: &str, names: &[(&String, &str)]) {
    out.push(' ');
    out.push_str(attribute);
    out.push_str("=\"");
    for (index, (id, name)) in names.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        push_id(out, id, name);
    }
    out.push('"');
}

fn push_class(out: &mut String, class: &str) {
    if !class.is_empty() {
        out.push_str(" class=\"");
        out.push_str(class);
        out.push('"');
    }
}

fn push_lengths(out: &mut String, place: Option<Point>, size: (Option<i32>, Option<i32>)) {
    if let Some((x, y)) = place {
        out.push_str(" transform=\"translate(");
        push_hundredths(out, x);
        out.push(' ');
        push_hundredths(out, y);
        out.push_str(")\"");
    }
    for (name, length) in [(" width=\"", size.0), (" height=\"", size.1)] {
        if let Some(length) = length {
            out.push_str(name);
            push_hundredths(out, length);
            out.push('"');
        }
    }
}

/// The points of what has points, even if there are none: a frame that takes them away leaves the attribute, too.
fn push_points(out: &mut String, tag: &str, points: &[Point]) {
    if !tag.starts_with("poly") {
        return;
    }
    out.push_str(" points=\"");
    for (index, (x, y)) in points.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        push_hundredths(out, *x);
        out.push(',');
        push_hundredths(out, *y);
    }
    out.push('"');
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

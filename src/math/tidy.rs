//! Makes valid markup of what pulldown-latex writes.
//!
//! It leaves `<`, `>` and `&` unescaped where they are operators, glues attributes together, writes the entity `&nbsp;`,
//! which XHTML lacks, and uses `style`. Styles become MathML's own attributes where there are any, else classes.

use std::fmt::Write;

/// The markup of a formula, tidied, or `None` when its tags do not match, as can come of an argument that is a definition.
pub(super) fn tidy(markup: &str) -> Option<String> {
    // `\ ` comes as a text that is escaped once too often.
    let markup = &markup.replace("<mtext>&amp;nbsp;</mtext>", "<mtext>&nbsp;</mtext>");
    let mut out = String::with_capacity(markup.len());
    let mut open = Vec::new();
    let mut rest = markup.as_str();
    while let Some(character) = rest.chars().next() {
        let length = match tag_length(rest) {
            Some(length) => {
                follow(&rest[..length], &mut open)?;
                write_tag(&rest[..length], &mut out);
                length
            }
            None => write_character(character, rest, &mut out),
        };
        rest = &rest[length..];
    }
    open.is_empty().then_some(out)
}

/// Keeps the names of the elements that are open, or gives `None` when `tag` closes another one than the last.
fn follow<'a>(tag: &'a str, open: &mut Vec<&'a str>) -> Option<()> {
    let name = |tag: &'a str| tag.split([' ', '>']).next();
    if let Some(closing) = tag.strip_prefix("</") {
        return (open.pop() == name(closing)).then_some(());
    }
    if !tag.ends_with("/>") {
        open.extend(name(&tag[1..]));
    }
    Some(())
}

/// Writes `character`, with which `rest` starts, so that it is text; gives the number of bytes that this used up.
fn write_character(character: char, rest: &str, out: &mut String) -> usize {
    const SPACE: &str = "&nbsp;";
    match character {
        // The parser's `\mu` is the micro sign, which is no letter for browsers: it would not be slanted.
        'µ' => out.push('μ'),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' if rest.starts_with(SPACE) => {
            out.push('\u{a0}');
            return SPACE.len();
        }
        '&' if !is_reference(rest) => out.push_str("&amp;"),
        _ => out.push(character),
    }
    character.len_utf8()
}

/// The length in bytes of the tag that `markup` starts with, if it starts with one.
fn tag_length(markup: &str) -> Option<usize> {
    let name = markup.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    name.starts_with('m').then_some(())?;
    // No attribute's value that pulldown-latex writes contains this sign.
    markup.find('>').map(|end| end + 1)
}

fn is_reference(markup: &str) -> bool {
    ["&lt;", "&gt;", "&amp;"]
        .iter()
        .any(|reference| markup.starts_with(reference))
}

/// The attributes of one tag, by what they become.
#[derive(Default)]
struct Attributes {
    /// Attributes that stay as they are, each with a space before it.
    kept: String,
    classes: Vec<String>,
}

fn write_tag(tag: &str, out: &mut String) {
    let end = if tag.ends_with("/>") {
        tag.len() - 2
    } else {
        tag.len() - 1
    };
    let inside = &tag[1..end];
    let Some((name, attributes)) = inside.split_once(' ') else {
        out.push_str(tag);
        return;
    };
    let attributes = read(attributes);
    out.push('<');
    out.push_str(name);
    if !attributes.classes.is_empty() {
        out.push_str(" class=\"");
        out.push_str(&attributes.classes.join(" "));
        out.push('"');
    }
    out.push_str(&attributes.kept);
    out.push_str(&tag[end..]);
}

/// Reads attributes, each `name="value"`, whether or not there is a space between them.
fn read(source: &str) -> Attributes {
    let mut attributes = Attributes::default();
    let mut pieces = source.split('"');
    while let (Some(name), Some(value)) = (pieces.next(), pieces.next()) {
        match (name.trim().trim_end_matches('='), value) {
            ("style", styles) => styles
                .split("; ")
                .for_each(|style| add_style(style, &mut attributes)),
            ("class", names) => attributes.classes.extend(names.split(' ').map(class)),
            // A negative width is not valid; what was meant becomes a class.
            ("width", width) if width.starts_with('-') => {}
            ("display", "inline") => {}
            (name, value) => keep(name, value, &mut attributes),
        }
    }
    attributes
}

/// All of a formula's classes start with `math-`, so that they meet no class of a page.
fn class(name: &str) -> String {
    let name = name
        .strip_prefix("menv-")
        .or_else(|| name.strip_prefix("mop-"))
        .unwrap_or(name);
    format!("math-{name}")
}

fn add_style(style: &str, attributes: &mut Attributes) {
    match style.split_once(": ") {
        Some(("color", colour)) => keep("mathcolor", &hexadecimal(colour), attributes),
        Some(("background-color", colour)) => {
            keep("mathbackground", &hexadecimal(colour), attributes)
        }
        Some(("border", _)) => attributes.classes.push("math-boxed".to_owned()),
        Some(("margin-left", _)) => attributes.classes.push("math-back".to_owned()),
        Some(("height", _)) => attributes.classes.push("math-gap".to_owned()),
        _ => {}
    }
}

fn keep(name: &str, value: &str, attributes: &mut Attributes) {
    attributes.kept.push(' ');
    attributes.kept.push_str(name);
    attributes.kept.push_str("=\"");
    attributes.kept.push_str(value);
    attributes.kept.push('"');
}

/// `rgb(255 0 0)` as `#ff0000`.
fn hexadecimal(colour: &str) -> String {
    let numbers = colour.trim_start_matches("rgb(").trim_end_matches(')');
    let mut code = String::from("#");
    for number in numbers.split(' ') {
        let number: u8 = number.parse().unwrap_or(0);
        write!(code, "{number:02x}").expect("a string takes what is written");
    }
    code
}

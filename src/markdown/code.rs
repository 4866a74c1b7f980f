//! Code blocks: highlighted at build time, with titles, line numbers, marked and hidden lines. A block whose language is
//! `figure` is a figure.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::code_info::CodeInfo;
use super::hidden_lines::{self, CodeLine};
use super::piece::{Node, Piece};
use super::{Context, escape_attribute, escape_text, figures};
use crate::highlight::highlight;

/// Replaces every code block.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let mut done = Vec::with_capacity(nodes.len());
    let mut nodes = nodes.into_iter();
    while let Some(node) = nodes.next() {
        let at = node.at;
        match node.piece {
            Piece::Event(Event::Start(Tag::CodeBlock(kind))) => {
                let code = block_text(&mut nodes);
                done.push(Node::html(block(&kind, &code, (at, &mut *context)), at));
            }
            piece => done.push(Node { piece, at }),
        }
    }
    done
}

/// The text of a code block; takes the events up to its end. Most blocks are one event, which is not copied.
fn block_text<'a>(nodes: &mut impl Iterator<Item = Node<'a>>) -> CowStr<'a> {
    let mut whole = CowStr::Borrowed("");
    for node in nodes {
        match node.piece {
            Piece::Event(Event::Text(part)) if whole.is_empty() => whole = part,
            Piece::Event(Event::Text(part)) => whole = format!("{whole}{part}").into(),
            Piece::Event(Event::End(TagEnd::CodeBlock)) => break,
            _ => {}
        }
    }
    whole
}

fn block(kind: &CodeBlockKind, code: &str, (at, context): (usize, &mut Context)) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(info) => info,
        CodeBlockKind::Indented => "",
    };
    if info.trim() == "figure" {
        return figures::render(code, (at, context));
    }
    let info = CodeInfo::parse(info).unwrap_or_else(|message| {
        context.fault(at, message);
        CodeInfo::default()
    });
    html(&info, code, context)
}

/// The HTML of a listing.
pub(super) fn html(info: &CodeInfo, code: &str, context: &Context) -> String {
    let lines = lines(info, code, context);
    listing((info, &classes(info, context)), &lines)
}

/// Whether mdBook would let readers run a block: what it does to its text and classes, we do.
fn is_runnable(info: &CodeInfo, context: &Context) -> bool {
    let withheld = ["ignore", "noplayground", "noplaypen"];
    let allowed =
        context.settings.html.playground.runnable && !withheld.iter().any(|flag| info.has(flag));
    info.language == "rust" && (allowed || info.has("mdbook-runnable"))
}

/// The classes of the code element; Rust that can be run has the book's edition where it names none itself.
fn classes(info: &CodeInfo, context: &Context) -> String {
    let named = info.flags.iter().any(|flag| flag.starts_with("edition"));
    match &context.settings.edition {
        Some(edition) if !named && is_runnable(info, context) => {
            format!("{} edition{edition}", info.classes())
        }
        _ => info.classes(),
    }
}

/// The lines of a block, each shown or hidden.
fn lines(info: &CodeInfo, code: &str, context: &Context) -> Vec<CodeLine> {
    let html = &context.settings.html;
    if info.language == "rust" {
        let as_written = html.playground.editable && info.has("editable");
        let wrapped = (is_runnable(info, context) && !code.is_empty() && !as_written)
            .then(|| hidden_lines::wrap_rust_main(code))
            .flatten();
        return hidden_lines::rust(wrapped.as_deref().unwrap_or(code));
    }
    let prefix = info
        .flags
        .iter()
        .find_map(|flag| flag.strip_prefix("hidelines="));
    match prefix.or(html.code.hidelines.get(&info.language).map(String::as_str)) {
        Some(prefix) if !prefix.is_empty() => hidden_lines::with_prefix(code, prefix),
        _ => hidden_lines::none(code),
    }
}

fn listing((info, classes): (&CodeInfo, &str), lines: &[CodeLine]) -> String {
    let painted = painted(info, lines);
    let size: usize = painted.iter().map(String::len).sum();
    let mut html = String::with_capacity(size + lines.len() * 24 + 160);
    let _ = write!(
        html,
        "<div class=\"code\" data-language=\"{}\">",
        escape_attribute(&info.language)
    );
    if let Some(title) = &info.title {
        let _ = write!(
            html,
            "<div class=\"code-title\">{}</div>",
            escape_text(title)
        );
    }
    if lines.iter().any(|line| line.hidden) {
        html += "<input class=\"unfold\" type=\"checkbox\" aria-label=\"Show hidden lines\">";
    }
    // A region that scrolls must be reachable by keyboard.
    html += "<pre tabindex=\"0\"><code";
    if !classes.is_empty() {
        let _ = write!(html, " class=\"{}\"", escape_attribute(classes));
    }
    html.push('>');
    let mut number = info.first_number.unwrap_or(1);
    for (line, painted) in lines.iter().zip(&painted) {
        push_line(&mut html, (line, painted), (info, &mut number));
    }
    html += "</code></pre></div>\n";
    html
}

/// Appends one line; only lines that are hidden, marked or numbered get an element of their own.
fn push_line(
    html: &mut String,
    (line, painted): (&CodeLine, &str),
    (info, number): (&CodeInfo, &mut usize),
) {
    if line.hidden {
        let _ = writeln!(html, "<span class=\"boring\">{painted}");
        html.push_str("</span>");
        return;
    }
    let marked = info.marks(*number);
    if marked || info.first_number.is_some() {
        let class = if marked { "line marked" } else { "line" };
        let data = info
            .first_number
            .map(|_| format!(" data-line=\"{number}\""))
            .unwrap_or_default();
        let _ = write!(html, "<span class=\"{class}\"{data}>{painted}\n</span>");
    } else {
        html.push_str(painted);
        html.push('\n');
    }
    *number += 1;
}

/// Each line as HTML. Hidden lines are highlighted with the others: they give the context.
fn painted(info: &CodeInfo, lines: &[CodeLine]) -> Vec<String> {
    let mut code = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    for line in lines {
        code.push_str(&line.text);
        code.push('\n');
    }
    match highlight(&info.language, &code) {
        Some(painted) if painted.len() >= lines.len() => painted,
        _ => lines
            .iter()
            .map(|line| escape_text(&line.text).into_owned())
            .collect(),
    }
}

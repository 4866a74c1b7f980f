//! Markdown of questions and answers to HTML. Raw HTML is shown, not obeyed.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// A text as blocks: paragraphs, lists, code blocks.
pub(super) fn blocks(source: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events(source));
    out.trim_end().to_owned()
}

/// A text as the content of one line, for places where HTML allows no blocks. Paragraphs and lines of a code block are
/// parted by `<br>`.
pub(super) fn inline(source: &str) -> String {
    let mut flat = Vec::new();
    let mut code = false;
    for event in events(source) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                flat.push(Event::HardBreak);
            }
            Event::Text(text) if code => flat.extend(code_lines(&text)),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                flat.push(Event::HardBreak)
            }
            Event::Start(ref tag) if !is_inline(&tag.to_end()) => {}
            Event::End(ref tag) if !is_inline(tag) => {}
            Event::Rule => {}
            event => flat.push(event),
        }
    }
    while matches!(flat.last(), Some(Event::HardBreak)) {
        flat.pop();
    }
    let mut out = String::new();
    html::push_html(&mut out, flat.into_iter());
    out
}

/// The first paragraph of a text as the content of one line, and what follows as blocks (empty when nothing does).
pub(super) fn first_line_and_rest(source: &str) -> (String, String) {
    let mut parser = Parser::new_ext(source, OPTIONS).into_offset_iter();
    if !matches!(parser.next(), Some((Event::Start(Tag::Paragraph), _))) {
        return (inline(source), String::new());
    }
    let end = parser.find_map(|(event, range)| {
        matches!(event, Event::End(TagEnd::Paragraph)).then_some(range.end)
    });
    let (first, rest) = source.split_at(end.unwrap_or(source.len()));
    (inline(first), blocks(rest))
}

/// What books use in questions, beyond plain CommonMark.
const OPTIONS: Options = Options::ENABLE_STRIKETHROUGH;

fn events(source: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(source, OPTIONS).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        event => event,
    })
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

fn code_lines(text: &str) -> Vec<Event<'static>> {
    let lines = text.lines().map(|line| Event::Code(line.to_owned().into()));
    lines.flat_map(|line| [line, Event::HardBreak]).collect()
}

//! Writes what is left of the events as HTML. Elements and white space are close to mdBook's.

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag, TagEnd};

use super::line_breaks::{begins_block, break_line};
use super::piece::{Node, Piece};
use super::{Context, escape_text};

/// The HTML of some nodes.
pub(super) fn html(nodes: &[Node]) -> String {
    let mut writer = Writer::default();
    for node in nodes {
        writer.node(node);
    }
    writer.out
}

/// The HTML of a chapter, with the lines that it was made from.
pub(super) fn page(nodes: &[Node], context: &mut Context) {
    let mut writer = Writer::default();
    let (mut last, mut since) = (0, 0);
    for node in nodes {
        // What a pass added at the end belongs to no line, and an end stands at its start's.
        if node.at != usize::MAX && !matches!(node.piece, Piece::Event(Event::End(_))) {
            let line = context.line(node.at);
            // Blocks that begin on one line may stand on several in HTML: `<ul>`, `<li>`.
            if line != last || writer.out[since..].contains('\n') {
                context.page.lines.push((writer.out.len(), line));
                (last, since) = (line, writer.out.len());
            }
        }
        writer.node(node);
    }
    context.page.html = writer.out;
}

#[derive(Default)]
struct Writer {
    out: String,
    in_table_head: bool,
    alignments: Vec<Alignment>,
    cell: usize,
}

impl Writer {
    fn node(&mut self, node: &Node) {
        match &node.piece {
            Piece::Html(html) => self.finished(html),
            Piece::Event(event) => self.event(event),
        }
    }

    fn finished(&mut self, html: &str) {
        if begins_block(html) {
            break_line(&mut self.out);
        }
        self.out.push_str(html);
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.push_str(&escape_text(text))
            }
            Event::Code(code) => {
                self.out += "<code>";
                self.out.push_str(&escape_text(code));
                self.out += "</code>";
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out += "<br>",
            Event::Rule => self.out += "<hr>\n",
            Event::TaskListMarker(done) => self.task(*done),
            // Earlier passes have taken these.
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn task(&mut self, done: bool) {
        let (checked, name) = if done {
            (" checked", "done")
        } else {
            ("", "not done")
        };
        self.out += &format!("<input disabled type=\"checkbox\"{checked} aria-label=\"{name}\"> ");
    }

    fn start(&mut self, tag: &Tag) {
        if is_block_tag(tag) {
            break_line(&mut self.out);
        }
        let open = match tag {
            Tag::Paragraph => "<p>",
            Tag::BlockQuote(kind) => return self.block_quote(*kind),
            Tag::List(Some(1)) => "<ol>",
            Tag::List(Some(start)) => {
                self.out += &format!("<ol start=\"{start}\">");
                return;
            }
            Tag::List(None) => "<ul>",
            Tag::Item => "<li>",
            Tag::DefinitionList => "<dl>\n",
            Tag::DefinitionListTitle => "<dt>",
            Tag::DefinitionListDefinition => "<dd>",
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                "<div class=\"table-wrapper\" tabindex=\"0\"><table>"
            }
            Tag::TableHead => {
                (self.in_table_head, self.cell) = (true, 0);
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.cell = 0;
                "<tr>"
            }
            Tag::TableCell => return self.table_cell(),
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            Tag::Superscript => "<sup>",
            Tag::Subscript => "<sub>",
            Tag::Heading { level, .. } => {
                self.out += &format!("<{level}>");
                return;
            }
            // Earlier passes have taken these.
            Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => "",
        };
        self.out += open;
    }

    fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out += "<blockquote>\n";
            return;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        self.out += &format!(
            "<blockquote class=\"blockquote-tag blockquote-tag-{class}\"><p class=\"blockquote-tag-title\">{title}</p>\n"
        );
    }

    fn table_cell(&mut self) {
        let name = if self.in_table_head { "th" } else { "td" };
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.out += &format!("<{name}{class}>");
    }

    fn end(&mut self, tag: &TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.cell += 1;
                if self.in_table_head { "</th>" } else { "</td>" }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Heading(level) => {
                self.out += &format!("</{level}>\n");
                return;
            }
            TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => "",
        };
        self.out += close;
    }
}

/// Whether an element of Markdown begins a line.
fn is_block_tag(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

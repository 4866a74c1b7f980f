//! HTML that an author wrote inside Markdown: tokenised, balanced and written again.
//!
//! As in mdBook, a tag must be closed before the Markdown element around it ends; one that is not is closed there, and an
//! end tag that closes nothing is dropped. So a page stays well-formed whatever was written.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    Tag as HtmlTag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::line_breaks::{break_line, is_block};
use super::links::fix_link;
use super::piece::{Node, Piece};
use super::{Context, code, escape_attribute, escape_text, raw_code};
use crate::page::{Link, LinkKind};
use crate::policy;

/// Replaces every piece of raw HTML.
pub(super) fn pass<'a>(nodes: Vec<Node<'a>>, context: &mut Context) -> Vec<Node<'a>> {
    let raw = |node: &Node| {
        matches!(
            &node.piece,
            Piece::Event(Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock))
        )
    };
    if !nodes.iter().any(raw) {
        return nodes;
    }
    let mut balance = Balance {
        open: Vec::new(),
        done: Vec::with_capacity(nodes.len()),
        context,
    };
    let mut nodes = nodes.into_iter();
    while let Some(node) = nodes.next() {
        let at = node.at;
        match node.piece {
            Piece::Event(Event::Start(Tag::HtmlBlock)) => balance.html(&block_text(&mut nodes), at),
            Piece::Event(Event::InlineHtml(html)) => balance.html(&html, at),
            Piece::Event(Event::Start(tag)) => {
                balance.open.push(Open::Markdown);
                balance.done.push(Node::event(Event::Start(tag), at));
            }
            Piece::Event(Event::End(tag)) => {
                balance.close_markdown(at);
                balance.done.push(Node::event(Event::End(tag), at));
            }
            piece => balance.done.push(Node { piece, at }),
        }
    }
    balance.close_markdown(usize::MAX);
    balance.done
}

/// The whole text of an HTML block; takes the events up to its end.
fn block_text<'a>(nodes: &mut impl Iterator<Item = Node<'a>>) -> String {
    let mut text = String::new();
    for node in nodes {
        match node.piece {
            Piece::Event(Event::Html(part) | Event::Text(part)) => text.push_str(&part),
            Piece::Event(Event::End(TagEnd::HtmlBlock)) => break,
            _ => {}
        }
    }
    text
}

/// An element that is open.
enum Open {
    Markdown,
    /// The name of a tag, and where it stands in the Markdown.
    Raw(String, usize),
}

struct Balance<'a, 'c, 'd> {
    open: Vec<Open>,
    done: Vec<Node<'a>>,
    context: &'c mut Context<'d>,
}

impl Balance<'_, '_, '_> {
    /// Closes raw elements that are still open inside the Markdown element that ends.
    fn close_markdown(&mut self, at: usize) {
        while let Some(Open::Raw(name, opened)) = self.open.pop() {
            let message = format!(
                "HTML tag `<{name}>` is not closed before the paragraph or block around it ends: add `</{name}>`"
            );
            self.context.warning(opened, message);
            self.done.push(Node::html(format!("</{name}>"), at));
        }
    }

    /// Writes one piece of raw HTML again.
    fn html(&mut self, html: &str, at: usize) {
        let mut out = String::with_capacity(html.len());
        let mut is_raw = false;
        let tokens = tokens(html);
        let mut skipped = 0;
        for (index, (token, line)) in tokens.iter().enumerate() {
            let at = at + line_start(html, *line);
            if index < skipped {
                continue;
            }
            if let Some(listing) = raw_code::listing(&tokens[index..]) {
                out += &code::html(&listing.info, &listing.code, self.context);
                skipped = index + listing.tokens;
                continue;
            }
            match token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                    is_raw = matches!(&*tag.name, "script" | "style");
                    self.start(tag, (at, &mut out));
                }
                Token::TagToken(tag) => {
                    is_raw = false;
                    self.end(&tag.name, (at, &mut out));
                }
                Token::CommentToken(comment) => out += &format!("<!--{comment}-->"),
                Token::CharacterTokens(text) if is_raw => out.push_str(text),
                Token::CharacterTokens(text) => out.push_str(&escape_text(text)),
                Token::ParseError(error) if error.starts_with("Saw EOF") => self.context.warning(
                    at,
                    "HTML: a tag or comment is not finished: add `>` or `-->`",
                ),
                Token::ParseError(error) => self.context.warning(at, format!("HTML: {error}")),
                _ => {}
            }
        }
        self.done.push(Node::html(out, at));
    }

    fn start(&mut self, tag: &HtmlTag, (at, out): (usize, &mut String)) {
        let name = tag.name.to_string();
        let line = self.context.line(at);
        self.context.page.uses.extend(policy::in_tag(tag, line));
        if is_block(&name) {
            break_line(out);
        }
        *out += &format!("<{name}");
        let mut alternative = name != "img";
        for attribute in &tag.attrs {
            let key: &str = &attribute.name.local;
            let is_link = name == "a" && matches!(key, "href" | "xlink:href");
            let value = if is_link {
                fix_link(&attribute.value)
            } else {
                (&*attribute.value).into()
            };
            *out += &format!(" {key}=\"{}\"", escape_attribute(&value));
            alternative |= key == "alt";
            self.record(&name, (key, &value), at);
        }
        out.push('>');
        if !alternative {
            self.context.warning(
                at,
                "`<img>` has no `alt`: say what it shows, or write `alt=\"\"` for mere decoration",
            );
        }
        if is_void(&name) {
            return;
        }
        if tag.self_closing {
            *out += &format!("</{name}>");
        } else {
            self.open.push(Open::Raw(name, at));
        }
    }

    /// Notes what the tag links to, for `check`.
    fn record(&mut self, name: &str, (key, value): (&str, &str), at: usize) {
        let kind = match (name, key) {
            ("a", "href" | "xlink:href") => LinkKind::Page,
            ("img" | "video" | "audio" | "source" | "script" | "iframe" | "embed", "src") => {
                LinkKind::Resource
            }
            ("link", "href") => LinkKind::Resource,
            _ => return,
        };
        let line = self.context.line(at);
        self.context.page.links.push(Link {
            target: value.to_string(),
            line,
            kind,
        });
    }

    fn end(&mut self, name: &str, (at, out): (usize, &mut String)) {
        match self.open.last() {
            Some(Open::Raw(open, _)) if open == name => {
                self.open.pop();
                *out += &format!("</{name}>");
                if is_block(name) {
                    out.push('\n');
                }
            }
            _ => self.context.warning(
                at,
                format!("HTML end tag `</{name}>` closes nothing here: remove it"),
            ),
        }
    }
}

/// Elements that have no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

/// The byte offset at which a line (1-based) begins.
fn line_start(text: &str, line: u64) -> usize {
    text.split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
        .map(str::len)
        .sum()
}

/// html5ever's tokens of one piece of HTML, each with its line (1-based).
fn tokens(html: &str) -> Vec<(Token, u64)> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
    while let TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
    tokenizer.end();
    tokenizer.sink.tokens.take()
}

#[derive(Default)]
struct Collector {
    tokens: RefCell<Vec<(Token, u64)>>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let result = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                _ => TokenSinkResult::Continue,
            },
            _ => TokenSinkResult::Continue,
        };
        self.tokens.borrow_mut().push((token, line));
        result
    }
}

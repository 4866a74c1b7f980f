//! A chapter's HTML as XHTML: parsed as a browser parses it, so that whatever an author wrote comes out well-formed.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{
    Attribute, LocalName, Namespace, ParseOpts, QualName, local_name, ns, parse_fragment,
};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::document::{Converted, Part};
use super::elements::{Treatment, is_void, keeps, treatment};
use super::names::{Names, Target};
use crate::escape::{escape_attribute, escape_text};

/// Elements nested deeper than this are left out: no book needs them, and each takes room on the stack.
const DEPTH_MAX: usize = 256;

/// Converts the content of a chapter's page.
pub(super) fn converted(html: &str, chapter: usize, names: &Names) -> Converted {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("main"));
    let parser = parse_fragment(RcDom::default(), options, context, Vec::new(), false);
    let dom = parser.one(html);
    let mut writer = Writer {
        chapter,
        names,
        done: Converted::default(),
        text: String::with_capacity(html.len()),
        in_link: false,
    };
    // The fragment stands in an element of its own.
    for root in dom.document.children.borrow().iter() {
        writer.children(root, &ns!(html), 0);
    }
    writer.finished()
}

struct Writer<'a> {
    chapter: usize,
    names: &'a Names<'a>,
    done: Converted,
    /// What was written since the last link.
    text: String,
    in_link: bool,
}

impl Writer<'_> {
    fn finished(mut self) -> Converted {
        self.done.parts.push(Part::Text(self.text));
        self.done
    }

    fn children(&mut self, node: &Handle, space: &Namespace, depth: usize) {
        for child in node.children.borrow().iter() {
            self.node(child, space, depth);
        }
    }

    fn node(&mut self, node: &Handle, space: &Namespace, depth: usize) {
        match &node.data {
            NodeData::Text { contents } => self
                .text
                .push_str(&escape_text(&allowed(&contents.borrow()))),
            NodeData::Element { name, attrs, .. } if depth < DEPTH_MAX => {
                let attributes = attrs.borrow();
                if name.ns == ns!(html) {
                    self.html((node, &name.local), &attributes, (space, depth));
                } else {
                    self.drawing((node, name), &attributes, (space, depth));
                }
            }
            _ => {}
        }
    }

    /// An element of HTML; `space` is that of the element around it.
    fn html(
        &mut self,
        (node, name): (&Handle, &LocalName),
        attributes: &[Attribute],
        (space, depth): (&Namespace, usize),
    ) {
        let value = |wanted: &str| value(attributes, wanted);
        let class = value("class").unwrap_or_default();
        match (&**name, treatment(name, class)) {
            ("img", _) => self.image(attributes),
            ("input", _) => self.text.push_str(field(attributes)),
            ("iframe" | "video" | "audio" | "embed" | "object", _) => {
                self.film(
                    value("src").or(value("data")).unwrap_or_default(),
                    (node, depth),
                );
            }
            (_, Treatment::Drop) => {}
            (_, Treatment::Unwrap) => self.children(node, space, depth + 1),
            (_, Treatment::Keep(written)) => {
                self.text += &format!("<{written}");
                if *space != ns!(html) {
                    self.text += " xmlns=\"http://www.w3.org/1999/xhtml\"";
                }
                self.attributes(written, attributes);
                if matches!(written, "pre" | "code") && self.names.is_right_to_left {
                    // Code runs from left to right in every book; style sheets may not say so here.
                    self.text += " dir=\"ltr\"";
                }
                if is_void(written) {
                    self.text += "/>";
                    return;
                }
                let around = self.in_link;
                if written == "a" && value("href").is_some() {
                    self.link(value("href").unwrap_or_default());
                    self.in_link = true;
                }
                self.text += ">";
                if written == "details" && !has_summary(node) {
                    self.text += "<summary>…</summary>";
                }
                self.children(node, &ns!(html), depth + 1);
                self.text += &format!("</{written}>");
                self.in_link = around;
            }
        }
    }

    /// The attributes that a book for readers may have. An id counts where it stands first.
    fn attributes(&mut self, element: &str, attributes: &[Attribute]) {
        for attribute in attributes {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            if name == "lang" {
                self.attribute("lang", value);
                self.attribute("xml:lang", value);
            }
            let known = name == "id" && self.done.ids.contains(value);
            if keeps(element, name, value) && !known {
                self.attribute(name, value);
                if name == "id" {
                    self.done.ids.insert(value.to_string());
                }
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.text += &format!(" {name}=\"{}\"", escape_attribute(&allowed(value)));
    }

    /// ` href="…"`; nothing for a link that leads nowhere: its words stay.
    fn link(&mut self, address: &str) {
        match self.names.target(self.chapter, address) {
            Target::Nowhere => {}
            Target::Address(address) => self.attribute("href", &address),
            Target::Page(page, id) => {
                self.text += " href=\"";
                let text = std::mem::take(&mut self.text);
                self.done.parts.push(Part::Text(text));
                self.done.parts.push(Part::Link(page, id));
                self.text += "\"";
            }
        }
    }

    /// A picture of the book. One from the web can't be in the file: a link stands for it.
    fn image(&mut self, attributes: &[Attribute]) {
        let source = value(attributes, "src").unwrap_or_default().trim();
        let words = value(attributes, "alt").unwrap_or_default();
        let path = self.names.path(self.chapter, source);
        let picture = path.and_then(|path| Some((self.names.picture(&path)?.0, path)));
        if let Some((name, path)) = picture {
            self.text += &format!("<img src=\"{name}\"");
            if value(attributes, "alt").is_none() {
                self.text += " alt=\"\"";
            }
            self.attributes("img", attributes);
            self.text += "/>";
            self.done.pictures.insert(path);
        } else if let (Target::Address(address), false) =
            (self.names.target(self.chapter, source), self.in_link)
        {
            let words = if words.is_empty() {
                address.as_str()
            } else {
                words
            };
            let words = escape_text(&allowed(words)).into_owned();
            self.text += &format!("<a href=\"{}\">{words}</a>", escape_attribute(&address));
        } else {
            self.text.push_str(&escape_text(&allowed(words)));
        }
    }

    /// A page or a film inside the page: a link to it, or what its author wrote for those who can't see it.
    fn film(&mut self, source: &str, (node, depth): (&Handle, usize)) {
        match self.names.target(self.chapter, source) {
            Target::Address(address) if !self.in_link && !source.is_empty() => {
                let address = escape_attribute(&address);
                self.text += &format!("<a href=\"{address}\">{address}</a>");
            }
            _ => self.children(node, &ns!(html), depth + 1),
        }
    }

    /// An element of SVG or MathML.
    fn drawing(
        &mut self,
        (node, name): (&Handle, &QualName),
        attributes: &[Attribute],
        (space, depth): (&Namespace, usize),
    ) {
        let written = &*name.local;
        if !is_name(written) || written == "script" {
            return;
        }
        self.done.has_svg |= name.ns == ns!(svg);
        self.done.has_math |= name.ns == ns!(mathml);
        self.text += &format!("<{written}");
        if name.ns != *space {
            self.text += &format!(" xmlns=\"{}\"", &*name.ns);
        }
        for attribute in attributes {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            let known = name == "id" && !self.done.ids.insert(value.to_string());
            let scripted = name.starts_with("on") || name.starts_with("data-");
            if known
                || scripted
                || name == "xmlns"
                || attribute.name.ns == ns!(xmlns)
                || !is_name(name)
            {
                continue;
            }
            if attribute.name.ns == ns!(xlink) {
                self.text += " xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
                self.attribute(&format!("xlink:{name}"), value);
            } else {
                self.attribute(name, value);
            }
        }
        self.text += ">";
        self.children(node, &name.ns, depth + 1);
        self.text += &format!("</{written}>");
    }
}

/// Whether what can be unfolded says so; a browser puts a word of its own there.
fn has_summary(node: &Handle) -> bool {
    let is_summary = |child: &Handle| matches!(&child.data, NodeData::Element { name, .. } if &*name.local == "summary");
    node.children.borrow().iter().any(is_summary)
}

fn value<'a>(attributes: &'a [Attribute], wanted: &str) -> Option<&'a str> {
    let mut attributes = attributes.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == wanted);
    found.map(|attribute| &*attribute.value)
}

/// What stands for a field: a box to tick in thought.
fn field(attributes: &[Attribute]) -> &'static str {
    let is_on = value(attributes, "checked").is_some();
    match value(attributes, "type") {
        _ if value(attributes, "class") == Some("unfold") => "",
        Some("checkbox") if is_on => "☑",
        Some("checkbox") => "☐",
        Some("radio") => "○",
        _ => "",
    }
}

/// Whether XML takes a name as it is, without a prefix.
fn is_name(name: &str) -> bool {
    let first = |character: char| character.is_ascii_alphabetic() || character == '_';
    let rest = |character: char| {
        first(character) || character.is_ascii_digit() || matches!(character, '-' | '.')
    };
    name.starts_with(first) && name.chars().all(rest)
}

/// A text without the characters that XML knows not even escaped (XML 1.0, production 2).
fn allowed(text: &str) -> String {
    let is_allowed = |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}

//! What a reader and a link can tell of a page, taken from the parsed document: never from its bytes.

use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page, or what a test compares of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Document {
    /// The text of `<title>`.
    pub(super) title: String,
    /// The text of `<main>`, white space normalised.
    pub(super) text: String,
    /// The text of each `<pre>`, line by line as written.
    pub(super) listings: Vec<String>,
    /// Every id, in order.
    pub(super) ids: Vec<String>,
    /// The `href` and `title` of every `<a>`, in order.
    pub(super) links: Vec<String>,
    /// The `src` and `alt` of every image, in order.
    pub(super) images: Vec<String>,
}

/// Elements that end a word: their text does not touch the text beside them.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "ul",
];

impl Document {
    /// Parses a page.
    pub(super) fn parse(html: &str) -> Document {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let mut document = Document::default();
        if let Some(title) = find(&dom.document, "title") {
            document.title = normalised(&text(&title));
        }
        let mut text = String::new();
        if let Some(main) = find(&dom.document, "main") {
            document.read(&main, &mut text);
            document.text = normalised(&text);
        } else if let Some(body) = find(&dom.document, "body") {
            // A page without `<main>` sends its reader elsewhere: where to is all that matters.
            document.read(&body, &mut text);
            return Document {
                links: document.links,
                ..Document::default()
            };
        }
        document
    }

    /// Reads what stands in an element.
    fn read(&mut self, element: &Handle, text_so_far: &mut String) {
        for child in element.children.borrow().iter() {
            match &child.data {
                NodeData::Text { contents } => text_so_far.push_str(&contents.borrow()),
                NodeData::Element { .. } => self.element(child, text_so_far),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &Handle, text_so_far: &mut String) {
        let name = name(element);
        // mdBook writes each image a second time in this wrapper, for a reader who enlarges it.
        if attribute(element, "class").is_some_and(|class| class == "img-wrapper") {
            return;
        }
        self.ids.extend(attribute(element, "id"));
        match name.as_str() {
            "a" => self.links.extend(described(element, "href", "title")),
            "img" => self.images.extend(described(element, "src", "alt")),
            "pre" => self.listings.push(text(element).trim_end().to_string()),
            _ => {}
        }
        let space = BLOCKS.contains(&name.as_str());
        if space {
            text_so_far.push(' ');
        }
        self.read(element, text_so_far);
        if space {
            text_so_far.push(' ');
        }
    }
}

/// The first element of this name below a node.
fn find(node: &Handle, wanted: &str) -> Option<Handle> {
    for child in node.children.borrow().iter() {
        if name(child) == wanted {
            return Some(child.clone());
        }
        if let Some(found) = find(child, wanted) {
            return Some(found);
        }
    }
    None
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return None;
    };
    let attributes = attrs.borrow();
    let found = attributes
        .iter()
        .find(|attribute| &*attribute.name.local == wanted);
    found.map(|attribute| attribute.value.to_string())
}

/// An address, and after it the words that go with it, where there are any.
fn described(node: &Handle, address: &str, words: &str) -> Option<String> {
    let address = attribute(node, address)?;
    match attribute(node, words) {
        Some(words) => Some(format!("{address} {words:?}")),
        None => Some(address),
    }
}

/// All text below a node, as written.
fn text(node: &Handle) -> String {
    let mut all = String::new();
    if let NodeData::Text { contents } = &node.data {
        all.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        all += &text(child);
    }
    all
}

fn normalised(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

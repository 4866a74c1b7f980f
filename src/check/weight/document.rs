//! A page as a flat list of elements and texts, in the order of the document.

use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element.
pub(super) struct Element {
    /// In small letters.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// Index of the element around it.
    pub(super) parent: Option<usize>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(given, _)| given == name)?;
        Some(value)
    }

    /// Whether a class is given.
    pub(super) fn has_class(&self, class: &str) -> bool {
        let mut given = self
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace();
        given.any(|given| given == class)
    }
}

/// A page.
#[derive(Default)]
pub(super) struct Document {
    /// Each after the element around it.
    pub(super) elements: Vec<Element>,
    /// Texts, each with the index of the element around it.
    pub(super) texts: Vec<(usize, String)>,
}

impl Document {
    /// Parses a page as a browser would.
    pub(super) fn parse(html: &str) -> Document {
        let parsed = parse_document(RcDom::default(), Default::default()).one(html);
        let mut document = Document::default();
        // A stack of our own: pages may be nested deeper than a thread's.
        let mut waiting: Vec<(Handle, Option<usize>)> = vec![(parsed.document.clone(), None)];
        while let Some((node, parent)) = waiting.pop() {
            let inside = document.add(&node, parent);
            let children = node.children.borrow();
            waiting.extend(children.iter().rev().map(|child| (child.clone(), inside)));
        }
        document
    }

    /// Adds a node; the index of the element that its children are in.
    fn add(&mut self, node: &Handle, parent: Option<usize>) -> Option<usize> {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes = attributes.iter().map(|attribute| {
                    (
                        attribute.name.local.to_string(),
                        attribute.value.to_string(),
                    )
                });
                self.elements.push(Element {
                    name: name.local.to_lowercase(),
                    attributes: attributes.collect(),
                    parent,
                });
                Some(self.elements.len() - 1)
            }
            NodeData::Text { contents } => {
                if let Some(parent) = parent {
                    self.texts.push((parent, contents.borrow().to_string()));
                }
                parent
            }
            _ => parent,
        }
    }
}

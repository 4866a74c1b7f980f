//! What a page does with a picture: it reads the SVG once, then applies frames to it. And what the build checks: that no
//! label leaves its box or meets another. Pictures of labs are tested with this, too.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod labels;

/// An element as a page holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Element {
    pub(crate) tag: String,
    /// Sorted by name: their order means nothing.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

/// A page with one picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) svg: Element,
}

impl Page {
    /// Reads what [`scene::Picture::svg`] printed; panics at what no such picture holds.
    pub(crate) fn read(svg: &str) -> Self {
        let mut open = vec![Element::default()];
        for piece in svg.split('<').skip(1) {
            let (inside, text) = piece.split_once('>').expect("a tag ends");
            if let Some(tag) = inside.strip_prefix('/') {
                let done = open.pop().expect("the root");
                assert_eq!(tag, done.tag);
                open.last_mut().expect("the root").children.push(done);
            } else {
                let is_empty = inside.ends_with('/');
                let mut element = read_tag(inside.trim_end_matches('/'));
                element.text = unescaped(text);
                if is_empty {
                    assert_eq!(text, "");
                    open.last_mut().expect("the root").children.push(element);
                } else {
                    open.push(element);
                }
            }
        }
        assert_eq!(open.len(), 1, "every element ends");
        Self {
            svg: open.remove(0).children.remove(0),
        }
    }

    /// The element of that id, if it is shown.
    pub(crate) fn shown(&self, id: &str) -> Option<&Element> {
        fn find<'a>(element: &'a Element, id: &str) -> Option<&'a Element> {
            if element.attribute("display") == Some("none") {
                return None;
            }
            if element.attribute("id") == Some(id) {
                return Some(element);
            }
            element.children.iter().find_map(|child| find(child, id))
        }
        find(&self.svg, id)
    }

    /// How many of the nodes `start-1`, `start-2` … are shown.
    pub(crate) fn count(&self, start: &str) -> usize {
        let shown = |number: &usize| self.shown(&format!("{start}-{number}")).is_some();
        (1..=300).filter(shown).count()
    }

    /// What the label of that id says.
    pub(crate) fn text(&self, id: &str) -> &str {
        self.shown(id).map_or("", |label| &label.text)
    }

    /// Applies a frame as the page's script does. Gives the number of records and how many nodes moved.
    pub(crate) fn apply(&mut self, nodes: &str, frame: &[u8]) -> (usize, usize) {
        let (ids, classes) = nodes.split_once("\n\n").expect("an empty line");
        let ids: Vec<&str> = ids.lines().collect();
        let classes: Vec<&str> = classes.split('\n').collect();
        let (words, rest) = frame.as_chunks::<4>();
        assert!(rest.is_empty(), "whole words");
        let words: Vec<i32> = words.iter().map(|word| i32::from_le_bytes(*word)).collect();
        let (mut at, mut records, mut moves) = (0, 0, 0);
        while at < words.len() {
            let (kind, node) = (words[at], words[at + 1] as usize);
            let arguments = &words[at + 2..];
            let element = find(&mut self.svg, ids[node]).expect("the node is in the picture");
            at += 2 + element.change(kind, arguments, &classes);
            records += 1;
            moves += usize::from(kind == 1);
        }
        (records, moves)
    }
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn change(&mut self, kind: i32, arguments: &[i32], classes: &[&str]) -> usize {
        match kind {
            1 => {
                let (x, y) = (decimal(arguments[0]), decimal(arguments[1]));
                self.set("transform", format!("translate({x} {y})"));
                2
            }
            2 => {
                self.set("class", classes[arguments[0] as usize].to_owned());
                1
            }
            3 => {
                let length = arguments[0] as usize;
                let words = length.div_ceil(4);
                let bytes: Vec<u8> = arguments[1..=words]
                    .iter()
                    .flat_map(|word| word.to_le_bytes())
                    .collect();
                assert!(bytes[length..].iter().all(|byte| *byte == 0));
                self.text = String::from_utf8(bytes[..length].to_vec()).expect("texts are UTF-8");
                1 + words
            }
            4 => {
                self.attributes.retain(|(name, _)| name != "display");
                if arguments[0] == 0 {
                    self.set("display", "none".to_owned());
                }
                1
            }
            5 | 6 => {
                let name = if kind == 5 { "width" } else { "height" };
                self.set(name, decimal(arguments[0]));
                1
            }
            7 => {
                let count = arguments[0] as usize;
                let points = arguments[1..=2 * count].chunks(2);
                let points: Vec<String> = points
                    .map(|point| format!("{},{}", decimal(point[0]), decimal(point[1])))
                    .collect();
                self.set("points", points.join(" "));
                1 + 2 * count
            }
            _ => panic!("a record of kind {kind}"),
        }
    }

    fn set(&mut self, name: &str, value: String) {
        self.attributes.retain(|(known, _)| known != name);
        self.attributes.push((name.to_owned(), value));
        self.attributes.sort();
    }
}

fn find<'a>(element: &'a mut Element, id: &str) -> Option<&'a mut Element> {
    if element.attribute("id") == Some(id) {
        return Some(element);
    }
    element
        .children
        .iter_mut()
        .find_map(|child| find(child, id))
}

fn read_tag(inside: &str) -> Element {
    let (tag, rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut element = Element {
        tag: tag.to_owned(),
        ..Element::default()
    };
    let mut parts = rest.split('"');
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let name = name.trim().trim_end_matches('=').to_owned();
        assert!(element.attribute(&name).is_none(), "{name} twice: {inside}");
        element.attributes.push((name, unescaped(value)));
    }
    element.attributes.sort();
    element
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Hundredths as the contract says that a page prints them, written another way than the library's.
fn decimal(hundredths: i32) -> String {
    let text = format!("{:.2}", f64::from(hundredths) / 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

//! The picture: its nodes, what they show now, and what changed since the page was last told.

use alloc::string::String;
use alloc::vec::Vec;

use crate::element::Element;
use crate::{Point, frame, markup, push_whole};

/// The words that a reader who can't see the picture gets, and the prefix of its ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// The figure's id; all ids in the picture start with it.
    pub id: &'a str,
    /// The title.
    pub title: &'a str,
    /// What the picture shows.
    pub description: &'a str,
}

/// A node whose attributes can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node(pub(crate) u16);

/// A string of classes that nodes of a picture can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(pub(crate) u16);

/// A drawing of which named nodes change. Setting what is already so is no change.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) size: (i32, i32),
    pub(crate) parts: Vec<Part>,
    pub(crate) nodes: Vec<State>,
    pub(crate) classes: Vec<&'static str>,
    changed: Vec<u16>,
}

/// A piece of the drawing, in the order in which it is drawn.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// Markup that never changes.
    Fixed(String),
    /// A node without children.
    Node(u16),
    /// A node with children starts.
    Open(u16),
    /// It ends.
    Close(u16),
}

/// A node as it is now.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) name: String,
    pub(crate) tag: &'static str,
    pub(crate) fixed: String,
    pub(crate) class: u16,
    pub(crate) place: Option<Point>,
    pub(crate) width: Option<i32>,
    pub(crate) height: Option<i32>,
    pub(crate) points: Vec<Point>,
    pub(crate) text: String,
    pub(crate) is_shown: bool,
    /// What changed since the last frame: a bit for each kind of record.
    pub(crate) changes: u8,
}

impl Picture {
    /// An empty picture of so many whole user units.
    #[must_use]
    pub fn new(words: Words<'_>, size: (i32, i32)) -> Self {
        Self {
            id: words.id.into(),
            title: words.title.into(),
            description: words.description.into(),
            size,
            parts: Vec::new(),
            nodes: Vec::new(),
            classes: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Width and height in user units.
    #[must_use]
    pub const fn size(&self) -> (i32, i32) {
        self.size
    }

    /// Draws an element that never changes.
    pub fn draw(&mut self, element: &Element) {
        if !matches!(self.parts.last(), Some(Part::Fixed(_))) {
            self.parts.push(Part::Fixed(String::new()));
        }
        if let Some(Part::Fixed(out)) = self.parts.last_mut() {
            markup::element(out, element);
        }
    }

    /// Draws an element that can change. Its id is the picture's id, a hyphen and `name`, which no other node may have.
    pub fn node(&mut self, name: &str, element: Element) -> Node {
        let node = self.add(name, element);
        self.parts.push(Part::Node(node.0));
        node
    }

    /// Draws `count` nodes that look alike, `name-1` and so on. Each stands a step further than the one before; the first
    /// where the element is placed.
    pub fn pool(&mut self, name: &str, count: usize, (look, step): (&Element, Point)) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(count);
        let mut place = look.0.place.unwrap_or_default();
        let mut id = String::from(name);
        for number in 1..=count {
            id.truncate(name.len());
            id.push('-');
            push_whole(&mut id, number as u64);
            nodes.push(self.node(&id, look.clone().placed(place)));
            place = (place.0 + step.0, place.1 + step.1);
        }
        nodes
    }

    /// Starts a group that can change; what is drawn until [`Picture::close`] is in it.
    pub fn open(&mut self, name: &str, element: Element) -> Node {
        let node = self.add(name, element);
        self.parts.push(Part::Open(node.0));
        node
    }

    /// Ends a group.
    pub fn close(&mut self, group: Node) {
        self.parts.push(Part::Close(group.0));
    }

    /// A string of classes that nodes can be given with [`Picture::set_class`].
    pub fn class(&mut self, classes: &'static str) -> Class {
        let known = self.classes.iter().position(|known| *known == classes);
        let index = known.unwrap_or_else(|| {
            self.classes.push(classes);
            self.classes.len() - 1
        });
        Class(index as u16)
    }

    /// Moves a node to a place.
    pub fn set_place(&mut self, node: Node, place: Point) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.place != Some(place) {
            state.place = Some(place);
            self.mark(node, frame::MOVE);
        }
    }

    /// Gives a node other classes.
    pub fn set_class(&mut self, node: Node, class: Class) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.class != class.0 {
            state.class = class.0;
            self.mark(node, frame::CLASS);
        }
    }

    /// Changes a node's text.
    pub fn set_text(&mut self, node: Node, text: &str) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.text != text {
            state.text.clear();
            state.text.push_str(text);
            self.mark(node, frame::TEXT);
        }
    }

    /// Shows or hides a node.
    pub fn set_shown(&mut self, node: Node, is_shown: bool) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.is_shown != is_shown {
            state.is_shown = is_shown;
            self.mark(node, frame::SHOWN);
        }
    }

    /// Changes a node's width.
    pub fn set_width(&mut self, node: Node, width: i32) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.width != Some(width) {
            state.width = Some(width);
            self.mark(node, frame::WIDTH);
        }
    }

    /// Changes a node's height.
    pub fn set_height(&mut self, node: Node, height: i32) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.height != Some(height) {
            state.height = Some(height);
            self.mark(node, frame::HEIGHT);
        }
    }

    /// Changes the points of a polyline or polygon.
    pub fn set_points(&mut self, node: Node, points: &[Point]) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.points != points {
            state.points.clear();
            state.points.extend_from_slice(points);
            self.mark(node, frame::POINTS);
        }
    }

    /// The whole picture as it is now: one `<svg>` element.
    #[must_use]
    pub fn svg(&self) -> String {
        markup::svg(self)
    }

    /// The ids of the nodes, one a line, in the order of their numbers; an empty line; the strings of classes, one a line.
    #[must_use]
    pub fn nodes(&self) -> String {
        let mut out = String::new();
        for state in &self.nodes {
            markup::push_id(&mut out, &self.id, &state.name);
            out.push('\n');
        }
        for class in &self.classes {
            out.push('\n');
            out.push_str(class);
        }
        out
    }

    /// Appends the changes since the last frame as records of little-endian words, and forgets them.
    pub fn frame(&mut self, out: &mut Vec<u8>) {
        for index in &self.changed {
            let state = &mut self.nodes[usize::from(*index)];
            frame::push_records(out, *index, state);
            state.changes = 0;
        }
        self.changed.clear();
    }

    /// Forgets the changes without telling them: whoever has just got [`Picture::svg`] knows them.
    pub fn forget_changes(&mut self) {
        for index in &self.changed {
            self.nodes[usize::from(*index)].changes = 0;
        }
        self.changed.clear();
    }

    fn add(&mut self, name: &str, element: Element) -> Node {
        let element = *element.0;
        let class = self.class(element.class).0;
        self.nodes.push(State {
            name: name.into(),
            tag: element.tag,
            fixed: element.fixed,
            class,
            place: element.place,
            width: element.width,
            height: element.height,
            points: element.points,
            text: element.text,
            is_shown: element.is_shown,
            changes: 0,
        });
        Node((self.nodes.len() - 1) as u16)
    }

    fn mark(&mut self, node: Node, kind: u8) {
        let state = &mut self.nodes[usize::from(node.0)];
        if state.changes == 0 {
            self.changed.push(node.0);
        }
        state.changes |= 1 << kind;
    }
}

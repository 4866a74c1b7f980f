//! SVG that an author drew: checked element by element and written anew, so that nothing unchecked
//! comes through.

use roxmltree::{Attribute, Document, Node};

use super::element::{Element, Frame, open_picture};
use super::references::Ids;
use super::svg_rules::{self, Verdict};
use super::{FigureError, Picture, Words, tokens};
use crate::escape::escape_attribute;

/// How deep elements may stand in each other; what reads them here calls itself for each level.
const DEEPEST: usize = 40;

/// What the root element of an author's SVG says about the frame; ours says it anew.
const FRAME_ATTRIBUTES: [&str; 7] = [
    "id",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "preserveAspectRatio",
];

/// Checks and rewrites an author's SVG.
pub(super) fn draw(source: &str, words: &Words) -> Result<Picture, FigureError> {
    let document = Document::parse(source).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or(1).max(1);
        let message = match error {
            roxmltree::Error::DtdDetected => {
                "a <!DOCTYPE> is not allowed in a figure: remove it".to_owned()
            }
            other => format!("the SVG can't be read: {other}"),
        };
        FigureError::new(line, message)
    })?;
    let ids =
        Ids::read(&document, words.id).map_err(|(at, message)| at_byte(&document, at, message))?;
    let rewriter = Rewriter {
        document: &document,
        ids,
    };
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(rewriter.fault(&root, "the outermost element must be <svg>"));
    }
    let frame = rewriter.frame(&root)?;
    let mut out = open_picture(words, &frame);
    let mut group = Element::new("g");
    rewriter.attributes(&root, &mut group)?;
    group.open(&mut out);
    rewriter.children(&root, &mut out)?;
    group.close(&mut out);
    out.push_str("</svg>");
    Ok(Picture {
        svg: out,
        width: frame.width,
        height: frame.height,
    })
}

fn at_byte(document: &Document, byte: usize, message: impl Into<String>) -> FigureError {
    let line = usize::try_from(document.text_pos_at(byte).row).unwrap_or(1);
    FigureError::new(line, message)
}

struct Rewriter<'a> {
    document: &'a Document<'a>,
    ids: Ids<'a>,
}

impl Rewriter<'_> {
    fn fault(&self, node: &Node, message: impl Into<String>) -> FigureError {
        at_byte(self.document, node.range().start, message)
    }

    fn attribute_fault(&self, attribute: &Attribute, message: impl Into<String>) -> FigureError {
        at_byte(self.document, attribute.range().start, message)
    }

    /// The picture's frame, from `viewBox` or from `width` and `height`.
    fn frame(&self, root: &Node) -> Result<Frame, FigureError> {
        let length = |name: &str| {
            let value = root
                .attribute(name)?
                .trim()
                .trim_end_matches("px")
                .parse()
                .ok();
            value.filter(|value: &f64| value.is_finite() && *value > 0.0)
        };
        let numbers = root.attribute("viewBox").map(|view| {
            let parts = view
                .split([' ', ',', '\n', '\t'])
                .filter(|part| !part.is_empty());
            parts
                .map(|part| part.parse().unwrap_or(f64::NAN))
                .collect::<Vec<f64>>()
        });
        let view = match (numbers.as_deref(), length("width"), length("height")) {
            (Some(&[x, y, width, height]), ..) => [x, y, width, height],
            (None, Some(width), Some(height)) => [0.0, 0.0, width, height],
            _ => [f64::NAN; 4],
        };
        let [_, _, view_width, view_height] = view;
        if view.iter().any(|number| !number.is_finite()) || view_width <= 0.0 || view_height <= 0.0
        {
            let message = "the <svg> has no size: give it viewBox=\"0 0 WIDTH HEIGHT\"";
            return Err(self.fault(root, message));
        }
        // The height follows the viewBox: a picture is never squeezed.
        let width = length("width").unwrap_or(view_width);
        Ok(Frame {
            view,
            width,
            height: width * view_height / view_width,
        })
    }

    fn children(&self, node: &Node, out: &mut String) -> Result<(), FigureError> {
        let keeps_text = matches!(node.tag_name().name(), "text" | "tspan" | "title" | "desc");
        for child in node.children() {
            if child.is_element() {
                self.element(&child, out)?;
            } else if child.is_text() && keeps_text {
                out.push_str(&escape_attribute(child.text().unwrap_or_default()));
            }
        }
        Ok(())
    }

    fn element(&self, node: &Node, out: &mut String) -> Result<(), FigureError> {
        let name = node.tag_name().name();
        let verdict = svg_rules::element(node.tag_name().namespace(), name);
        if verdict.map_err(|message| self.fault(node, message))? == Verdict::Drop {
            return Ok(());
        }
        if node.ancestors().count() > DEEPEST {
            return Err(self.fault(
                node,
                "the elements are nested too deeply: flatten the groups",
            ));
        }
        let parent = node.parent().filter(Node::is_element);
        let is_top = parent.is_some_and(|parent| parent == self.document.root_element());
        if is_top && matches!(name, "title" | "desc") {
            // The caption and the description of the figure take their place.
            return Ok(());
        }
        if name == "text" {
            self.refuse_unmeasured_text(node)?;
        }
        let mut element = Element::new(name);
        if name == "text" {
            element.class("label");
        }
        self.attributes(node, &mut element)?;
        element.open(out);
        self.children(node, out)?;
        element.close(out);
        Ok(())
    }

    /// Text in what is drawn elsewhere, perhaps twice and moved, could not be measured.
    fn refuse_unmeasured_text(&self, node: &Node) -> Result<(), FigureError> {
        let hidden = node
            .ancestors()
            .map(|ancestor| ancestor.tag_name().name())
            .find(|name| matches!(*name, "defs" | "symbol" | "marker" | "clipPath" | "pattern"));
        match hidden {
            Some(name) => Err(self.fault(
                node,
                format!("text inside <{name}> can't be measured: put it into the drawing itself"),
            )),
            None => Ok(()),
        }
    }

    fn attributes(&self, node: &Node, element: &mut Element) -> Result<(), FigureError> {
        let is_root = *node == self.document.root_element();
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let is_plain = attribute.namespace().is_none();
            if is_plain && is_root && FRAME_ATTRIBUTES.contains(&name) {
                continue;
            }
            match name {
                "id" if is_plain => element.attribute("id", self.ids.prefixed(value)),
                "class" if is_plain => self.classes(node, &attribute, element)?,
                _ => {
                    let verdict =
                        svg_rules::attribute(attribute.namespace(), name, value, &self.ids);
                    let verdict =
                        verdict.map_err(|message| self.attribute_fault(&attribute, message))?;
                    if let Verdict::Keep(value) = verdict {
                        element.attribute(name, value);
                    }
                }
            }
        }
        Ok(())
    }

    fn classes(
        &self,
        node: &Node,
        attribute: &Attribute,
        element: &mut Element,
    ) -> Result<(), FigureError> {
        let is_text = matches!(node.tag_name().name(), "text" | "tspan");
        for class in attribute.value().split_whitespace() {
            if !tokens::is_known_class(class) {
                let message = format!(
                    "the class `{class}` means nothing in a figure: use label, mono, f-TOKEN \
                        (fill) and s-TOKEN (stroke) with one of {}",
                    tokens::names()
                );
                return Err(self.attribute_fault(attribute, message));
            }
            if !is_text && matches!(class, "label" | "mono") {
                let message =
                    format!("the class `{class}` stands on <text> or <tspan>: move it there");
                return Err(self.attribute_fault(attribute, message));
            }
            element.class(class);
        }
        Ok(())
    }
}

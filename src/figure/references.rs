//! Ids of an author's SVG and the references to them, made unique in the page by the figure's id.

use std::collections::HashSet;

use roxmltree::Document;

/// The ids that a document defines, and the prefix that they get.
pub(super) struct Ids<'a> {
    known: HashSet<&'a str>,
    prefix: &'a str,
}

impl<'a> Ids<'a> {
    /// Reads the ids of all elements below the root.
    ///
    /// # Errors
    /// Gives the byte and the name of an id that stands twice or can't be referred to.
    pub(super) fn read(document: &'a Document, prefix: &'a str) -> Result<Self, (usize, String)> {
        let mut known = HashSet::new();
        let inside = document.root_element().descendants().skip(1);
        for attribute in inside.filter_map(|node| node.attribute_node("id")) {
            let id = attribute.value();
            let at = attribute.range().start;
            let is_plain = id
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
            if id.is_empty() || !is_plain || id.starts_with('-') {
                return Err((
                    at,
                    format!("`{id}` can't be an id: use letters, digits and hyphens"),
                ));
            }
            if !known.insert(id) {
                return Err((at, format!("the id `{id}` stands twice: rename one")));
            }
        }
        Ok(Self { known, prefix })
    }

    /// The id as it stands in the page.
    pub(super) fn prefixed(&self, id: &str) -> String {
        format!("{}-{id}", self.prefix)
    }

    /// `#id`, rewritten.
    pub(super) fn href(&self, value: &str) -> Result<String, String> {
        let Some(id) = value.trim().strip_prefix('#') else {
            return Err(format!(
                "`{value}` lies outside the figure, and a page loads nothing from elsewhere: \
                    draw it here, or put a link in the caption"
            ));
        };
        self.known(id).map(|id| format!("#{}", self.prefixed(id)))
    }

    /// A value with every `url(#id)` rewritten.
    pub(super) fn with_urls(&self, value: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = value;
        while let Some((before, after)) = rest.split_once("url(") {
            let (inside, after) = after
                .split_once(')')
                .ok_or("`url(` is never closed: write url(#id)")?;
            let target = inside.trim().trim_matches(['"', '\'']).trim();
            out.push_str(before);
            out.push_str(&format!("url({})", self.href(target)?));
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn known<'b>(&self, id: &'b str) -> Result<&'b str, String> {
        if self.known.contains(id) {
            Ok(id)
        } else {
            Err(format!(
                "nothing in the figure has the id `{id}`: correct the reference"
            ))
        }
    }
}

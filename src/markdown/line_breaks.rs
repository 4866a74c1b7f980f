//! Which elements begin and end a line of HTML. mdBook writes the same ones so; without it, words on both sides of an
//! element would run together in the page's text.

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 18] = [
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
    "aside",
];

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    let heading = name.len() == 2 && matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
    heading || BLOCKS.contains(&name)
}

/// Whether HTML begins with the start of such an element.
pub(super) fn begins_block(html: &str) -> bool {
    let Some(inside) = html.strip_prefix('<') else {
        return false;
    };
    let end = inside
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    is_block(&inside[..end])
}

/// Begins a new line, if one is not just begun.
pub(super) fn break_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_from_phrases() {
        assert!(
            begins_block("<div class=\"code\">")
                && begins_block("<h2 id=\"x\">")
                && begins_block("<p>")
        );
        assert!(
            !begins_block("<a href=\"x\">") && !begins_block("text") && !begins_block("<header>")
        );
    }
}

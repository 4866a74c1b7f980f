//! Large HTML that a template only places. The template engine would copy it into its JSON, again for each partial and again
//! into what it writes: so templates get a marker in its stead, and the HTML is put in afterwards.

/// What stands for the content of `<main>` while a template is rendered.
pub const CONTENT: &str = "\u{2}content\u{3}";

/// What stands for the table of contents.
pub const SIDEBAR: &str = "\u{2}sidebar\u{3}";

/// The first character of every marker; no text of a book may have it, as HTML does not know it.
const START: char = '\u{2}';

/// A marker, and the pieces of HTML that come in its place.
pub type Placed<'a> = (&'static str, &'a [&'a str]);

/// Puts HTML in the place of each marker.
pub(super) fn splice(rendered: &str, placed: &[Placed]) -> String {
    let inserted = placed.iter().flat_map(|(_, pieces)| *pieces);
    let size = rendered.len() + inserted.map(|piece| piece.len()).sum::<usize>();
    let mut html = String::with_capacity(size);
    let mut parts = rendered.split(START);
    html.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let found = placed
            .iter()
            .find_map(|(marker, pieces)| Some((part.strip_prefix(&marker[1..])?, pieces)));
        match found {
            Some((rest, pieces)) => {
                html.extend(pieces.iter().copied());
                html.push_str(rest);
            }
            None => {
                html.push(START);
                html.push_str(part);
            }
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_give_way_to_html_that_is_not_looked_into() {
        let rendered = format!("<nav>{SIDEBAR}</nav><main>{CONTENT}</main>{SIDEBAR}.");
        let content = ["a", CONTENT, "b"];
        assert_eq!(
            splice(&rendered, &[(CONTENT, &content), (SIDEBAR, &["list"])]),
            format!("<nav>list</nav><main>a{CONTENT}b</main>list.")
        );
    }

    #[test]
    fn a_marker_without_html_stays() {
        assert_eq!(splice("a\u{2}b", &[]), "a\u{2}b");
    }
}

//! The first page of the book: its title, and who wrote it.

use super::document::document;
use super::{date, shown_title};
use crate::book::Book;
use crate::escape::{escape_attribute, escape_text};

/// The page as a document.
pub(super) fn xhtml(book: &Book) -> String {
    let settings = &book.settings;
    let title = shown_title(book);
    let mut body = format!(
        "<section class=\"title-page\"><h1>{}</h1>\n",
        escape_text(title)
    );
    let mut paragraph = |class: &str, text: &str| {
        body += &format!("<p class=\"{class}\">{}</p>\n", escape_text(text));
    };
    if let Some(subtitle) = &settings.labbook.subtitle {
        paragraph("subtitle", subtitle);
    }
    if !settings.authors.is_empty() {
        paragraph("authors", &settings.authors.join(", "));
    }
    if let Some(description) = &settings.description {
        paragraph("description", description);
    }
    if book
        .chapters
        .iter()
        .any(|chapter| chapter.modified.is_some())
    {
        paragraph("date", date::of(book));
    }
    if let Some(url) = settings.public_url() {
        let url = escape_attribute(&url);
        body += &format!("<p class=\"origin\"><a href=\"{url}\">{url}</a></p>\n");
    }
    document(book, title, &(body + "</section>"))
}

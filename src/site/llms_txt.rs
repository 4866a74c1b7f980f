//! llms.txt: what the book is and where its chapters are, in the form that llmstxt.org describes.

use super::{Content, Site};
use crate::book::{Book, Item};
use crate::downloads::paths;

/// Its path in the site.
const PATH: &str = "llms.txt";

/// Adds it. What the author put there stays.
pub(super) fn add(book: &Book, site: &mut Site) {
    if book.settings.labbook.has_llms_txt() {
        site.files
            .entry(PATH.to_string())
            .or_insert_with(|| Content::Bytes(text(book).into_bytes()));
    }
}

fn text(book: &Book) -> String {
    let settings = &book.settings;
    let title = match settings.title.as_str() {
        "" => "Book",
        title => title,
    };
    let mut text = format!("# {}\n", one_line(title));
    if let Some(description) = &settings.description {
        text += &format!("\n> {}\n", one_line(description));
    }
    text += "\nEvery page is plain HTML that needs no script; what a chapter says stands in its `<main>` element.\n";
    let base = settings.public_url().unwrap_or_default();
    let mut heading = Some("Chapters".to_string());
    for item in &book.items {
        match item {
            Item::Part(title) => heading = Some(one_line(title)),
            Item::Separator | Item::Chapter { chapter: None, .. } => {}
            Item::Chapter {
                name,
                number,
                chapter: Some(index),
                ..
            } => {
                if let Some(heading) = heading.take() {
                    text += &format!("\n## {heading}\n\n");
                }
                let chapter = &book.chapters[*index];
                let number = number.as_ref().map(|number| format!("{number} "));
                let name = number.unwrap_or_default() + &one_line(name);
                text += &line(&name, &format!("{base}{}", chapter.path));
                if let Some(description) = &chapter.front_matter.description {
                    text += &format!(": {}", one_line(description));
                }
                text += "\n";
            }
        }
    }
    text + &optional(book, &base)
}

/// The whole book at once; a reader of chapters can leave it out.
fn optional(book: &Book, base: &str) -> String {
    let print = book.settings.html.print.enable;
    let print = print.then(|| ("The whole book on one page".into(), "print.html".into()));
    let files = paths(&book.settings).into_iter();
    let files = files.map(|(kind, path)| (format!("The whole book as {}", kind.name()), path));
    let lines: Vec<String> = print
        .into_iter()
        .chain(files)
        .map(|(name, path): (String, String)| line(&name, &format!("{base}{path}")) + "\n")
        .collect();
    if lines.is_empty() {
        String::new()
    } else {
        format!("\n## Optional\n\n{}", lines.concat())
    }
}

/// One link of a list.
fn line(name: &str, address: &str) -> String {
    let name = name.replace('[', "\\[").replace(']', "\\]");
    let address = address
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29");
    format!("- [{name}]({address})")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

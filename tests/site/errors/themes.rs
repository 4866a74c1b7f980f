//! Themes that replace a part of the default one.

use super::book;
use crate::harness::Book;
use crate::program::refused_at;

fn page(template: &str) -> Book {
    book()
        .settings("[output.labbook]\ntheme = \"theme\"\n")
        .file("theme/templates/page.hbs", template)
}

#[test]
fn templates() {
    let place = "theme/templates/page.hbs:2";
    refused_at(page("<html>\n{{#if title}}"), place, &["{{/if}}"]);
    refused_at(page("<html>\n{{#if title}}{{/each}}"), place, &["{{/if}}"]);
    refused_at(page("<html>\n{{titel}}"), place, &["`titel`", "`title`"]);
    refused_at(
        page("<html>\n{{site.titel}}"),
        place,
        &["`site.titel`", "`language`"],
    );
    refused_at(page("<html>\n{{asset \"x.css\"}}"), place, &["`x.css`"]);
    refused_at(page("<html>\n{{nope title}}"), place, &["`nope`"]);
    refused_at(page("<html>\n{{> nope}}"), place, &["`templates/nope.hbs`"]);
}

#[test]
fn fonts() {
    refused_at(
        page("").file("theme/fonts/inter.ttf", "x"),
        "theme/fonts",
        &["TrueType"],
    );
}

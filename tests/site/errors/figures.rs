//! Figures, and the directives that read a file of their own.

use super::below_front_matter;
use crate::harness::Book;
use crate::program::refused_at;

const START: &str = "id = \"x\"\ncaption = \"c\"\ndescription = \"d\"\n";

fn block(toml: &str) -> Book {
    Book::with(&format!("# One\n\n```figure\n{toml}\n```\n"))
}

fn picture(name: &str, text: &str) -> Book {
    block(&format!("{START}source = \"figures/{name}\"")).file(&format!("src/figures/{name}"), text)
}

fn svg(inside: &str) -> Book {
    picture(
        "x.svg",
        &format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\n{inside}</svg>"
        ),
    )
}

#[test]
fn the_block() {
    refused_at(block("id = "), "src/one.md:4", &["figure"]);
    refused_at(
        block(&format!("{START}sorce = \"x\"")),
        "src/one.md:7",
        &["`sorce`", "`source`"],
    );
    refused_at(
        block("caption = \"c\"\ndescription = \"d\""),
        "src/one.md:4",
        &["missing field `id`"],
    );
    refused_at(block(START), "src/one.md:3", &["exactly one of"]);
    let twice = format!("{START}live = \"y\"\n```\n\n```figure\n{START}live = \"z\"");
    refused_at(block(&twice), "src/one.md:10", &["`x` stands twice"]);
}

#[test]
fn the_source() {
    let source = |name: &str| block(&format!("{START}source = \"{name}\""));
    refused_at(
        source("figures/x.svg"),
        "src/one.md:3",
        &["src/figures/x.svg", "create it"],
    );
    refused_at(
        source("../x.svg").file("x.svg", ""),
        "src/one.md:3",
        &["outside the book"],
    );
    refused_at(source("/etc/x.svg"), "src/one.md:3", &["outside the book"]);
    refused_at(
        source("x.png").bytes("src/x.png", b""),
        "src/one.md:3",
        &[".pikchr nor .svg"],
    );
}

#[cfg(unix)]
#[test]
fn a_source_that_is_a_link_out_of_the_book() {
    refused_at(
        block(&format!("{START}source = \"x.svg\"")).link("src/x.svg", "/etc/hosts"),
        "src/one.md:3",
        &["leads out"],
    );
}

#[test]
fn drawings() {
    refused_at(
        picture("x.pikchr", "box \"a\"\nbx \"b\"\n"),
        "src/one.md:3",
        &["src/figures/x.pikchr:2: Pikchr", "`bx` is not an object"],
    );
    refused_at(
        picture("x.pikchr", "box \"a\"\n\nbox color blue \"b\"\n"),
        "src/one.md:3",
        &["src/figures/x.pikchr:3: `blue`", "hot"],
    );
    refused_at(
        svg("<script>alert(1)</script>"),
        "src/one.md:3",
        &["src/figures/x.svg:2", "script"],
    );
    refused_at(
        svg("<rect onclick=\"x()\"/>"),
        "src/one.md:3",
        &["src/figures/x.svg:2", "onclick"],
    );
    refused_at(
        svg("<image href=\"https://example.org/x.png\"/>"),
        "src/one.md:3",
        &["src/figures/x.svg:2"],
    );
    refused_at(
        picture(
            "x.svg",
            "<!DOCTYPE s [<!ENTITY a SYSTEM \"/etc/passwd\">]>\n<svg/>",
        ),
        "src/one.md:3",
        &["src/figures/x.svg:1", "DOCTYPE"],
    );
}

#[test]
fn directives() {
    let quiz =
        |toml: &str| below_front_matter("# One\n\n{{#quiz q.toml}}\n").file("src/q.toml", toml);
    refused_at(
        quiz("[[questions]]\ntype = \"Foo\"\n"),
        "src/one.md:6",
        &["src/q.toml:2", "`Foo`"],
    );
    refused_at(
        quiz("[[questions]]\n\ntype = \n"),
        "src/one.md:6",
        &["src/q.toml:3", "TOML"],
    );
    refused_at(
        quiz("").without("src/q.toml"),
        "src/one.md:6",
        &["src/q.toml", "create it"],
    );
    refused_at(
        Book::with("{{#lab 03}}\n"),
        "src/one.md:1",
        &["`03`", "labs = \"labs\""],
    );
    refused_at(
        Book::with("It took {{#measured lab-03.a.b.c}}.\n"),
        "src/one.md:1",
        &["`lab-03`"],
    );
}

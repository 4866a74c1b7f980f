//! The content security policy: on every page that it would not harm, and never silently in an author's way.

use crate::harness::{Book, Site};

const OWN: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#x27;self&#x27;; script-src &#x27;self&#x27; &#x27;wasm-unsafe-eval&#x27;\">";
const STYLED: &str = "# One\n\nText.\n\n<p style=\"color: red\">red</p>\n";

fn has_policy(site: &Site, page: &str) -> bool {
    site.page(page).html.contains("Content-Security-Policy")
}

fn two_chapters(one: &str) -> Book {
    Book::with(one)
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", "# Two\n")
}

#[test]
fn every_page_of_a_harmless_book_has_it() {
    let book = Book::with("# One\n\n![own](own.png)\n\n[away](https://example.org)\n");
    let site = book
        .settings("[output.html.redirect]\n\"/old.html\" = \"one.html\"\n")
        .file("src/own.png", "")
        .build();
    for page in ["one", "index", "print", "toc", "404", "old"] {
        site.page(page).has(OWN);
    }
    assert_eq!(site.notes(), "");
}

#[test]
fn a_page_that_it_would_harm_goes_without_and_the_author_is_told() {
    let site = two_chapters(STYLED).build();
    assert!(!has_policy(&site, "one"));
    assert!(!has_policy(&site, "index"), "it is the same chapter");
    assert!(
        !has_policy(&site, "print"),
        "the whole book holds that chapter"
    );
    assert!(has_policy(&site, "two"));
    assert_eq!(
        site.notes(),
        "src/one.md:5: `style=\"color: red\" of <p>` would be blocked by a content security policy, so this page has no such policy (`content-security-policy` in [output.labbook] decides)"
    );
    assert_eq!(site.problems(), "", "it is no fault of the book");
}

#[test]
fn a_book_that_asks_for_it_hears_what_it_blocks() {
    let one = "+++\ndescription = \"x\"\n+++\n# One\n\n![far](https://example.org/a.png)\n\n<div onclick=\"go()\">x</div>\n";
    let site = two_chapters(one)
        .settings("[output.labbook]\ncontent-security-policy = true\n")
        .build();
    site.page("one").has(OWN);
    let warnings = site.warnings();
    let lines: Vec<&str> = warnings.lines().collect();
    assert!(lines[0].starts_with("src/one.md:6: `image https://example.org/a.png` is blocked by the content security policy: move"), "{warnings}");
    assert!(
        lines[1].starts_with("src/one.md:8: `onclick=\"go()\" of <div>` is blocked"),
        "{warnings}"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn an_authors_own_policy_is_judged_as_it_is() {
    let policy = "[output.labbook]\ncontent-security-policy = \"default-src 'self' 'unsafe-inline'; img-src 'self' https://example.org\"\n";
    let site = two_chapters("# One\n\n<p style=\"x\">a</p>\n\n![far](https://example.org/a.png)\n\n![farther](https://example.com/a.png)\n")
        .settings(policy)
        .build();
    site.page("two")
        .has("content=\"default-src &#x27;self&#x27; &#x27;unsafe-inline&#x27;; img-src &#x27;self&#x27; https://example.org\"");
    let warnings = site.warnings();
    assert_eq!(warnings.lines().count(), 1, "{warnings}");
    assert!(
        warnings.starts_with("src/one.md:7: `image https://example.com/a.png`"),
        "{warnings}"
    );
}

#[test]
fn it_can_be_switched_off() {
    let site = two_chapters(STYLED)
        .settings("[output.labbook]\ncontent-security-policy = false\n")
        .build();
    assert!(!has_policy(&site, "two"));
    assert_eq!(site.notes(), "");
}

#[test]
fn scripts_of_the_author_keep_it_away_unless_he_asks_for_it() {
    let book = || two_chapters("# One\n").file("src/own.js", "go();");
    let scripts = "[output.html]\nadditional-js = [\"src/own.js\"]\n";
    let site = book().settings(scripts).build();
    assert!(!has_policy(&site, "two"));
    assert!(
        site.notes()
            .starts_with("book.toml:4: what the scripts of `additional-js` do cannot be known"),
        "{}",
        site.notes()
    );
    let asked = format!("{scripts}[output.labbook]\ncontent-security-policy = true\n");
    let site = book().settings(&asked).build();
    assert!(has_policy(&site, "two"));
    assert_eq!(site.notes() + &site.warnings(), "");
}

#[test]
fn style_sheets_and_templates_are_looked_at_too() {
    let site = two_chapters("# One\n")
        .settings(
            "[output.html]\nadditional-css = [\"own.css\"]\n[output.labbook]\ntheme = \"theme\"\n",
        )
        .file(
            "own.css",
            "p {}\nq { background: url(\"https://example.org/a.png\") }\n",
        )
        .file(
            "theme/templates/partials/origin.hbs",
            "<p>\n<b style=\"x\">x</b></p>",
        )
        .build();
    assert!(!has_policy(&site, "two"));
    let notes = site.notes();
    assert!(
        notes.contains("own.css:2: `https://example.org/a.png` would be blocked"),
        "{notes}"
    );
    assert!(
        notes.contains(
            "theme/templates/partials/origin.hbs:2: `style=\"x\" of <b>` would be blocked"
        ),
        "{notes}"
    );
}

#[test]
fn a_page_for_what_is_not_there_is_judged_like_any_other() {
    let site = two_chapters("# One\n").file("src/404.md", STYLED).build();
    assert!(!has_policy(&site, "404"));
    assert!(has_policy(&site, "one"));
    assert!(
        site.notes().starts_with("src/404.md:5:"),
        "{}",
        site.notes()
    );
}

#[test]
fn a_setting_that_is_no_policy_is_refused() {
    for (value, reason) in [
        ("\"\"", "an empty policy: write `false` for none"),
        (
            "\"default-src 'självt'\"",
            "`ä` may not stand in a policy: write it in ASCII",
        ),
        ("7", "`true`, `false` or a policy in quotes"),
    ] {
        let settings = format!("[output.labbook]\ncontent-security-policy = {value}\n");
        let message = Book::with("# One").settings(&settings).fails();
        assert!(
            message.starts_with("book.toml:4: ") && message.contains(reason),
            "{message}"
        );
    }
}

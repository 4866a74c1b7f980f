//! book.toml, and what it names: files, folders, redirects, preprocessors.

use super::book;
use crate::program::refused_at;

#[test]
fn one_that_is_missing_or_unreadable() {
    refused_at(
        book().without("book.toml"),
        "book.toml",
        &["labbook build PATH"],
    );
    refused_at(
        book().bytes("book.toml", b"\xff\xfe"),
        "book.toml",
        &["UTF-8"],
    );
    refused_at(
        book().without("book.toml").file("book.toml/x", ""),
        "book.toml",
        &["directory"],
    );
}

#[test]
fn what_is_not_toml_and_values_of_a_wrong_type() {
    refused_at(book().settings("x = \n"), "book.toml:3", &["expected"]);
    refused_at(
        book().file("book.toml", "[book]\n\ntitle = 3\n"),
        "book.toml:3",
        &["a string"],
    );
    refused_at(
        book().settings("[output.html]\nsmart-punctuation = \"yes\"\n"),
        "book.toml:4",
        &["`output.html.smart-punctuation`", "expected a boolean"],
    );
    refused_at(
        book().settings("[output.html.fold]\n\nenable = 3\n"),
        "book.toml:5",
        &["`output.html.fold.enable`", "expected a boolean"],
    );
    refused_at(
        book().settings("[output.html]\nfold = 3\n"),
        "book.toml:4",
        &["expected a table"],
    );
    refused_at(
        book().settings("[output.labbook]\nmath = \"yes\"\n"),
        "book.toml:4",
        &["`output.labbook.math`", "expected a boolean"],
    );
    refused_at(
        book().file("book.toml", "output = 3\n"),
        "book.toml:1",
        &["must be a table"],
    );
    refused_at(
        book().settings("[preprocessor.x]\nbefore = 3\n"),
        "book.toml:4",
        &["expected an array"],
    );
}

#[test]
fn keys_that_nobody_knows() {
    refused_at(
        book().settings("titel = \"x\"\n"),
        "book.toml:3",
        &["`titel`", "`title`"],
    );
    refused_at(
        book().settings("[outptu.html]\n"),
        "book.toml:3",
        &["`outptu`", "`output`"],
    );
    let site = book()
        .settings("[output.html]\nfoo = 1\n[output.html.fold]\nenabel = true\n[output.labbook]\nmaths = true\n[output.labbok]\n")
        .build();
    let mut warnings: Vec<String> = site.warnings().lines().map(str::to_string).collect();
    warnings.sort();
    let starts = [
        "book.toml:4: `foo`",
        "book.toml:6: `fold.enabel`",
        "book.toml:8: `maths`",
        "book.toml:9: [output.labbok]",
    ];
    assert_eq!(warnings.len(), starts.len(), "{warnings:?}");
    for (warning, start) in warnings.iter().zip(starts) {
        assert!(warning.starts_with(start), "{warning}");
    }
}

#[test]
fn files_and_folders_that_are_missing_or_outside() {
    let css = |path: &str| {
        book().settings(&format!(
            "[output.html]\nadditional-css = [\n  \"{path}\",\n]\n"
        ))
    };
    refused_at(css("x.css"), "book.toml:5", &["`x.css`", "create it"]);
    refused_at(css("../x.css"), "book.toml:5", &["leaves the book"]);
    refused_at(css("/etc/passwd"), "book.toml:5", &["leaves the book"]);
    let theme = |path: &str| book().settings(&format!("[output.labbook]\ntheme = \"{path}\"\n"));
    refused_at(theme("theme"), "book.toml:4", &["`theme`", "is not there"]);
    refused_at(theme("/"), "book.toml:4", &["outside the book"]);
    let source = |path: &str| book().settings(&format!("src = \"{path}\"\n"));
    refused_at(
        source("chapters"),
        "book.toml:3",
        &["`chapters`", "is not there"],
    );
    refused_at(source("../.."), "book.toml:3", &["outside the book"]);
    refused_at(
        book().settings("[output.html]\ninput-404 = \"lost.md\"\n"),
        "src/lost.md",
        &["create it"],
    );
}

#[cfg(unix)]
#[test]
fn links_on_disk_do_not_lead_out() {
    refused_at(
        book()
            .settings("[output.html]\nadditional-css = [\"x.css\"]\n")
            .link("x.css", "/etc/passwd"),
        "book.toml:4",
        &["leads out"],
    );
    let site = book()
        .link("src/everything", "/")
        .link("src/hosts", "/etc/hosts")
        .build();
    assert!(!site.has("hosts") && !site.has("everything/etc/hosts"));
    assert_eq!(site.warnings().matches("leads out of the book").count(), 2);
}

#[test]
fn redirects() {
    let redirect = |from: &str| {
        book().settings(&format!(
            "[output.html.redirect]\n\"{from}\" = \"one.html\"\n"
        ))
    };
    refused_at(
        redirect("/one.html"),
        "book.toml:4",
        &["is a page of this book"],
    );
    refused_at(
        redirect("/two.html#part"),
        "book.toml:4",
        &["`/two.html`", "add"],
    );
    refused_at(redirect("/../x.html"), "book.toml:4", &["without `..`"]);
    refused_at(
        redirect("/a/../../x.html"),
        "book.toml:4",
        &["without `..`"],
    );
    refused_at(redirect("/old/"), "book.toml:4", &["`/old/index.html`"]);
    refused_at(
        redirect("one.html/x.html"),
        "book.toml",
        &["`one.html`", "rename one"],
    );
}

#[test]
fn preprocessors() {
    let section = |script: &str| {
        book()
            .settings("[preprocessor.edit]\ncommand = \"sh edit.sh\"\n")
            .file(
                "edit.sh",
                &format!("[ \"$1\" = supports ] && exit 0\ncat > /dev/null\n{script}\n"),
            )
    };
    refused_at(
        book().settings("[preprocessor.edit]\n"),
        "book.toml:3",
        &["`edit`", "install `mdbook-edit`", "optional = true"],
    );
    refused_at(
        section("exit 3"),
        "book.toml:3",
        &["`edit`", "exit status: 3", "by hand"],
    );
    refused_at(
        section("echo garbage"),
        "book.toml:3",
        &["`edit`", "by hand"],
    );
}

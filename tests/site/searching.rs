//! Search, as far as the builder goes: which scripts a site has, what stands in them and which pages link them. Ranking is
//! tested where it happens: `tests/browser/`.

use labbook::site::Content;

use crate::harness::{Book, Site};

const INDEX: &str = "labbook/search-index.js";

/// The scripts of a site's search, by path.
fn scripts(site: &Site) -> Vec<(String, String)> {
    let files = site.built.site.files.iter();
    let made = files.filter_map(|(path, content)| match content {
        Content::Bytes(bytes) if path.starts_with("labbook/search-") => Some((path, bytes)),
        _ => None,
    });
    made.filter(|(path, _)| *path == INDEX || path.contains("search-text-"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap()))
        .collect()
}

/// What a reader of a site can find: index and texts as one.
fn findable(site: &Site) -> String {
    scripts(site)
        .into_iter()
        .map(|(_, script)| script)
        .collect()
}

fn two_levels() -> Book {
    Book::empty()
        .settings("")
        .file(
            "src/SUMMARY.md",
            "- [One](one.md)\n  - [Inner](deep/inner.md)\n",
        )
        .file(
            "src/one.md",
            "# One\n\nA lighthouse.\n\n## Second part\n\nAn anchor.\n",
        )
        .file("src/deep/inner.md", "# Inner\n\nA harbour.\n")
}

#[test]
fn the_site_has_an_index_and_the_texts_beside_it() {
    let site = two_levels().build();
    let scripts = scripts(&site);
    let [(index_path, index), (text_path, text)] = &scripts[..] else {
        panic!("an index and one text, not {scripts:?}");
    };
    assert_eq!(index_path, INDEX);
    let digest = text_path
        .trim_start_matches("labbook/search-text-")
        .trim_end_matches(".js");
    assert!(index.contains(&format!("texts:\"3 {digest}\"")), "{index}");
    assert!(
        index.contains(r#"pages:"2\tone.html\tOne\n1\tdeep/inner.html\tInner\tOne""#),
        "{index}"
    );
    assert!(index.contains("Second part"), "{index}");
    for words in ["A lighthouse.", "An anchor.", "A harbour."] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn every_page_with_a_bar_opens_the_search_from_its_own_folder() {
    let site = two_levels().build();
    for (page, root) in [
        ("one", ""),
        ("index", ""),
        ("toc", ""),
        ("deep/inner", "../"),
        ("404", "/"),
    ] {
        site.page(page)
            .has(&format!(
                "data-root=\"{root}\" data-engine=\"{root}labbook/search-"
            ))
            .has(&format!("data-index=\"{root}{INDEX}\""));
    }
    assert!(!site.text("print.html").contains("search-button"));
    let engine = site.text("one.html");
    let engine = engine.split_once("data-engine=\"").unwrap().1;
    assert!(site.has(engine.split_once('"').unwrap().0));
}

#[test]
fn a_book_may_do_without_search() {
    let site = two_levels()
        .settings("[output.html.search]\nenable = false\n")
        .build();
    assert_eq!(scripts(&site), []);
    for page in ["one", "index", "toc", "404"] {
        assert!(!site.page(page).html.contains("search-button"), "{page}");
    }
    assert_eq!(site.problems(), "");
}

#[test]
fn chapters_may_be_left_out_by_file_and_by_folder() {
    let settings = "[output.html.search.chapter]\n\"deep\" = { enable = false }\n";
    let site = two_levels().settings(settings).build();
    assert!(findable(&site).contains("lighthouse"));
    assert!(!findable(&site).contains("harbour"));
    assert!(!findable(&site).contains("deep/inner.html"));
    let settings =
        format!("{settings}\"deep/inner.md\" = {{ enable = true }}\n\"one.md\".enable = false\n");
    let site = two_levels().settings(&settings).build();
    assert!(
        findable(&site).contains("harbour"),
        "the longest path decides"
    );
    assert!(!findable(&site).contains("lighthouse"));
}

#[test]
fn a_setting_for_no_chapter_is_named() {
    let site = two_levels()
        .settings("[output.html.search.chapter]\n\"depe\" = { enable = false }\n")
        .build();
    let warnings = site.warnings();
    assert!(
        warnings.starts_with("book.toml:4: `depe` in [output.html.search.chapter] is no chapter"),
        "{warnings}"
    );
}

#[test]
fn mdbooks_other_settings_are_accepted_and_misspelt_ones_are_named() {
    let site = two_levels()
        .settings(
            "[output.html.search]\nlimit-results = 30\nuse-boolean-and = true\nenabel = false\n",
        )
        .build();
    assert!(findable(&site).contains("lighthouse"));
    assert_eq!(
        site.warnings(),
        "book.toml:6: `search.enabel` in [output.html] means nothing to labbook and is ignored"
    );
}

#[test]
fn a_warm_build_gives_the_same_bytes_as_a_cold_one() {
    let cold = two_levels().build();
    let before = cold.built.site.files;
    let warm = cold.book.build();
    assert!(warm.book.root().join(".labbook/cache/pages").is_file());
    assert_eq!(warm.built.site.files, before);
    let search = findable(&warm);
    let edited = warm
        .book
        .file("src/deep/inner.md", "# Inner\n\nA quay.\n")
        .build();
    assert_ne!(findable(&edited), search);
    for untouched in ["one.html", "index.html", "toc.html"] {
        let after = edited.built.site.files.get(untouched);
        assert_eq!(after, before.get(untouched), "{untouched}");
    }
    assert!(findable(&edited).contains("A quay.") && !findable(&edited).contains("harbour"));
}

#[test]
fn hidden_lines_and_answers_are_not_found() {
    let site = Book::with("# One\n\n```rust\n# let submerged = 1;\nlet visible = 2;\n```\n\n{{#quiz quizzes/a.toml}}\n")
        .file(
            "src/quizzes/a.toml",
            "[[questions]]\ntype = \"ShortAnswer\"\nprompt.prompt = \"Which tower shines?\"\nanswer.answer = \"lighthouse\"\ncontext = \"It stands on a cliff.\"\n",
        )
        .build();
    site.page("one").shows("submerged").shows("lighthouse");
    let found = findable(&site);
    for shown in ["visible", "Which tower shines?"] {
        assert!(found.contains(shown), "{shown} is not in {found}");
    }
    for hidden in ["submerged", "lighthouse", "cliff"] {
        assert!(!found.contains(hidden), "{hidden} is in {found}");
    }
}

#[test]
fn the_page_for_what_is_not_there_is_not_found() {
    let site = two_levels()
        .file("src/404.md", "# Gone\n\nAdrift.\n")
        .build();
    site.page("404").shows("Adrift");
    assert!(!findable(&site).contains("drift"));
}

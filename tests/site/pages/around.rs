//! What stands around a chapter: the table of contents, the way on, links to its source.

use std::path::Path;
use std::process::Command;

use super::four_chapters;
use crate::harness::{Book, Site};

/// What stands between the opening of the table of contents and its end.
fn sidebar(site: &Site, page: &str) -> String {
    let html = site.text(&format!("{page}.html"));
    let start = html.find("<div class=\"chapters\">").unwrap();
    let end = start + html[start..].find("</nav>").unwrap();
    html[start..end].to_string()
}

#[test]
fn the_table_of_contents_shows_parts_chapters_drafts_and_lines() {
    let site = four_chapters().build();
    let sidebar = sidebar(&site, "one");
    for part in [
        "<p class=\"part\">The part</p>",
        "<a href=\"before.html\" data-path=\"before.html\"><span class=\"name\">Before</span></a>",
        "<a href=\"deep/inner.html\" data-path=\"deep/inner.html\"><span class=\"number\">1.1</span> <span class=\"name\">Inner</span></a>",
        "<span class=\"draft-chapter\"><span class=\"number\">1.2</span> <span class=\"name\">Not yet</span></span>",
        "<hr class=\"spacer\">",
    ] {
        assert!(sidebar.contains(part), "{part} is not in {sidebar}");
    }
    assert_eq!(
        sidebar.matches("<ol>").count(),
        sidebar.matches("</ol>").count()
    );
    assert_eq!(
        sidebar.matches("<li>").count(),
        sidebar.matches("</li>").count()
    );
}

#[test]
fn the_current_page_is_marked_once_at_any_depth() {
    let site = four_chapters().build();
    for (page, mark) in [
        (
            "one",
            "<a href=\"one.html\" aria-current=\"page\" data-path=\"one.html\">",
        ),
        (
            "deep/inner",
            "<a href=\"../deep/inner.html\" aria-current=\"page\" data-path=\"deep/inner.html\">",
        ),
    ] {
        let sidebar = sidebar(&site, page);
        assert!(sidebar.contains(mark), "{mark} is not in {sidebar}");
        assert_eq!(sidebar.matches("aria-current").count(), 1);
    }
}

#[test]
fn a_name_that_must_be_escaped_is_marked_as_well() {
    let site = Book::with("# One\n")
        .file(
            "src/SUMMARY.md",
            "- [A & B](<a & b's.md>)\n- [中文](中文.md)\n",
        )
        .file("src/a & b's.md", "# A\n")
        .file("src/中文.md", "# 中文\n")
        .build();
    for page in ["a & b's", "中文"] {
        let sidebar = sidebar(&site, page);
        assert_eq!(
            sidebar.matches("aria-current=\"page\"").count(),
            1,
            "{sidebar}"
        );
    }
    assert!(sidebar(&site, "中文").contains("<span class=\"name\">A &amp; B</span>"));
}

#[test]
fn previous_and_next_follow_the_reading_order() {
    let site = four_chapters().build();
    site.page("deep/inner")
        .has("<a class=\"previous\" rel=\"prev\" href=\"../one.html\">")
        .has("<strong>One</strong>")
        .has("<a class=\"next\" rel=\"next\" href=\"../after.html\">")
        .has("<link rel=\"next\" href=\"../after.html\">");
    assert!(!site.text("before.html").contains("rel=\"prev\""));
    assert!(!site.text("after.html").contains("rel=\"next\""));
}

#[test]
fn the_keys_are_listed_and_search_among_them_only_where_there_is_one() {
    let page = |search: &str| {
        let settings = format!("[output.html.search]\nenable = {search}\n");
        Book::with("# One")
            .settings(&settings)
            .build()
            .page("one")
            .html
    };
    let with = page("true");
    assert!(
        with.contains("<dialog class=\"help\"") && with.contains("<button class=\"help-button\"")
    );
    assert!(with.contains("<dd>Search</dd>"));
    assert!(!page("false").contains("<dd>Search</dd>"));
}

#[test]
fn numbers_can_be_left_out() {
    let site = four_chapters()
        .settings("[output.html]\nno-section-label = true\n")
        .build();
    assert!(!sidebar(&site, "one").contains("class=\"number\""));
    assert!(!site.text("one.html").contains("Chapter 1<"));
}

#[test]
fn folded_chapters_can_be_opened_without_a_script() {
    let open = |settings: &str| {
        let site = four_chapters().settings(settings).build();
        sidebar(&site, "before").contains("<input class=\"fold\" type=\"checkbox\" aria-label=\"Show what is inside: One\" checked>")
    };
    assert!(open(""));
    assert!(!open("[output.html.fold]\nenable = true\n"));
    assert!(open("[output.html.fold]\nenable = true\nlevel = 1\n"));
}

#[test]
fn a_page_links_to_its_source_where_the_book_says_where_that_is() {
    let site = four_chapters()
        .settings("[output.html]\ngit-repository-url = \"https://example.org/r\"\nedit-url-template = \"https://example.org/edit/{path}\"\n")
        .build();
    site.page("deep/inner")
        .has("<a class=\"edit\" href=\"https://example.org/edit/src/deep/inner.md\">")
        .has("<a class=\"repository\" href=\"https://example.org/r\">Source</a>");
    let plain = four_chapters().build();
    let plain = plain.text("one.html");
    assert!(!plain.contains("class=\"edit\"") && !plain.contains("class=\"repository\""));
}

#[test]
fn the_day_of_the_last_change_comes_from_git() {
    let book = four_chapters();
    git(book.root(), &["init", "-q"]);
    git(book.root(), &["add", "."]);
    git(book.root(), &["commit", "-q", "-m", "first"]);
    std::fs::write(book.root().join("src/new.md"), "# New\n").unwrap();
    let book = book.file("src/SUMMARY.md", "- [One](one.md)\n- [New](new.md)\n");
    let site = book.build();
    site.page("one")
        .has("Last changed <time datetime=\"2026-03-09\">9 March 2026</time>");
    assert!(
        !site.text("new.html").contains("Last changed"),
        "git does not know it yet"
    );
}

#[test]
fn dates_are_kept_until_there_is_another_commit() {
    let book = four_chapters();
    git(book.root(), &["init", "-q"]);
    git(book.root(), &["add", "."]);
    git(book.root(), &["commit", "-q", "-m", "first"]);
    let site = book.build();
    site.page("one").has("9 March 2026");
    let file = site.book.root().join(".labbook/cache/dates");
    let kept = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, kept.replace("2026-03-09 one", "2026-03-08 one")).unwrap();
    let site = site.book.build();
    site.page("one").has("8 March 2026");
    git(
        site.book.root(),
        &["commit", "-q", "--allow-empty", "-m", "elsewhere"],
    );
    let site = site.book.build();
    site.page("one").has("8 March 2026");
    let book = site.book.file("src/one.md", "# One\n\nAnother text.\n");
    git(book.root(), &["commit", "-q", "-a", "-m", "second"]);
    book.build().page("one").has("9 March 2026");
}

/// Runs git with a fixed author and date, and no settings of this machine.
fn git(folder: &Path, arguments: &[&str]) {
    let day = "2026-03-09T12:00:00+00:00";
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_AUTHOR_DATE", day),
        ])
        .envs([
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_DATE", day),
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_large_book_shows_what_is_near_and_links_to_the_rest() {
    let count = 260;
    let mut summary = String::new();
    let mut book = Book::empty().settings("");
    for number in 1..=count {
        let indent = if number % 20 == 1 { "" } else { "  " };
        summary += &format!("{indent}- [Chapter {number}](c{number}.md)\n");
        book = book.file(
            &format!("src/c{number}.md"),
            &format!("# Chapter {number}\n"),
        );
    }
    let site = book.file("src/SUMMARY.md", &summary).build();
    let sidebar = sidebar(&site, "c130");
    assert!(sidebar.contains("<a href=\"c130.html\" aria-current=\"page\""));
    for near in ["c129.html", "c131.html", "c121.html"] {
        assert!(
            sidebar.contains(&format!("href=\"{near}\"")),
            "{near}: {sidebar}"
        );
    }
    assert!(!sidebar.contains("href=\"c2.html\"") && !sidebar.contains("href=\"c259.html\""));
    assert!(sidebar.contains("<a href=\"toc.html\""), "{sidebar}");
    let all = site.page("toc").main().matches("data-path=").count();
    assert_eq!(all, count);
}

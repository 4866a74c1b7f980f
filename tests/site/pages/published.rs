//! What a site needs besides its chapters: print page, 404, home page, addresses for robots, redirects, the author's own
//! styles, scripts and templates.

use std::collections::HashSet;

use super::four_chapters;
use crate::harness::Book;

const PUBLIC: &str = "[output.labbook]\nurl = \"https://book.example/sub/\"\n";

#[test]
fn the_print_page_holds_every_chapter_with_ids_of_its_own() {
    let site = Book::empty()
        .settings("")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](deep/two.md)\n- [Untitled here](deep/three.md)\n")
        .file("src/one.md", "# Same\n\n## Part\n\n[two](deep/two.md) [its part](deep/two.md#part) [own](#part) [three](deep/three.md) [file](a.txt) [out](https://example.org/)\n")
        .file("src/deep/two.md", "# Same\n\n## Part {#part}\n\n## Again {#part}\n\n[up](../one.md#part) [own](#part) ![i](i.png)\n")
        .file("src/deep/three.md", "Text only.\n")
        .file("src/a.txt", "")
        .build();
    let page = site.page("print");
    page.shows("<a href=\"#same-1\">two</a> <a href=\"#part-1\">its part</a> <a href=\"#part\">own</a> <a href=\"#untitled-here\">three</a> <a href=\"a.txt\">file</a> <a href=\"https://example.org/\">out</a>")
        .shows("<a href=\"#part\">up</a> <a href=\"#part-1\">own</a> <img src=\"deep/i.png\"")
        .shows("<h1 id=\"untitled-here\">")
        .shows("<div class=\"page-break\">");
    let ids: Vec<&str> = page
        .html
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let different: HashSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "{ids:?}");
}

#[test]
fn pictures_are_described_on_the_print_page_as_well() {
    let figure =
        "```figure\nid = \"a\"\ncaption = \"A.\"\ndescription = \"B.\"\nsource = \"a.svg\"\n```\n";
    let site = Book::with(figure)
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", figure)
        .file("src/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M0 0h5\"/></svg>")
        .build();
    let print = site.text("print.html");
    let named: Vec<&str> = print
        .split("aria-labelledby=\"")
        .skip(1)
        .flat_map(|rest| rest.split('"').next().unwrap().split(' '))
        .collect();
    assert!(!named.is_empty());
    for id in &named {
        assert_eq!(print.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert_eq!(
        named.iter().collect::<HashSet<_>>().len(),
        named.len(),
        "{named:?}"
    );
}

#[test]
fn the_page_for_what_is_missing_works_at_any_depth() {
    let at = |settings: &str| four_chapters().settings(settings).build().text("404.html");
    let plain = at("");
    assert!(
        plain.contains("href=\"/one.html\"") && plain.contains("src=\"/labbook/first-"),
        "{plain}"
    );
    assert!(plain.contains("This URL is invalid"));
    let below = at("[output.html]\nsite-url = \"/sub\"\n");
    assert!(
        below.contains("href=\"/sub/one.html\"") && below.contains("\"/sub/labbook/style-"),
        "{below}"
    );
    for relative in ["href=\"one.html", "href=\"labbook/", "src=\"labbook/"] {
        assert!(!below.contains(relative), "{relative} is in {below}");
    }
}

#[test]
fn robots_find_the_site_where_its_address_is_known() {
    let site = four_chapters().settings(PUBLIC).build();
    let map = site.text("sitemap.xml");
    for address in [
        "https://book.example/sub/one.html",
        "https://book.example/sub/deep/inner.html",
    ] {
        assert!(map.contains(&format!("<loc>{address}</loc>")), "{map}");
    }
    assert!(
        site.text("robots.txt")
            .contains("Sitemap: https://book.example/sub/sitemap.xml")
    );
    site.page("deep/inner")
        .has("<link rel=\"canonical\" href=\"https://book.example/sub/deep/inner.html\">")
        .has("<meta property=\"og:url\" content=\"https://book.example/sub/deep/inner.html\">")
        .has("<meta property=\"og:title\" content=\"Inner - Test\">")
        .has("<meta property=\"og:type\" content=\"article\">");
}

#[test]
fn a_site_without_an_address_names_none() {
    let site = four_chapters().build();
    assert!(!site.has("sitemap.xml"));
    assert_eq!(site.text("robots.txt"), "User-agent: *\nAllow: /\n");
    let page = site.text("one.html");
    assert!(!page.contains("canonical") && !page.contains("og:url"));
    assert!(page.contains("<meta property=\"og:title\""));
}

#[test]
fn the_address_is_that_of_mdbooks_settings_too() {
    for settings in [
        "site-url = \"https://book.example/sub\"\n",
        "cname = \"book.example\"\nsite-url = \"/sub/\"\n",
    ] {
        let site = four_chapters()
            .settings(&format!("[output.html]\n{settings}"))
            .build();
        site.page("one")
            .has("<link rel=\"canonical\" href=\"https://book.example/sub/one.html\">");
    }
}

#[test]
fn a_file_of_the_author_is_not_replaced() {
    let site = four_chapters().file("src/robots.txt", "mine\n").build();
    assert_eq!(site.text("robots.txt"), "mine\n");
}

#[test]
fn a_host_name_is_written_for_the_host() {
    let site = four_chapters()
        .settings("[output.html]\ncname = \"book.example\"\n")
        .build();
    assert_eq!(site.text("CNAME"), "book.example\n");
    assert!(site.has(".nojekyll"));
}

#[test]
fn a_home_page_shows_the_chapters_as_cards() {
    let site = Book::empty()
        .settings("")
        .file("src/SUMMARY.md", "[Home](index.md)\n\n- [One](one.md)\n  - [Inner](inner.md)\n- [Two](two.md)\n\n[Glossary](glossary.md)\n")
        .file("src/index.md", "+++\nlayout = \"home\"\n+++\n# A course\n\nWhat it is.\n")
        .file("src/one.md", "+++\ndescription = \"The *first*.\"\nlab = \"lab-01\"\ndraft = true\n+++\n# One\n")
        .file("src/inner.md", "# Inner\n")
        .file("src/two.md", "# Two\n")
        .file("src/glossary.md", "# Glossary\n")
        .build();
    let home = site.page("index");
    home.shows("<h1 id=\"a-course\">")
        .has("<body class=\"home\" data-path=\"index.html\" data-kind=\"website\"")
        .has("<a class=\"card\" href=\"one.html\" data-path=\"one.html\">")
        .has("<span class=\"number\">1</span>")
        .has("<strong class=\"card-title\">One</strong>")
        .has("<span>lab-01</span>")
        .has("<span>1 min</span>")
        .has("<span>draft</span>")
        .has("<meta property=\"og:type\" content=\"website\">");
    assert_eq!(
        home.html.matches("class=\"card\"").count(),
        2,
        "chapters of the top level only"
    );
}

#[test]
fn old_addresses_lead_to_new_ones() {
    let site = four_chapters()
        .settings("[output.html.redirect]\n\"/old.html\" = \"one.html\"\n\"/old.html#a\" = \"after.html#after\"\n\"/one.html#gone\" = \"deep/inner.html\"\n\"./a/b.html\" = \"../one.html\"\n")
        .build();
    let old = site.text("old.html");
    assert!(
        old.contains("<meta http-equiv=\"refresh\" content=\"0; url=one.html\">"),
        "{old}"
    );
    assert!(
        old.contains("<a href=\"one.html\">") && old.contains("after.html#after"),
        "{old}"
    );
    assert!(old.contains("src=\"labbook/redirect-"), "{old}");
    assert!(site.text("a/b.html").contains("src=\"../labbook/redirect-"));
    let one = site.text("one.html");
    assert!(
        one.contains("data-fragment-redirects=\"{&quot;#gone&quot;:&quot;deep/inner.html&quot;}\""),
        "{one}"
    );
    assert!(!site.text("after.html").contains("data-fragment-redirects"));
    assert_eq!(site.problems(), "");
}

#[test]
fn a_redirect_of_a_page_that_is_there_is_left_out_or_refused_as_in_mdbook() {
    let book = |old: &str| {
        four_chapters().settings(&format!(
            "[output.html.redirect]\n\"{old}\" = \"after.html\"\n"
        ))
    };
    let messages = book("/one.html").fails();
    assert!(
        messages.starts_with("book.toml:4: redirect from `/one.html`, which is a page"),
        "{messages}"
    );
    for old in ["one.html", "/index.html"] {
        let site = book(old).build();
        assert!(
            !site
                .text(old.trim_start_matches('/'))
                .contains("http-equiv=\"refresh\"")
        );
        assert!(
            site.warnings().starts_with("book.toml:4: redirect from"),
            "{}",
            site.warnings()
        );
    }
    let messages = four_chapters()
        .settings("[output.html.redirect]\n\"/old.html#a\" = \"one.html\"\n")
        .fails();
    assert!(
        messages.contains("redirects of fragments of `/old.html`, which is no page"),
        "{messages}"
    );
}

#[test]
fn redirects_that_lead_nowhere_are_found_by_check() {
    let site = four_chapters()
        .settings("[output.html.redirect]\n\"/old.html\" = \"nowhere.html\"\n\"/one.html#a\" = \"after.html#nothing\"\n")
        .build();
    let problems = site.problems();
    assert!(
        problems.contains("book.toml:4: redirect from `/old.html` to `nowhere.html` leads nowhere"),
        "{problems}"
    );
    assert!(
        problems.contains(
            "book.toml:5: redirect from `/one.html#a` to `after.html#nothing` leads nowhere"
        ),
        "{problems}"
    );
}

#[test]
fn an_author_adds_styles_and_scripts() {
    let site = four_chapters()
        .settings(
            "[output.html]\nadditional-css = [\"css/mine.css\"]\nadditional-js = [\"mine.js\"]\n",
        )
        .file("css/mine.css", "p {}")
        .file("mine.js", "f();")
        .build();
    assert_eq!(site.text("css/mine.css"), "p {}");
    site.page("deep/inner")
        .has("<link rel=\"stylesheet\" href=\"../css/mine.css\">")
        .has("<script src=\"../mine.js\" defer></script>");
}

#[test]
fn an_author_replaces_files_of_the_theme() {
    let site = four_chapters()
        .settings("[output.labbook]\ntheme = \"look\"\n")
        .file(
            "look/templates/print.hbs",
            "Mine: {{site.title}}, {{{content}}}\n",
        )
        .file("look/styles/99-mine.css", ".mine { color: red }\n")
        .file("look/scripts/page/zz-mine.js", "mine();\n")
        .build();
    assert!(site.text("print.html").starts_with("Mine: Test, <h1"));
    let bundle = |start: &str| {
        let path = site
            .built
            .site
            .files
            .keys()
            .find(|path| path.starts_with(start))
            .unwrap()
            .clone();
        site.text(&path)
    };
    assert!(bundle("labbook/style-").ends_with(".mine { color: red }\n"));
    assert!(bundle("labbook/page-").ends_with("mine();\n"));
    site.page("one").has("<main id=\"labbook-main\"");
}

#[test]
fn of_a_theme_for_mdbook_the_icon_is_used_and_the_rest_named() {
    let site = four_chapters()
        .file("theme/index.hbs", "{{#no such helper}}")
        .file("theme/css/general.css", "p {}")
        .file(
            "theme/favicon.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .settings("[output.html]\nadditional-js = [\"theme/added.js\"]\nadditional-css = [\"theme/css/added.css\", \"theme/own.css\"]\n")
        .file("theme/added.js", "f();")
        .file("theme/css/added.css", "p {}")
        .file("theme/own.css", "p {}")
        .file("theme/highlight.css", "p {}")
        .build();
    let skipped = "belongs to mdBook's theme and is skipped";
    let own =
        "add a style sheet of your own in `additional-css`, or set `theme` in [output.labbook]";
    let ours = "set `theme` in [output.labbook] for a theme of labbook's";
    let notes = site.notes();
    let named: Vec<&str> = notes
        .lines()
        .filter(|note| note.starts_with("theme/"))
        .collect();
    assert_eq!(
        named,
        [
            format!("theme/css/general.css: {skipped}: {own}"),
            format!("theme/highlight.css: {skipped}: {own}"),
            format!("theme/index.hbs: {skipped}: {ours}"),
        ]
    );
    assert_eq!(site.problems(), "", "it is no fault of the book");
    assert!(site.page("one").html.contains("favicon"));
    let icon = site.files("labbook/favicon-");
    assert_eq!(icon, ["<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]);
}

#[test]
fn what_was_built_is_what_is_written() {
    let site = four_chapters().file("src/a.txt", "as it is").build();
    let destination = site.book.destination();
    labbook::output::write(&site.built.site, &destination).unwrap();
    for path in ["one.html", "deep/inner.html", "print.html", "a.txt"] {
        let written = std::fs::read_to_string(destination.join(path)).unwrap();
        assert_eq!(written, site.text(path), "{path}");
    }
}

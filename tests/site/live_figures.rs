//! Live figures: how labbook compiles, shows, checks and serves them. `live_figures/fixture` is the crate of these books.

mod checking;
mod compiling;
mod course;
mod fixture;
mod serving;

use std::io::Read;

use base64::prelude::{BASE64_STANDARD, Engine};
use lzma_rust2::LzmaReader;

use crate::harness::Book;
use fixture::{figures, live};

/// A book of one chapter with these blocks, and with an empty folder for the crate.
fn book(blocks: &str) -> Book {
    Book::with(&format!("# One\n\n{blocks}"))
        .settings("[output.labbook]\nfigures = \"figures\"\n")
        .file("figures/README.md", "")
}

#[test]
fn the_page_shows_what_the_module_draws_at_the_chosen_moment() {
    let Some(figures) = figures() else { return };
    let block = live(
        "lanes",
        "controls = { policy = \"random\", rate = 120, stop = [2] }\nat = \"12 s\"\nseed = 7",
    );
    let site = book(&block).build_with(figures);
    let page = site.page("one");
    page.shows("<figure class=\"figure\" id=\"lanes\" data-kind=\"live\" data-figure=\"counter\" data-seed=\"7\" data-at-ms=\"12000\" data-set=\"policy=random,rate=120,stop=2\">")
        .shows("<form class=\"figure-controls\" aria-label=\"Figure 1.1: controls\">")
        .shows("<input data-do=\"seed\" type=\"number\" min=\"0\" step=\"1\" value=\"7\">")
        .shows("<input data-do=\"time\" type=\"range\" min=\"0\" max=\"60000\" step=\"100\" value=\"12000\"><output>12.0 s</output>")
        .shows("<fieldset data-control=\"policy\"><legend>Policy</legend><label><input type=\"radio\" name=\"lanes.policy\" value=\"in-turn\"> In turn</label><label><input type=\"radio\" name=\"lanes.policy\" value=\"random\" checked> Random</label></fieldset>")
        .shows("<input type=\"checkbox\" name=\"lanes.stop\" value=\"1\"> lane 1")
        .shows("<input type=\"checkbox\" name=\"lanes.stop\" value=\"2\" checked> lane 2")
        .shows("<label data-control=\"rate\">Requests a second <input type=\"range\" name=\"lanes.rate\" min=\"20\" max=\"160\" step=\"10\" value=\"120\"><output>120 /s</output></label>")
        .shows("<div class=\"figure-picture\"><svg xmlns=\"http://www.w3.org/2000/svg\" id=\"lanes-picture\"")
        .shows("<title id=\"lanes-title\">Caption of lanes.</title><desc id=\"lanes-desc\">What lanes shows.</desc>")
        .shows("<p class=\"figure-sentence\">After 12.0 s, ")
        .shows("<details class=\"figure-numbers\"><summary>The numbers at 12 s</summary><table><caption>Requests by lane</caption>")
        .shows("<th scope=\"row\">lane 2</th><td>0</td><td>stopped</td>")
        .shows("<figcaption><span class=\"figure-number\">Figure 1.1</span> Caption of <em>lanes</em>.</figcaption>");
    assert_eq!(site.notes() + &site.warnings(), "");
}

#[test]
fn what_the_author_does_not_set_is_the_modules_default() {
    let Some(figures) = figures() else { return };
    let site = book(&live("lanes", "")).build_with(figures);
    site.page("one")
        .shows("data-seed=\"1\" data-at-ms=\"0\" data-set=\"\"")
        .shows("value=\"in-turn\" checked")
        .shows("<output>60 /s</output>")
        .shows("After 0.0 s, 0 requests");
}

#[test]
fn only_pages_with_a_live_figure_load_its_scripts() {
    let Some(figures) = figures() else { return };
    let site = book(&live("lanes", ""))
        .file(
            "src/SUMMARY.md",
            "- [One](one.md)\n- [Two](part/two.md)\n- [Three](part/three.md)\n",
        )
        .file("src/part/two.md", "# Two\n")
        .file(
            "src/part/three.md",
            &format!("# Three\n\n{}", live("more", "")),
        )
        .build_with(figures);
    let scripts = |page: &str| {
        let html = site.page(page).html;
        let of_figures = html.lines().filter(|line| line.contains("/figure"));
        let named = of_figures.filter_map(|line| Some(line.split('"').nth(1)?.to_string()));
        named.collect::<Vec<_>>()
    };
    let [script, module] = &scripts("one")[..] else {
        panic!("two scripts: {:?}", scripts("one"));
    };
    assert!(script.starts_with("labbook/figure-") && module.starts_with("labbook/figures-"));
    assert!(
        site.page("one")
            .html
            .contains(&format!("<script src=\"{module}\" defer></script>"))
    );
    assert_eq!(
        scripts("part/three"),
        [format!("../{script}"), format!("../{module}")]
    );
    for other in ["part/two", "print", "toc"] {
        assert_eq!(scripts(other), [""; 0], "{other}");
    }
    let text = site.text(module);
    assert!(
        text.starts_with("labbook.figures(\"") && text.ends_with("\");\n"),
        "{text}"
    );
    let worker = site.text("service-worker.js");
    assert!(
        worker.contains(script.as_str()) && worker.contains(module.as_str()),
        "{worker}"
    );
}

#[test]
fn the_script_holds_the_module() {
    let Some(figures) = figures() else { return };
    let module = figures.module().unwrap();
    let script = module.script();
    let letters = &script["labbook.figures(\"".len()..script.len() - "\");\n".len()];
    let packed = BASE64_STANDARD.decode(letters).unwrap();
    let mut bytes = Vec::new();
    let mut reader = LzmaReader::new_mem_limit(&packed[..], u32::MAX, None).unwrap();
    reader.read_to_end(&mut bytes).unwrap();
    assert!(bytes == module.bytes(), "another module");
}

#[test]
fn a_book_without_live_figures_has_none_of_their_scripts() {
    let site = Book::with("# One\n").settings("[output.labbook]\n").build();
    let is_theirs = |path: &&String| path.contains("/figure");
    assert_eq!(site.built.site.files.keys().find(is_theirs), None);
}

#[test]
fn paper_and_readers_of_ebooks_get_picture_sentence_and_table_and_nothing_to_press() {
    let Some(figures) = figures() else { return };
    let block = live("lanes", "at = \"12 s\"");
    let site = book(&block)
        .settings("[output.labbook]\nfigures = \"figures\"\nepub = true\nzip = true\n")
        .build_with(figures);
    let whole = site.page("print");
    whole
        .shows("<svg")
        .shows("class=\"figure-sentence\"")
        .shows("<caption>Requests by lane</caption>")
        .hides("<form")
        .hides("Reset");
    let chapter = fixture::unpacked(&site, "test.epub", |name| {
        name.ends_with(".xhtml") && name.contains("one")
    });
    for shown in ["<svg", "figure-sentence", "Requests by lane"] {
        assert!(chapter.contains(shown), "no {shown} in {chapter}");
    }
    assert!(
        !chapter.contains("Reset") && !chapter.contains("Speed"),
        "{chapter}"
    );
    // A zip is the site itself, and opens in a browser.
    let page = fixture::unpacked(&site, "test.zip", |name| name.ends_with("/one.html"));
    assert!(
        page.contains("labbook/figures-") && page.contains("<form"),
        "{page}"
    );
    let module = fixture::unpacked(&site, "test.zip", |name| name.contains("labbook/figures-"));
    assert!(module.starts_with("labbook.figures("));
}

#[test]
fn search_finds_the_sentence_and_not_the_buttons() {
    let Some(figures) = figures() else { return };
    let site = book(&live("lanes", "")).build_with(figures);
    let text = site.files("labbook/search-text-").concat();
    assert!(text.contains("requests were counted"), "{text}");
    assert!(
        !text.contains("Reset") && !text.contains("Requests by lane"),
        "{text}"
    );
}

#[test]
fn what_is_wrong_with_a_block_is_said_with_its_line_and_with_what_there_is() {
    let Some(figures) = figures() else { return };
    let cases = [
        (
            live("lanes", "").replace("counter", "balancer"),
            "there is no live figure `balancer`: write one of `counter`",
        ),
        (
            live("lanes", "controls = { speed = 3 }"),
            "`counter` has no control `speed`: write one of `policy`, `stop`, `rate`",
        ),
        (
            live("lanes", "controls = { rate = 500 }"),
            "control `rate` can't be 500: write a whole number from 20 to 160 in steps of 10",
        ),
        (
            live("lanes", "controls = { rate = 60.5 }"),
            "control `rate` can't be 60.5",
        ),
        (
            live("lanes", "controls = { policy = \"fair\" }"),
            "control `policy` can't be \"fair\": write one of `in-turn`, `random`",
        ),
        (
            live("lanes", "controls = { stop = \"4\" }"),
            "write `none`, or some of `1`, `2`, `3` joined by `+`",
        ),
        (
            live("lanes", "at = \"soon\""),
            "`at = \"soon\"` is no moment: write a number of seconds",
        ),
        (
            live("lanes", "at = \"61 s\""),
            "behind the figure's end at 60 s",
        ),
        (
            live("lanes", "seed = -1"),
            "`seed` is a whole number from 0 on",
        ),
    ];
    for (block, said) in cases {
        let message = book(&block).fails_with(figures);
        assert!(
            message.starts_with("src/one.md:3: figure `lanes`: "),
            "{message}"
        );
        assert!(message.contains(said), "{said} is not in: {message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn a_policy_that_forbids_the_module_is_told_with_the_figures_line() {
    let Some(figures) = figures() else { return };
    let with = |policy: &str| {
        let settings = format!(
            "[output.labbook]\nfigures = \"figures\"\ncontent-security-policy = {policy}\n"
        );
        book(&live("lanes", ""))
            .settings(&settings)
            .build_with(figures)
            .warnings()
    };
    let strict = with("\"default-src 'self'\"");
    assert!(
        strict.starts_with("src/one.md:3: `WebAssembly of the live figure lanes ('wasm-unsafe-eval' in script-src)` is blocked"),
        "{strict}"
    );
    assert_eq!(with("\"default-src 'self' 'wasm-unsafe-eval'\""), "");
    assert_eq!(with("true"), "");
}

#[test]
fn settings_of_live_figures_mean_nothing_for_others() {
    let message = Book::with("```figure\nid = \"a\"\ncaption = \"A\"\ndescription = \"A.\"\nsource = \"a.pikchr\"\nat = \"3 s\"\n```\n")
        .file("src/a.pikchr", "box\n")
        .fails();
    assert!(
        message
            .contains("figure `a`: `controls`, `at`, `seed` and `actions` belong to live figures"),
        "{message}"
    );
}

#[test]
fn a_figure_that_fails_on_the_way_to_its_moment_is_said() {
    let Some(figures) = fixture::faulty() else {
        return;
    };
    for (name, said) in [
        ("traps", "the live figure `traps` traps in `figure_step`"),
        ("endless", "does not come to an end in `figure_step`"),
        ("grows", "wants more than 64 MiB of memory"),
    ] {
        let block = live("lanes", "at = \"8 s\"").replace("counter", name);
        let message = book(&block).fails_with(figures);
        assert!(
            message.starts_with("src/one.md:3: ") && message.contains(said),
            "{said} is not in: {message}"
        );
    }
}

#[test]
fn another_module_makes_pages_with_live_figures_anew_and_no_others() {
    let Some(figures) = figures() else { return };
    let Some(faulty) = fixture::faulty() else {
        return;
    };
    let with_two = |block: &str| {
        book(block)
            .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
            .file("src/two.md", "# Two\n")
    };
    let site = with_two(&live("lanes", "")).build_with(figures);
    let digests = |figures: &labbook::live_figures::LiveFigures| {
        let mut book = site.built.book.clone();
        book.figures = figures.clone();
        let chapters: Vec<_> = book.chapters.iter().collect();
        labbook::output::digests(&book, &site.built.theme, &chapters)
    };
    let (before, after) = (digests(figures), digests(faulty));
    assert!(before[0] != after[0] && before[1] == after[1]);
}

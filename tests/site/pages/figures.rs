//! Figures from Pikchr and SVG, and the places of those that are not built yet.

use crate::harness::Book;

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 0h40\"/></svg>";

/// A figure's block.
fn figure(id: &str, picture: &str) -> String {
    format!(
        "```figure\nid = \"{id}\"\ncaption = \"Caption of *{id}*.\"\ndescription = \"What {id} shows.\"\n{picture}\n```\n\n"
    )
}

fn book(chapter: &str) -> Book {
    Book::with(chapter)
        .file(
            "src/figures/a.pikchr",
            "box \"one\"\narrow\nbox \"two\" color hot\n",
        )
        .file("src/figures/b.svg", SVG)
}

#[test]
fn figures_are_numbered_captioned_and_described() {
    let chapter = figure("first", "source = \"figures/a.pikchr\"")
        + &figure("second", "source = \"figures/b.svg\"");
    let page = book(&chapter).build().page("one");
    page.shows("<figure class=\"figure\" id=\"first\" data-kind=\"static\"><div class=\"figure-picture\"><svg")
        .shows("<figcaption><span class=\"figure-number\">Figure 1.1</span> Caption of <em>first</em>.</figcaption></figure>")
        .shows("<span class=\"figure-number\">Figure 1.2</span>")
        .shows("<desc id=\"")
        .shows("What first shows.</desc>")
        .shows(">one</text>")
        .shows("f-hot")
        .hides("style=");
}

#[test]
fn a_chapter_without_a_number_counts_its_figures_alone() {
    book(&figure("only", "source = \"figures/b.svg\""))
        .file("src/SUMMARY.md", "[One](one.md)\n")
        .build()
        .page("one")
        .shows("<span class=\"figure-number\">Figure 1</span>");
}

#[test]
fn sources_of_drawings_are_not_published() {
    let site = book(&figure("a", "source = \"figures/a.pikchr\"")).build();
    assert!(!site.has("figures/a.pikchr"));
}

#[test]
fn live_figures_and_charts_keep_their_place_and_say_so() {
    let chapter = figure("moving", "live = \"balancer\"\ncontrols = { rate = 120 }")
        + &figure("measured", "chart = \"lab-03/policies\"");
    let site = book(&format!("+++\ndraft = true\n+++\n# One\n\n{chapter}")).build();
    site.page("one")
        .shows("<figure class=\"figure\" id=\"moving\" data-kind=\"live\"><div class=\"figure-place\"><p>What moving shows.</p></div>")
        .shows("id=\"measured\" data-kind=\"chart\"><div class=\"figure-place\">");
    let notes: Vec<String> = site.built.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].contains("one.md:6: figure `moving`: book.toml names no crate of live figures"),
        "{notes:?}"
    );
    assert!(
        notes[1].contains("its place is kept") && notes[1].contains("one.md:18: "),
        "{notes:?}"
    );
    assert_eq!(
        site.problems(),
        "",
        "a place that is kept in a draft is no mistake"
    );
}

#[test]
fn what_is_wrong_with_a_figure_is_said_with_its_line() {
    let cases = [
        (
            figure("a", ""),
            "src/one.md:3: figure `a`: give exactly one of `source`, `live` and `chart`",
        ),
        (
            figure("A b", "source = \"figures/b.svg\""),
            "id `A b` must be small letters",
        ),
        (
            figure("a", "source = \"figures/none.svg\""),
            "src/one.md:3: figure `a`: there is no src/figures/none.svg",
        ),
        (
            figure("a", "source = \"../book.toml\""),
            "lies outside the book",
        ),
        (
            figure("a", "source = \"figures/b.png\""),
            "there is no src/figures/b.png",
        ),
        (
            figure("a", "sauce = \"figures/b.svg\""),
            "src/one.md:7: figure: unknown field `sauce`",
        ),
        (
            figure("a", "source = \"figures/bad.pikchr\""),
            "src/figures/bad.pikchr:2: ",
        ),
        (
            figure("a", "source = \"figures/b.svg\"") + &figure("a", "source = \"figures/b.svg\""),
            "src/one.md:10: figure: id `a` stands twice",
        ),
    ];
    for (chapter, said) in cases {
        let messages = book(&format!("# One\n\n{chapter}"))
            .file("src/figures/bad.pikchr", "box\nboxx \"a\"\n")
            .fails();
        assert!(messages.contains(said), "{said} is not in: {messages}");
    }
}

#[test]
fn labels_that_leave_their_box_are_found_by_check() {
    let site = book(&format!(
        "# One\n\n{}",
        figure("a", "source = \"figures/tight.pikchr\"")
    ))
    .file(
        "src/figures/tight.pikchr",
        "box width 20px height 20px \"far too long for it\"\n",
    )
    .build();
    let problems = site.problems();
    assert!(
        problems.starts_with("src/one.md:3: figure `a` (figures/tight.pikchr): "),
        "{problems}"
    );
}

#[test]
fn images_need_alternative_text() {
    let site = Book::with("# One\n\n![](a.png)\n\n<img src=\"a.png\">\n\n![It shows x.](a.png)\n")
        .file("src/a.png", "")
        .build();
    let problems = site.problems();
    assert!(
        problems.contains("src/one.md:3: image `a.png` has no alternative text"),
        "{problems}"
    );
    assert!(
        problems.contains("src/one.md:5: `<img>` has no `alt`"),
        "{problems}"
    );
    assert_eq!(problems.lines().count(), 2, "{problems}");
    site.page("one")
        .shows("<img src=\"a.png\" alt=\"It shows x.\" loading=\"lazy\">");
}

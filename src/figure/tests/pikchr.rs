//! Pikchr sources: colours, fonts, measures, and messages on the author's lines.

use super::super::{TOKENS, Words, draw};
use super::*;

#[track_caller]
fn svg(source: &str) -> String {
    drawn(Source::Pikchr(source)).svg
}

/// The opening tag of the first element of this name.
#[track_caller]
fn tag<'a>(svg: &'a str, name: &str) -> &'a str {
    let start = svg
        .find(&format!("<{name} "))
        .unwrap_or_else(|| panic!("no <{name}> in {svg}"));
    let end = svg[start..].find('>').unwrap();
    &svg[start..=start + end]
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

#[test]
fn every_token_becomes_a_class_for_lines_areas_and_labels() {
    for token in TOKENS {
        let svg = svg(&format!("box \"name\" color {token} fill {token}"));
        holds(
            tag(&svg, "path"),
            &[&format!("class=\"f-{token} s-{token}\"")],
        );
        holds(tag(&svg, "text"), &[&format!("class=\"label f-{token}\"")]);
    }
    let svg = svg("arrow color hot; dot color wait");
    holds(tag(&svg, "polygon"), &["f-hot"]);
    holds(tag(&svg, "circle"), &["f-wait", "s-wait"]);
}

#[test]
fn what_has_no_colour_is_ink() {
    let svg = svg("box \"name\"; arrow");
    holds(tag(&svg, "svg"), &["class=\"f-ink\""]);
    holds(tag(&svg, "path"), &["class=\"s-ink\"", "fill=\"none\""]);
    holds(tag(&svg, "text"), &["class=\"label f-ink\""]);
    holds(tag(&svg, "polygon"), &["class=\"f-ink\""]);
}

#[test]
fn pikchrs_styles_become_attributes() {
    let source = "box \"name\" fill bg; line dashed; line dotted thickness 12px; cylinder; ellipse; file; oval; \
        diamond; spline from (0,0) then to (1,1) then to (2,0); arc; text \"x\" bold";
    let raw = super::super::pikchr::run(source).unwrap();
    holds(&raw, &["style=", "rgb(", "dominant-baseline"]);
    let svg = svg(source);
    for gone in ["style", "rgb(", "dominant-baseline", "font-family", "%"] {
        assert!(!svg.contains(gone), "{gone} is still in {svg}");
    }
    holds(
        &svg,
        &[
            "stroke-dasharray=\"",
            "stroke-width=\"12\"",
            "stroke-width=\"1.5\"",
            "<ellipse ",
        ],
    );
}

#[test]
fn words_for_strings_become_fonts() {
    let of = |source: &str| tag(&svg(source), "text").to_owned();
    let plain = of("box \"a\"");
    for absent in ["mono", "font-", "transform"] {
        assert!(!plain.contains(absent), "{plain}");
    }
    holds(&of("box \"a\" bold"), &["font-weight=\"600\""]);
    holds(&of("box \"a\" italic"), &["font-style=\"italic\""]);
    holds(&of("box \"a\" mono"), &["class=\"label mono f-ink\""]);
    holds(&of("box \"a\" big"), &["font-size=\"16.25\""]);
    holds(&of("box \"a\" small"), &["font-size=\"10.4\""]);
    holds(&of("fontscale = 2; box \"a\""), &["font-size=\"26\""]);
    holds(&of("text \"a\" rjust"), &["text-anchor=\"end\""]);
    holds(
        &of("line up 60px \"a\" aligned above"),
        &["transform=\"rotate(-90 "],
    );
    holds(tag(&svg("box"), "svg"), &["font-size=\"13\""]);
}

#[test]
fn a_pixel_in_the_source_is_a_pixel_in_the_picture() {
    let picture = drawn(Source::Pikchr(
        "boxrad = 0; box width 120px height 46px at (60px,-23px)",
    ));
    // The line is 1.5 px thick; four pixels of room stand around it, and the sum is rounded up.
    assert!((picture.width - 130.0).abs() <= 1.0, "{}", picture.width);
    assert!((picture.height - 56.0).abs() <= 1.0, "{}", picture.height);
    holds(
        tag(&picture.svg, "svg"),
        &[
            &format!("width=\"{}\" height=\"{}\"", picture.width, picture.height),
            "viewBox=\"",
        ],
    );
    let path = tag(&picture.svg, "path");
    let data = path.split(" d=\"M").nth(1).unwrap();
    let numbers: Vec<f64> = data
        .split(['L', ',', 'Z', '"'])
        .map_while(|part| part.parse().ok())
        .collect();
    assert!((numbers[2] - numbers[0] - 120.0).abs() < 0.05, "{path}");
    assert!((numbers[3] - numbers[5] - 46.0).abs() < 0.05, "{path}");
}

#[test]
fn the_picture_holds_half_of_a_thick_line_and_nothing_of_the_margins_of_justified_text() {
    let thick = drawn(Source::Pikchr("line right 100px thickness 40px"));
    assert!(
        thick.height >= 48.0 && thick.height <= 50.0,
        "{}",
        thick.height
    );
    let justified = drawn(Source::Pikchr(
        "line right 100px; text \"ab\" rjust at last line.end + (0,10px)",
    ));
    assert!(justified.width <= 112.0, "{}", justified.width);
}

#[test]
fn foreign_colours_are_refused_where_they_stand() {
    let says = ["bg, card, ink, muted, rule, pipe, flow, wait, hot, ok, fail"];
    let colour = |source: &str, line: usize, word: &str| {
        refused(Source::Pikchr(source), line, &[word, says[0]])
    };
    colour("box\nbox color red", 2, "`red`");
    colour("box\n\nbox fill 0xff0000", 3, "`0xff0000`");
    colour("box color Black", 1, "`Black`");
    colour("fill = white\nbox", 1, "`white`");
    colour(
        "box \"color\" /* color\n red */\ncircle color\\\n  blue",
        4,
        "`blue`",
    );
    colour(
        "box\nshade = 0xff0000\n\nbox color shade\nbox",
        4,
        "`rgb(255,0,0)`",
    );
    colour(
        "define b { box fill $1 }\nb(hot)\nb(orange)",
        3,
        "`rgb(255,165,0)`",
    );
    colour("box color 3", 1, "`3`");
}

#[test]
fn words_that_only_look_like_colours_are_not_refused() {
    for source in [
        "box \"color red\" # color red",
        "box \"a \\\" color red\" // fill blue",
        "box color hot; box color last box.color fill none",
        "mine = hot\nbox color mine fill mine",
        "define b { box color $1 }\nb(wait)",
        "A: box fill card; box color A.fill",
        "color = muted; box; fill = bg",
    ] {
        assert!(svg(source).contains("<path "), "{source}");
    }
}

#[test]
fn pikchrs_complaints_come_in_one_line_with_the_authors_line() {
    let complains =
        |source: &str, line: usize, says: &[&str]| refused(Source::Pikchr(source), line, says);
    complains(
        "box\nbox\nbxo wid 3",
        3,
        &["syntax error at `wid`", "`bxo` is not an object"],
    );
    complains(
        "bxo wid 3",
        1,
        &["syntax error at `wid`", "`bxo` is not an object"],
    );
    complains("box; box at nowhere", 1, &["no such variable at `nowhere`"]);
    complains("box\nbox wid", 2, &["syntax error at the end of the line"]);
    complains(
        "box\ntext \"a\" color hot ljust",
        2,
        &["at `ljust`", "right after it"],
    );
    complains("box\nx = 3px", 2, &["at `x`", "choose another name"]);
    complains(
        "define a {\n  box wid wid 3 }\n\na()",
        2,
        &["in the macro that line 4 uses"],
    );
    complains("assert( 1 == 2 )", 1, &["1 != 2"]);
    complains("box \"× ÷ é\"\nbox \"é\" é", 2, &["unrecognized token"]);
}

#[test]
fn sources_that_draw_nothing_or_write_into_the_page_are_refused() {
    refused(Source::Pikchr(""), 1, &["nothing is drawn"]);
    refused(
        Source::Pikchr("# only a comment\n"),
        1,
        &["nothing is drawn"],
    );
    refused(Source::Pikchr("move"), 1, &["nothing is drawn"]);
    refused(Source::Pikchr("box invis"), 1, &["nothing is drawn"]);
    refused(
        Source::Pikchr("box\n# print\nprint \"<b>\""),
        3,
        &["`print`", "remove"],
    );
    refused(Source::Pikchr("box\nbox \"a\0b\""), 2, &["NUL"]);
    refused(
        Source::Pikchr("box\nbox \"3&times;4\""),
        2,
        &["`&times;`", "character itself"],
    );
}

#[test]
fn texts_are_escaped_and_spaces_can_be_searched() {
    let svg = svg("box \"a < b & c > \\\"d\\\"\"");
    holds(&svg, &[">a &lt; b &amp; c &gt; &quot;d&quot;</text>"]);
    assert!(!svg.contains('\u{a0}'), "{svg}");
    assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
}

#[test]
fn title_and_description_reach_those_who_cannot_see() {
    let words = Words {
        id: "who",
        title: "Fast <& \"slow\"",
        description: "One server lags.",
    };
    let svg = draw(Source::Pikchr("box"), &words).unwrap().svg;
    holds(
        tag(&svg, "svg"),
        &[
            "role=\"img\"",
            "aria-labelledby=\"who--title who--description\"",
        ],
    );
    holds(
        &svg,
        &[
            "<title id=\"who--title\">Fast &lt;&amp; &quot;slow&quot;</title>",
            "<desc id=\"who--description\">One server lags.</desc>",
        ],
    );
    let bare = draw(
        Source::Pikchr("box"),
        &Words {
            description: "",
            ..words
        },
    )
    .unwrap()
    .svg;
    holds(tag(&bare, "svg"), &["aria-labelledby=\"who--title\""]);
    assert!(!bare.contains("<desc"), "{bare}");
    let error = draw(
        Source::Pikchr("box"),
        &Words {
            title: " ",
            description: "",
            ..words
        },
    )
    .unwrap_err();
    assert!(error.message.contains("caption"), "{error}");
}

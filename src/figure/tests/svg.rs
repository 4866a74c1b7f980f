//! An author's SVG: what is refused, what is dropped, what is rewritten.

use super::*;

/// A source whose second line is `inside`.
fn around(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
            viewBox=\"0 0 100 50\">\n{inside}\n</svg>"
    )
}

#[track_caller]
fn refuses(inside: &str, says: &[&str]) {
    refused(Source::Svg(&around(inside)), 2, says);
}

#[track_caller]
fn keeps(inside: &str) -> String {
    drawn(Source::Svg(&around(inside))).svg
}

#[test]
fn scripts_and_all_that_runs_or_loads_is_refused() {
    refuses("<script>alert(1)</script>", &["no script", "remove"]);
    refuses(
        "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        &["no script"],
    );
    refuses(
        "<rect onclick=\"alert(1)\"/>",
        &["event handler `onclick`", "remove"],
    );
    refuses("<g onload=\"alert(1)\"/>", &["event handler `onload`"]);
    refuses(
        "<foreignObject><p/></foreignObject>",
        &["<foreignObject>", "<text>"],
    );
    refuses(
        "<image href=\"a.png\"/>",
        &["<image>", "![description](file.png)"],
    );
    refuses(
        "<use href=\"https://example.com/a.svg#b\"/>",
        &["https://example.com/a.svg#b", "outside"],
    );
    refuses("<use xlink:href=\"data:image/svg+xml,x\"/>", &["outside"]);
    refuses("<use href=\"javascript:alert(1)\"/>", &["outside"]);
    refuses("<a href=\"#x\"><rect/></a>", &["<a>", "caption"]);
    refuses("<rect fill=\"url(https://example.com/#p)\"/>", &["outside"]);
    refuses(
        "<rect clip-path=\"url('//example.com/#p')\"/>",
        &["outside"],
    );
    refuses(
        "<rect><set attributeName=\"onclick\" to=\"x\"/></rect>",
        &["does not move"],
    );
    refuses("<rect><animate/></rect>", &["does not move"]);
    refuses("<iframe/>", &["<iframe>", "is not allowed"]);
    refuses("<rect srcdoc=\"x\"/>", &["srcdoc", "remove it"]);
    refuses("<svg/>", &["<g transform"]);
}

#[test]
fn styles_are_refused_with_what_to_use_instead() {
    refuses("<rect style=\"fill:red\"/>", &["style=", "f-TOKEN"]);
    refuses("<style>rect { fill: red }</style>", &["<style>", "f-TOKEN"]);
    let far = around("<g>\n<rect\n  x=\"1\"\n  style=\"fill:red\"/></g>");
    refused(Source::Svg(&far), 5, &["style="]);
    refuses(
        "<text font-family=\"Arial\">a</text>",
        &["class=\"label mono\""],
    );
}

#[test]
fn colours_and_classes_are_the_themes() {
    refuses(
        "<rect fill=\"red\"/>",
        &["`red`", "class=\"f-TOKEN\"", "bg, card, ink"],
    );
    refuses("<rect stroke=\"#f00\"/>", &["`#f00`", "class=\"s-TOKEN\""]);
    refuses("<rect stop-color=\"red\"/>", &["stop-color"]);
    refuses(
        "<rect class=\"f-hot f-red\"/>",
        &["`f-red`", "bg, card, ink"],
    );
    refuses("<rect class=\"sidebar\"/>", &["`sidebar`"]);
    refuses("<rect class=\"mono\"/>", &["`mono`", "<text>"]);
    let kept = keeps(
        "<rect class=\" f-hot  s-ink \" fill=\"none\" stroke=\"currentColor\"/><text \
            class=\"mono\">1</text><text>a</text>",
    );
    for part in [
        "<rect class=\"f-hot s-ink\" fill=\"none\" stroke=\"currentColor\">",
        "<text class=\"label mono\">1",
        "<text class=\"label\">a",
    ] {
        assert!(kept.contains(part), "{part} is not in {kept}");
    }
}

#[test]
fn ids_and_references_carry_the_figures_id() {
    let kept = keeps(
        "<defs><clipPath id=\"cut\"><rect id=\"r\" width=\"9\" height=\"9\"/></clipPath><marker id=\"tip\"/></defs>\
         <g id=\"all\" clip-path=\"url(#cut)\"><use href=\"#r\"/><use xlink:href=\"#r\"/>\
         <path d=\"M0 0L9 9\" marker-end=\"url( '#tip' )\"/></g>",
    );
    let document = roxmltree::Document::parse(&kept).unwrap();
    let ids: Vec<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    assert_eq!(
        ids,
        [
            "fig--title",
            "fig--description",
            "fig-cut",
            "fig-r",
            "fig-tip",
            "fig-all"
        ]
    );
    let references: Vec<&str> = document
        .descendants()
        .flat_map(|node| node.attributes())
        .filter(|attribute| attribute.value().contains('#'))
        .map(|attribute| attribute.value())
        .collect();
    assert_eq!(
        references,
        ["url(#fig-cut)", "#fig-r", "#fig-r", "url(#fig-tip)"]
    );
    refuses("<use href=\"#gone\"/>", &["`gone`"]);
    refuses("<rect clip-path=\"url(#gone)\"/>", &["`gone`"]);
    refuses("<rect id=\"a\"/><rect id=\"a\"/>", &["`a`", "twice"]);
    refuses("<rect id=\"a b\"/>", &["`a b`"]);
    refuses("<rect id=\"-title\"/>", &["`-title`"]);
}

#[test]
fn what_drawing_programs_add_goes_without_a_word() {
    let kept = keeps(
        "<!-- made by hand --><metadata>x</metadata><title>old</title>\
         <i:page xmlns:i=\"http://www.inkscape.org/\" i:zoom=\"2\"/>\
         <rect data-name=\"Layer\" aria-label=\"x\" width=\"5px\" height=\"5\"/>",
    );
    for gone in [
        "made by hand",
        "metadata",
        "old",
        "page",
        "Layer",
        "aria-label=",
        "px",
    ] {
        assert!(!kept.contains(gone), "{gone} is still in {kept}");
    }
    assert!(kept.contains("<rect width=\"5\" height=\"5\">"), "{kept}");
}

#[test]
fn the_size_comes_from_the_view_box_and_the_width() {
    let size = |root: &str| {
        let picture = drawn(Source::Svg(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {root}><g/></svg>"
        )));
        (picture.width, picture.height)
    };
    assert_eq!(size("viewBox=\"0 0 100 50\""), (100.0, 50.0));
    assert_eq!(
        size("viewBox=\"0,0,100,50\" width=\"200px\" height=\"7\""),
        (200.0, 100.0)
    );
    assert_eq!(size("width=\"30\" height=\"20\""), (30.0, 20.0));
    for wrong in [
        "",
        "width=\"100%\" height=\"9\"",
        "viewBox=\"0 0 0 5\"",
        "viewBox=\"0 0 x 5\"",
        "viewBox=\"1 2 3\"",
    ] {
        let source = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {wrong}/>");
        refused(Source::Svg(&source), 1, &["viewBox=\"0 0 WIDTH HEIGHT\""]);
    }
}

#[test]
fn attributes_of_the_root_reach_its_content() {
    let source = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"x\" viewBox=\"0 0 9 9\" \
        fill=\"none\" class=\"s-hot\"><rect/></svg>";
    let kept = drawn(Source::Svg(source)).svg;
    assert!(
        kept.contains("<g class=\"s-hot\" fill=\"none\"><rect></rect></g></svg>"),
        "{kept}"
    );
}

#[test]
fn what_cannot_be_measured_is_refused() {
    refuses(
        "<symbol id=\"s\"><text>a</text></symbol>",
        &["<symbol>", "measured"],
    );
    refuses(
        "<defs><g><text>a</text></g></defs>",
        &["<defs>", "measured"],
    );
    refuses("<text x=\"1 2 3\">abc</text>", &["x=", "one plain number"]);
    refuses(
        "<text font-size=\"1.2em\">abc</text>",
        &["font-size", "one plain number"],
    );
    refuses("<text textLength=\"9\">abc</text>", &["textLength"]);
    refuses("<g transform=\"rotate(1turn)\"/>", &["rotate(degrees)"]);
}

#[test]
fn broken_xml_is_refused_on_its_line() {
    refuses("<rect width=5/>", &["can't be read"]);
    refuses("<text>&nbsp;</text>", &["can't be read"]);
    refused(Source::Svg("<svg>\n\n<g></svg>"), 3, &["can't be read"]);
    refused(Source::Svg("<html/>"), 1, &["must be <svg>"]);
    refused(Source::Svg(""), 1, &["can't be read"]);
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<svg>&b;</svg>";
    refused(Source::Svg(bomb), 1, &["DOCTYPE"]);
}

#[test]
fn deep_nesting_is_refused_and_exhausts_nothing() {
    let nested = |depth: usize| around(&format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth)));
    assert!(draw(Source::Svg(&nested(30)), &WORDS).is_ok());
    refused(Source::Svg(&nested(50)), 2, &["nested too deeply"]);
    refused(Source::Svg(&nested(100_000)), 2, &["nested too deeply"]);
}

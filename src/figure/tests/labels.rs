//! The check of labels, with the theme's real fonts. Every complaint has a twin that is only a
//! little better off and passes, so that neither can hold by accident.

use super::super::{Picture, label_problems};
use super::*;

#[track_caller]
fn problems(source: Source) -> Vec<String> {
    let picture = drawn(source);
    assert!(
        picture.svg.contains("<text "),
        "nothing to check in {}",
        picture.svg
    );
    label_problems(&picture, &fonts())
}

#[track_caller]
fn pikchr(source: &str) -> Vec<String> {
    problems(Source::Pikchr(source))
}

#[track_caller]
fn svg(inside: &str) -> Vec<String> {
    let source =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\">{inside}</svg>");
    problems(Source::Svg(&source))
}

#[track_caller]
fn one(problems: Vec<String>, says: &[&str]) {
    assert_eq!(problems.len(), 1, "{problems:#?}");
    for word in says {
        assert!(
            problems[0].contains(word),
            "{word:?} is not in: {}",
            problems[0]
        );
    }
}

#[track_caller]
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn a_label_that_leaves_its_box_is_named_with_the_numbers() {
    one(
        pikchr("box width 100px \"least connections\""),
        &[
            "label \"least connections\" is 108",
            "px wide and leaves its box of 100 px by 4",
            "px on each side: widen the box or shorten the label",
        ],
    );
    none(pikchr("box width 116px \"least connections\""));
}

#[test]
fn a_label_keeps_two_pixels_from_the_edge() {
    one(
        pikchr("box width 110px \"least connections\""),
        &[
            "from the edge of its box of 110 px, where 2 px are needed",
            "widen the box",
        ],
    );
    one(
        svg("<rect width=\"200\" height=\"40\"/><text x=\"0.5\" y=\"24\">aside</text>"),
        &[
            "stands 0.5 px from the edge of its box of 200 px",
            "move the label towards its middle",
        ],
    );
    none(svg(
        "<rect width=\"200\" height=\"40\"/><text x=\"2\" y=\"24\">aside</text>",
    ));
}

#[test]
fn a_label_that_leaves_its_box_on_one_side_says_which() {
    let at = |x: u32, anchor: &str| {
        svg(&format!(
            "<rect x=\"100\" width=\"100\" height=\"40\"/><text x=\"{x}\" y=\"24\" \
                text-anchor=\"{anchor}\">connections</text>"
        ))
    };
    one(
        at(170, "start"),
        &["leaves its box of 100 px by", "px on the right: move"],
    );
    one(
        at(120, "end"),
        &["leaves its box of 100 px by", "px on the left: move"],
    );
    none(at(110, "start"));
    none(at(190, "end"));
}

#[test]
fn a_label_must_not_be_taller_than_its_box() {
    one(
        pikchr("box height 10px width 90px \"apply\""),
        &["px tall and leaves its box of 10 px", "make the box taller"],
    );
    none(pikchr("box height 20px width 90px \"apply\""));
}

#[test]
fn round_shapes_are_measured_along_their_edge() {
    one(
        pikchr("circle radius 25px \"servers\""),
        &["\"servers\"", "round edge of its circle of 50 × 50 px"],
    );
    none(pikchr("circle radius 26px \"servers\""));
    one(
        svg(
            "<polygon points=\"50,0 100,100 0,100\"/><text x=\"50\" y=\"30\" \
                text-anchor=\"middle\">roof</text>",
        ),
        &["\"roof\"", "shape"],
    );
    none(svg(
        "<polygon points=\"50,0 100,100 0,100\"/><text x=\"50\" y=\"80\" \
            text-anchor=\"middle\">roof</text>",
    ));
}

#[test]
fn boxes_of_every_kind_hold_their_labels() {
    for kind in [
        "box", "oval", "cylinder", "ellipse", "diamond", "file", "circle",
    ] {
        let source = |width: &str| format!("{kind} width {width} \"least connections\"");
        let problems = pikchr(&source("60px"));
        assert_eq!(problems.len(), 1, "{kind}: {problems:?}");
        assert!(problems[0].contains("leaves its"), "{kind}: {problems:?}");
        none(pikchr(&source("220px")));
    }
    one(
        pikchr("line right 60px then down 40px then left 60px close \"least connections\""),
        &["leaves its box"],
    );
}

#[test]
fn two_labels_that_meet_are_named() {
    let two = |dy: u32| {
        pikchr(&format!(
            "text \"first\" at (0,0); text \"second\" at (0,{dy}px)"
        ))
    };
    one(
        two(6),
        &[
            "labels \"first\" and \"second\" overlap by",
            "move one of them",
        ],
    );
    none(two(16));
    one(
        svg("<text x=\"10\" y=\"50\">first</text><text x=\"30\" y=\"50\">second</text>"),
        &["overlap"],
    );
    none(svg(
        "<text x=\"10\" y=\"50\">first</text><text x=\"50\" y=\"50\">second</text>",
    ));
}

#[test]
fn a_label_must_stay_in_the_picture() {
    one(
        svg("<text x=\"280\" y=\"50\">outside</text>"),
        &["\"outside\" leaves the picture by", "px on the right"],
    );
    one(
        svg("<text x=\"-5\" y=\"50\">outside</text>"),
        &["leaves the picture by 5 px on the left"],
    );
    one(svg("<text x=\"5\" y=\"5\">outside</text>"), &["on the top"]);
    one(
        svg("<text x=\"5\" y=\"199\">gap</text>"),
        &["on the bottom"],
    );
    none(svg("<text x=\"5\" y=\"15\">inside</text>"));
}

#[test]
fn labels_stay_readable_on_a_phone() {
    let wide = |width: u32| {
        pikchr(&format!(
            "line right {width}px; text \"a\" at (50px,20px); text \"b\" at (90px,20px)"
        ))
    };
    one(
        wide(480),
        &[
            "label \"a\" and one other of its size is 13 px",
            "at most 448 px wide",
            "9.5 px",
        ],
    );
    none(wide(436));
    one(
        svg("<text x=\"5\" y=\"50\" font-size=\"9\">tiny</text>"),
        &["is 9 px high", "at least 9.5 px"],
    );
    none(svg("<text x=\"5\" y=\"50\" font-size=\"9.5\">tiny</text>"));
}

#[test]
fn bold_labels_are_measured_bold() {
    let name = "minimum connections";
    let width = |weight: &str| {
        let problems = pikchr(&format!("box width 40px \"{name}\" {weight}"));
        let number = problems[0]
            .split(" is ")
            .nth(1)
            .unwrap()
            .split(" px")
            .next()
            .unwrap();
        number.parse::<f64>().unwrap()
    };
    let (plain, bold) = (width(""), width("bold"));
    assert!(bold > plain * 1.02 && bold < plain * 1.1, "{plain} {bold}");
}

#[test]
fn monospaced_labels_are_measured_monospaced() {
    one(
        pikchr("box width 60px \"iiiiiiiiii\" mono"),
        &["is 78 px wide"],
    );
    none(pikchr("box width 60px \"iiiiiiiiii\""));
    one(
        svg(
            "<rect width=\"60\" height=\"40\"/><text x=\"3\" y=\"24\">iiiii<tspan \
                class=\"mono\">iiiiiii</tspan></text>",
        ),
        &["leaves its box"],
    );
}

#[test]
fn transforms_and_nesting_move_labels_and_boxes_alike() {
    let turned = |degrees: i32| {
        svg(&format!(
            "<g transform=\"translate(100 40)\"><rect width=\"24\" height=\"120\"/><g \
                transform=\"translate(12 60)\"><text text-anchor=\"middle\" \
                dominant-baseline=\"central\" \
                transform=\"rotate({degrees})\">connections</text></g></g>"
        ))
    };
    none(turned(90));
    none(turned(-90));
    one(turned(0), &["leaves its box of 24 px"]);
    let scaled = |factor: f64| {
        svg(&format!(
            "<rect width=\"100\" height=\"60\"/><text x=\"5\" y=\"20\" \
                transform=\"scale({factor})\">connections</text>"
        ))
    };
    none(scaled(1.0));
    one(scaled(2.0), &["leaves its box of 100 px"]);
}

#[test]
fn a_larger_view_box_makes_labels_smaller() {
    let source = |view: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" viewBox=\"{view}\"><text \
                x=\"20\" y=\"30\">a</text></svg>"
        )
    };
    none(problems(Source::Svg(&source("0 0 300 200"))));
    one(
        problems(Source::Svg(&source("0 0 600 400"))),
        &["is 6.5 px high"],
    );
    none(problems(Source::Svg(&source("-10 -10 300 200"))));
    one(
        problems(Source::Svg(&source("25 0 300 200"))),
        &["leaves the picture by 5 px on the left"],
    );
}

#[test]
fn lines_of_one_text_are_labels_of_their_own() {
    let lines = |dy: u32| {
        svg(&format!(
            "<text x=\"10\" y=\"50\">one<tspan x=\"10\" dy=\"{dy}\">two</tspan></text>"
        ))
    };
    none(lines(16));
    one(lines(4), &["labels \"one\" and \"two\" overlap"]);
    let same = |x: u32| {
        svg(&format!(
            "<text x=\"10\" y=\"50\">a <tspan font-weight=\"bold\">b</tspan></text><text \
                x=\"{x}\" y=\"50\">c</text>"
        ))
    };
    one(same(12), &["labels \"a b\" and \"c\""]);
    none(same(40));
}

#[test]
fn baselines_shift_labels_as_browsers_do() {
    // The ink of "HHH" at 13 px is 9.45 px tall; each box leaves it 2.1 px above and below, where
    // it should be.
    let tops = [
        ("alphabetic", 38.4),
        ("central", 43.2),
        ("middle", 42.0),
        ("hanging", 48.5),
        ("text-before-edge", 51.0),
        ("text-after-edge", 35.3),
    ];
    for (baseline, top) in tops {
        let problems = |moved: f64| {
            svg(&format!(
                "<rect y=\"{}\" width=\"60\" height=\"13.7\"/>\
                 <text x=\"5\" y=\"50\" dominant-baseline=\"{baseline}\">HHH</text>",
                top + moved
            ))
        };
        assert!(problems(0.0).is_empty(), "{baseline}: {:?}", problems(0.0));
        for moved in [-0.4, 0.4] {
            let found = problems(moved);
            assert_eq!(found.len(), 1, "{baseline}, its box moved by {moved}");
            assert!(
                found[0].contains("px tall and stands"),
                "{baseline}: {found:?}"
            );
        }
    }
}

#[test]
fn pikchrs_labels_stand_in_the_middle_of_their_box() {
    // Capitals at 13 px are 9.45 px tall; with 2 px above and below they need 13.45 px.
    let high = |height: f64| pikchr(&format!("boxrad = 0; box height {height}px \"HHH\""));
    none(high(13.7));
    one(high(13.2), &["px tall and stands 1.9 px from the edge"]);
}

#[test]
fn a_label_belongs_to_the_smallest_shape_around_it() {
    let source = "box width 300px height 150px; box width 40px at last box \"least connections\"";
    one(pikchr(source), &["leaves its box of 40 px"]);
    none(pikchr(
        "box width 300px height 150px; box width 40px at last box; text \"least connections\" \
            at last box + (0,50px)",
    ));
}

#[test]
fn a_label_must_not_run_into_its_neighbours() {
    let between = |width: u32| {
        pikchr(&format!(
            "box \"a\"; line right {width}px \"least connections\"; box \"b\""
        ))
    };
    one(
        between(60),
        &["label \"least connections\" runs into the box of \"a\": move or shorten it"],
    );
    none(between(120));
    let beside = |x: u32| {
        svg(&format!(
            "<text x=\"10\" y=\"50\">name</text><circle cx=\"{x}\" cy=\"46\" r=\"4\"/>"
        ))
    };
    one(
        beside(45),
        &["label \"name\" runs into a circle of 8 × 8 px"],
    );
    none(beside(60));
}

#[test]
fn what_a_box_hides_does_not_touch_its_label() {
    none(svg(
        "<rect x=\"0\" y=\"46\" width=\"50\" height=\"8\"/><rect x=\"30\" y=\"30\" width=\"60\" height=\"40\"/>\
         <text x=\"60\" y=\"54\" text-anchor=\"middle\">name</text>",
    ));
    one(
        svg(
            "<rect x=\"30\" y=\"30\" width=\"60\" height=\"40\"/><rect x=\"0\" y=\"46\" width=\"50\" height=\"8\"/>\
             <text x=\"60\" y=\"54\" text-anchor=\"middle\">name</text>",
        ),
        &["runs into a box of 50 × 8 px"],
    );
}

#[test]
fn widths_agree_with_what_chromium_measured() {
    // getComputedTextLength() of these labels with the theme's fonts at 13 px, Chromium, kerning
    // on.
    let fonts = fonts();
    for (text, weight, mono, measured) in MEASURED_BY_CHROMIUM {
        let style = super::super::font::Style {
            mono,
            weight,
            size: 13.0,
        };
        let width = fonts.width(text, style);
        let share = width / measured;
        assert!(
            (0.995..1.05).contains(&share),
            "{text}: {width} here, {measured} in Chromium"
        );
    }
}

/// Text, weight, whether monospaced, width in pixels.
const MEASURED_BY_CHROMIUM: [(&str, f64, bool, f64); 9] = [
    ("least connections", 400.0, false, 108.27),
    ("load balancer", 600.0, false, 85.25),
    ("Round robin: AVA To. Wy", 400.0, false, 153.09),
    ("62% of 1,024 requests/s", 400.0, false, 150.25),
    ("120 req/s", 400.0, true, 70.20),
    ("not answering", 400.0, false, 87.05),
    ("Layer 4 or layer 7 → ✓ × ≤", 400.0, false, 162.58),
    ("TCP 10.0.0.1:8080", 600.0, false, 113.53),
    ("fsync() → disk", 400.0, true, 109.20),
];

#[test]
fn the_guess_behind_the_pictures_edge_is_never_too_small() {
    let fonts = fonts();
    for (bold, weight, mono) in [
        ("", 400.0, false),
        (" bold", 600.0, false),
        (" mono", 400.0, true),
    ] {
        for character in (' '..='~').chain("éÄ×–—→…µ≤".chars()) {
            if matches!(character, ' ' | '"' | '\\' | '&') {
                continue;
            }
            let text: String = std::iter::repeat_n(character, 12).collect();
            let picture = drawn(Source::Pikchr(&format!("text \"{text}\"{bold}")));
            let style = super::super::font::Style {
                mono,
                weight,
                size: 13.0,
            };
            let width = fonts.width(&text, style);
            assert!(
                picture.width >= width + 4.0,
                "{text}{bold}: {} for {width}",
                picture.width
            );
            assert!(
                picture.width <= 2.2 * width + 30.0,
                "{text}{bold}: {} for {width}",
                picture.width
            );
        }
    }
}

#[test]
fn what_is_no_picture_is_a_problem_not_a_panic() {
    let picture = Picture {
        svg: "<svg".to_owned(),
        width: 1.0,
        height: 1.0,
    };
    one(label_problems(&picture, &fonts()), &["can't be read"]);
    assert!(Fonts::new(b"wOF2", b"").is_err());
}

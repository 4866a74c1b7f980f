//! Charts of what labs have recorded: what is drawn, what is written beside it, what is refused.

mod own;
mod refused;

use crate::harness::{Book, Page};

const MANIFEST: &str = "[package]\nname = \"lab-03\"\n[package.metadata.lab]\ntitle = \"A balancer\"\nminutes = 20\n[[package.metadata.lab.exercises]]\nname = \"two-choices\"\ntitle = \"Two choices\"\neffort = \"5 min\"\ntask = \"Write it.\"\n[[package.metadata.lab.exercises]]\nname = \"health\"\ntitle = \"Health\"\neffort = \"5 min\"\ntask = \"Write it.\"\n";

/// Numbers of four sources, series of two, and a claim.
const MEASURED: &str = r#"{"schema": 1, "machine": {"processor": "Zen", "cores": 2, "memory_mib": 4096, "kernel": "k"}, "date": "2026-11-21", "revision": "r", "seed": 1, "experiments": {
    "policies": {
        "figures": {
            "random": {"p99_ms": {"value": 148, "unit": "ms", "source": "measured"}, "failed": {"value": 0, "unit": "requests", "source": "measured"}},
            "two-choices": {"p99_ms": {"value": 48.25, "unit": "ms", "source": "measured"}, "rate": {"value": 120, "unit": "a second", "source": "measured"}},
            "simulated-two-choices": {"p99_ms": {"value": 46.4, "unit": "ms", "source": "simulated"}},
            "nginx-two-choices": {"p99_ms": {"value": 50.1, "unit": "ms", "source": "engine:nginx"}},
            "slow": {"rate": {"value": 2, "unit": "a minute", "source": "measured"}}
        },
        "series": {
            "random": {"x": {"label": "busy", "unit": "%"}, "y": {"label": "time", "unit": "ms"}, "source": "measured", "points": [[50, 20], [90, 100]]},
            "theory-two-choices": {"x": {"label": "busy", "unit": "%"}, "y": {"label": "time", "unit": "ms"}, "source": "theory", "points": [[50, 12.66], [90, 26.14]]},
            "errors": {"x": {"label": "at", "unit": "s"}, "y": {"label": "errors", "unit": ""}, "source": "measured", "points": [[0, 0], [1, 5]]},
            "empty": {"x": {"label": "at", "unit": "s"}, "y": {"label": "errors", "unit": ""}, "source": "measured", "points": []}
        },
        "claims": [{"claim": "two choices are shorter", "theory": null, "simulated": 46.4, "measured": 48.25, "engine": null, "tolerance": 0.1, "holds": true}]
    },
    "nothing": {}
}}"#;

/// The block of a chart, which stands from line 3 of a chapter on: `chart` on line 7, `settings` from line 8.
fn block(settings: &str) -> String {
    block_of("lab-03/policies", settings)
}

fn block_of(chart: &str, settings: &str) -> String {
    format!(
        "```figure\nid = \"f\"\ncaption = \"The caption.\"\ndescription = \"What it shows.\"\nchart = \"{chart}\"\n{settings}\n```\n"
    )
}

fn book(text: &str) -> Book {
    Book::with(&format!("# One\n\n{text}"))
        .settings("[output.labbook]\nlabs = \"labs\"\nepub = true\n")
        .file("labs/03-balancer/Cargo.toml", MANIFEST)
        .file("labs/03-balancer/measured.json", MEASURED)
}

fn drawn(settings: &str) -> Page {
    book(&block(settings)).build().page("one")
}

/// Words that stand in the picture, in its order.
fn words(page: &Page) -> Vec<String> {
    let main = page.main();
    let start = main.find("<svg").expect("there is a picture");
    let end = main.find("</svg>").expect("it ends");
    let document = roxmltree::Document::parse(&main[start..end + 6]).expect("it is XML");
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts
        .map(|node| node.text().unwrap_or_default().trim().to_string())
        .collect()
}

#[test]
fn bars_have_a_name_a_number_and_an_axis_with_its_unit() {
    let page = drawn("key = \"p99_ms\"\nvariants = [\"two-choices\", \"random\"]");
    page.shows("<figure class=\"figure\" id=\"f\" data-kind=\"chart\">")
        .shows("<title id=\"f--title\">The caption.</title><desc id=\"f--description\">What it shows.</desc>")
        .shows("<span class=\"figure-number\">Figure 1.1</span> The caption.")
        .hides("style=");
    assert_eq!(
        words(&page),
        [
            "p99, ms",
            "0",
            "50",
            "100",
            "two choices",
            "48.2",
            "random",
            "148"
        ]
    );
}

#[test]
fn bars_of_several_sources_stand_together_and_differ_in_texture() {
    let page = drawn("key = \"p99_ms\"\naxis = \"99 of 100 came within\"");
    assert_eq!(
        words(&page)[..4],
        [
            "99 of 100 came within, ms",
            "simulated",
            "measured",
            "nginx"
        ]
    );
    let names = words(&page);
    let place = |name: &str| names.iter().position(|word| word == name).expect(name);
    assert!(
        place("random") < place("two choices"),
        "the longest first: {names:?}"
    );
    assert_eq!(
        names[place("two choices") + 1..],
        ["46.4", "48.2", "50.1"],
        "by source, under one name"
    );
    // Solid, striped to the right, striped upright: as many stripes as fit.
    page.shows("<rect class=\"f-flow\" x=")
        .shows("<path class=\"s-flow\" d=\"M89.9 82.5L92.4 80M")
        .shows("<path class=\"s-muted\" d=\"M92.4 132L92.4 118M");
}

#[test]
fn the_numbers_stand_in_a_table_with_their_origin() {
    drawn("key = \"p99_ms\"")
        .shows("<details class=\"figure-numbers\"><summary>The numbers</summary><table><caption>p99, ms</caption><thead><tr><th scope=\"col\"></th><th scope=\"col\">simulated</th><th scope=\"col\">measured</th><th scope=\"col\">nginx</th></tr></thead><tbody><tr><th scope=\"row\">random</th><td>–</td><td>148</td><td>–</td></tr><tr><th scope=\"row\">two choices</th><td>46.4</td><td>48.25</td><td>50.1</td></tr></tbody></table></details>")
        .shows("<p class=\"figure-origin\">Measured 2026-11-21, 2 cores, Zen.</p>");
}

#[test]
fn a_chart_of_a_model_alone_says_so() {
    let page = drawn("key = \"p99_ms\"\nvariants = [\"simulated-two-choices\"]");
    page.shows("<p class=\"figure-origin\">Simulated: the same on every machine.</p>");
    assert_eq!(words(&page)[1], "simulated");
}

#[test]
fn on_an_axis_that_goes_up_by_factors_bars_are_dots() {
    let page = drawn("key = \"p99_ms\"\nlog = true");
    page.shows("<circle").shows("<rect class=\"f-muted\"");
    assert!(
        words(&page).contains(&"100".to_string()) && !words(&page).contains(&"0".to_string()),
        "{:?}",
        words(&page)
    );
}

#[test]
fn a_bar_of_nothing_says_so() {
    let page = drawn("key = \"failed\"");
    let words = words(&page);
    assert_eq!(words[0], "failed, requests");
    assert_eq!(words[words.len() - 2..], ["random", "0"]);
}

#[test]
fn lines_have_axes_names_and_dashes_for_their_source() {
    let page = drawn("series = [\"random\", \"theory-two-choices\"]");
    let words = words(&page);
    assert_eq!(words[..3], ["time, ms", "theory", "measured"]);
    for word in ["random", "two choices", "busy, %", "100", "50", "90"] {
        assert!(
            words.iter().any(|known| known == word),
            "no {word}: {words:?}"
        );
    }
    page.shows("stroke-dasharray=\"1.5 3\"")
        .shows("<caption>time, ms</caption>")
        .shows("<th scope=\"col\">busy, %</th><th scope=\"col\">random, measured</th><th scope=\"col\">two choices, theory</th>")
        .shows("<th scope=\"row\">50</th><td>20</td><td>12.66</td>");
    // The picture ends where its last point is drawn, not beyond: 448 units are all there is.
    page.shows("viewBox=\"0 0 448 ");
}

#[test]
fn thousands_of_points_are_drawn_as_hundreds_and_keep_their_peak() {
    let points: Vec<String> = (0..5000)
        .map(|at| format!("[{at}, {}]", if at == 3123 { 99 } else { at % 7 }))
        .collect();
    let series = format!(
        r#"{{"schema": 1, "experiments": {{"e": {{"series": {{"s": {{"x": {{"label": "at", "unit": "s"}}, "y": {{"label": "n", "unit": ""}}, "source": "measured", "points": [{}]}}}}}}}}}}"#,
        points.join(",")
    );
    let page = book(&block_of("lab-03/e", "series = [\"s\"]"))
        .file("labs/03-balancer/measured.json", &series)
        .build()
        .page("one");
    assert!(page.main().len() < 20_000, "{}", page.main().len());
    page.shows("<caption>n (one row in 209)</caption>");
    let line = page
        .main()
        .split("<path class=\"s-flow\" d=\"M")
        .nth(1)
        .expect("the line");
    let heights = line
        .split('"')
        .next()
        .unwrap()
        .split('L')
        .filter_map(|point| point.split(' ').nth(1)?.parse::<f64>().ok());
    let highest = heights.fold(f64::MAX, f64::min);
    assert!(highest < 40.0, "the peak was left out: {highest}");
}

#[test]
fn labels_of_charts_are_measured_like_all_others() {
    let long = MEASURED.replace(
        "\"random\"",
        "\"a-name-of-more-letters-than-any-telephone-has-room-for-in-one-line-really\"",
    );
    let problems = book(&block("key = \"p99_ms\""))
        .file("labs/03-balancer/measured.json", &long)
        .build()
        .problems();
    assert!(
        problems.starts_with("src/one.md:3: figure `f` (lab-03/policies): label \"a name of more"),
        "{problems}"
    );
    assert_eq!(book(&block("key = \"p99_ms\"")).build().problems(), "");
}

#[test]
fn a_chart_goes_to_paper_and_to_e_readers() {
    let site = book(&block("key = \"p99_ms\"")).build();
    let print = site.text("print.html");
    assert!(print.contains("two choices</text>") && print.contains("<caption>p99, ms</caption>"));
    assert!(site.has("test.epub"));
}

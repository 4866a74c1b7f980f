//! A served book whose live figures change: the thread that compiles is played by hand.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::Instant;

use labbook::build::{Purpose, build};
use labbook::live::{Live, Moment, Revision, absolute};
use labbook::site::Content;

use super::fixture::{can_compile, live, with_crate};
use super::{Book, book};

/// An author who changes the crate of a served book.
struct Author {
    book: Book,
    live: Live,
    seen: Revision,
}

const SOURCE: &str = "figures/src/texts.rs";

impl Author {
    fn new() -> Author {
        let book = with_crate(book(&live("lanes", "at = \"12 s\"")))
            .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
            .file("src/two.md", "# Two\n");
        let live = Live::of(build(book.root(), Purpose::Preview).unwrap());
        let seen = live.state().borrow().revision;
        Author { book, live, seen }
    }

    fn now(&self) -> Arc<Moment> {
        self.live.state().borrow().clone()
    }

    /// Changes a word of a source, and has the figures compiled; the problems.
    fn replaces(&mut self, from: &str, to: &str) -> Vec<String> {
        self.seen = self.now().revision;
        let file = self.book.root().join(SOURCE);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&file, text.replace(from, to)).unwrap();
        let paths = BTreeSet::from([absolute(self.book.root(), SOURCE)]);
        let job = self
            .live
            .figures_job(&paths)
            .expect("a source of the figures");
        let report = self.live.take_figures(job.run(), Instant::now());
        report.problems.iter().map(ToString::to_string).collect()
    }

    /// Names of what the reader of a page is told since the last change.
    fn told(&self, page: &str) -> Vec<&'static str> {
        let events = self.now().events(page, Some(self.seen));
        events.iter().map(|event| event.name).collect()
    }

    fn page(&self, path: &str) -> String {
        match &self.now().site.files[path] {
            Content::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
            Content::File(file) => fs::read_to_string(file).unwrap(),
        }
    }
}

#[test]
fn an_edited_figure_is_compiled_and_swapped_in_open_pages() {
    if !can_compile() {
        return;
    }
    let mut author = Author::new();
    let before = author.page("one.html");
    assert_eq!(author.replaces("were counted", "were seen"), [""; 0]);
    assert_eq!(author.told("one.html"), ["site"]);
    assert_eq!(author.told("two.html"), [""; 0], "it has no figure");
    let after = author.page("one.html");
    assert!(after.contains("requests were seen"), "{after}");
    let module = |html: &str| {
        html.lines()
            .find(|line| line.contains("labbook/figures-"))
            .map(str::to_string)
    };
    assert!(module(&before).is_some() && module(&before) != module(&after));
}

#[test]
fn a_figure_that_does_not_compile_is_told_and_the_last_good_one_stays() {
    if !can_compile() {
        return;
    }
    let mut author = Author::new();
    let before = author.page("one.html");
    let problems = author.replaces("one + two + three", "one + two + four");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("figures/src/texts.rs:")
            && problems[0].contains("cannot find value `four`"),
        "{problems:?}"
    );
    assert_eq!(author.told("one.html"), ["problems"]);
    assert_eq!(author.page("one.html"), before);

    // An edit of a chapter comes all the same, and does not hide what is wrong with the figure.
    author.seen = author.now().revision;
    fs::write(
        author.book.root().join("src/two.md"),
        "# Two\n\nFresh words.\n",
    )
    .unwrap();
    let edited = BTreeSet::from([absolute(author.book.root(), "src/two.md")]);
    assert!(author.live.figures_job(&edited).is_none());
    assert!(author.live.changed(&edited).problems.is_empty());
    assert_eq!(author.told("two.html"), ["page", "site"]);
    assert_eq!(author.now().problems.len(), 1);

    // The mend clears it.
    assert_eq!(
        author.replaces("one + two + four", "one + two + three"),
        [""; 0]
    );
    assert_eq!(author.told("two.html"), ["problems"]);
    assert!(author.now().problems.is_empty());
}

#[test]
fn a_control_that_is_gone_is_told_on_the_line_of_the_chapter_that_sets_it() {
    if !can_compile() {
        return;
    }
    let mut author = Author::new();
    let chapter = author.book.root().join("src/one.md");
    fs::write(
        &chapter,
        format!("# One\n\n{}", live("lanes", "controls = { rate = 120 }")),
    )
    .unwrap();
    let edited = BTreeSet::from([absolute(author.book.root(), "src/one.md")]);
    assert!(author.live.changed(&edited).problems.is_empty());
    let problems = author.replaces("\"name\":\"rate\"", "\"name\":\"pace\"");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("src/one.md:3: figure `lanes`: `counter` has no control `rate`"),
        "{problems:?}"
    );
    assert!(author.page("one.html").contains("data-control=\"rate\""));
}

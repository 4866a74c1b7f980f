//! Our own book: it builds, nothing is wrong with it, and it is what course.md asks for.

use std::path::Path;

use labbook::build::{Built, Purpose, build};
use labbook::check::check;

fn built() -> Built {
    build(Path::new(env!("CARGO_MANIFEST_DIR")), Purpose::Publish)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn our_book_has_eight_chapters_and_nothing_is_wrong_with_it() {
    let built = built();
    let problems: Vec<String> = check(&built).iter().map(ToString::to_string).collect();
    assert_eq!(problems, [""; 0]);
    let numbered = built
        .book
        .chapters
        .iter()
        .filter(|chapter| chapter.number.is_some())
        .count();
    assert_eq!(numbered, 8);
}

#[test]
fn every_chapter_has_its_opening_a_prediction_and_a_drawn_figure() {
    let built = built();
    for (chapter, page) in built
        .book
        .chapters
        .iter()
        .zip(&built.pages)
        .filter(|(chapter, _)| chapter.number.is_some())
    {
        let front_matter = &chapter.front_matter;
        let opening = [
            &front_matter.description,
            &front_matter.metaphor,
            &front_matter.picture,
            &front_matter.essence,
        ];
        assert!(
            opening.iter().all(|text| text.is_some()),
            "{} has no full opening",
            chapter.path
        );
        assert!(
            page.html.contains("class=\"quiz prediction\""),
            "{} has no prediction",
            chapter.path
        );
        assert!(
            page.html.contains("<svg"),
            "{} has no drawn figure",
            chapter.path
        );
        let first = page
            .headings
            .iter()
            .find(|heading| heading.level == 2)
            .and_then(|heading| heading.number.clone());
        assert_eq!(
            first,
            chapter.number.as_ref().map(|number| format!("{number}.1")),
            "{}",
            chapter.path
        );
    }
}

//! What a figure promises, tried from outside: one file for each half of the module.

mod labels;
mod pikchr;
mod robustness;
mod svg;

use super::{Fonts, Picture, Source, Words, draw};

/// The theme's real fonts.
fn fonts() -> Fonts<'static> {
    let sans = include_bytes!("../../theme/fonts/inter.ttf");
    let mono = include_bytes!("../../theme/fonts/jetbrains-mono.ttf");
    Fonts::new(sans, mono).unwrap()
}

const WORDS: Words = Words {
    id: "fig",
    title: "A title",
    description: "What it shows.",
};

#[track_caller]
fn drawn(source: Source) -> Picture {
    match draw(source, &WORDS) {
        Ok(picture) => picture,
        Err(error) => panic!("not drawn: {error}"),
    }
}

/// The error must be one clean line, on the given line of the source, and say all of the words.
#[track_caller]
fn refused(source: Source, line: usize, says: &[&str]) {
    let error = match draw(source, &WORDS) {
        Ok(picture) => panic!("drawn instead of refused: {}", picture.svg),
        Err(error) => error,
    };
    assert_eq!(error.line, line, "{error}");
    assert!(!error.message.contains('\n'), "more than one line: {error}");
    assert!(!says.is_empty(), "say what to look for");
    for word in says {
        assert!(error.message.contains(word), "{word:?} is not in: {error}");
    }
}

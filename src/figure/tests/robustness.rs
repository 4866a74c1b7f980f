//! Broken, cut and random sources: always an answer, never a panic.

use super::super::{FigureError, label_problems};
use super::*;

const PIKCHR: &str = "# a balancer\ncircle at (0,0) fill card\nP: line right 70px color pipe thickness 12px\ndot at P.start + (14px,0) color flow\n\
    define machine {\n  box width 124px at ($1,$2) fill bg color $3 \"×é\" bold \
        ljust\n}\nmachine(350px, 20px, hot); arrow from P.e to last box.w \"go\" aligned\n";

const SVG: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 99 50\">\n<defs><marker id=\"tip\"><path d=\"M0 0L9 9Z\"/></marker></defs>\n\
    <g transform=\"translate(5 5) rotate(90)\"><rect class=\"f-hot\" width=\"30\" height=\"20\"/><text x=\"4\" y=\"14\">é×<tspan dy=\"12\" x=\"3\">two</tspan></text>\n\
    <path d=\"M0 0C1 2 3 4 5 6S7 8 9 9Q1 1 2 2T4 4A5 5 0 01 9 9z\" \
        marker-end=\"url(#tip)\"/></g></svg>";

/// How many sources were drawn and how many refused; every refusal is one line on a line that
/// exists.
#[derive(Default)]
struct Tally {
    drawn: usize,
    refused: usize,
}

impl Tally {
    fn try_all(&mut self, text: &str, fonts: &Fonts) {
        for source in [Source::Pikchr(text), Source::Svg(text)] {
            match draw(source, &WORDS) {
                Ok(picture) => {
                    self.drawn += 1;
                    assert!(
                        roxmltree::Document::parse(&picture.svg).is_ok(),
                        "{source:?} gave {}",
                        picture.svg
                    );
                    assert!(
                        picture.width.is_finite() && picture.height.is_finite(),
                        "{source:?}"
                    );
                    let _ = label_problems(&picture, fonts);
                }
                Err(error) => self.refuse(text, &error),
            }
        }
    }

    fn refuse(&mut self, text: &str, error: &FigureError) {
        self.refused += 1;
        let lines = text.matches('\n').count() + 1;
        assert!((1..=lines).contains(&error.line), "{error} in {text:?}");
        assert!(
            !error.message.contains('\n') && error.message.len() < 600,
            "{error} in {text:?}"
        );
    }
}

/// Pieces of Pikchr, to be put in a row.
const WORDS_OF_PIKCHR: [&str; 55] = [
    "box ",
    "circle ",
    "arrow ",
    "line ",
    "text ",
    "\"a\" ",
    "color ",
    "fill ",
    "hot ",
    "red ",
    "from ",
    "to ",
    "at ",
    "last ",
    "box.e ",
    "(1,2) ",
    "then ",
    "up ",
    "3px ",
    "0 ",
    "-1 ",
    "*",
    "/",
    "; ",
    "\n",
    "[ ",
    "] ",
    "{",
    "}",
    "define ",
    "a ",
    "= ",
    "A: ",
    "close ",
    "same ",
    "fit ",
    "width ",
    "rad ",
    "thickness ",
    "big big ",
    "with .n ",
    "invis ",
    "$1",
    "spline ",
    "dotted ",
    "1e9 ",
    "print ",
    "&nbsp;",
    "\"",
    "scale = ",
    "file ",
    "behind ",
    "mono ",
    "even with ",
    "heading 30 ",
];

/// A small random sequence, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn sources_cut_anywhere_are_answered() {
    let (fonts, mut tally) = (fonts(), Tally::default());
    for whole in [PIKCHR, SVG] {
        for (end, _) in whole.char_indices() {
            tally.try_all(&whole[..end], &fonts);
            tally.try_all(&whole[end..], &fonts);
        }
        tally.try_all(whole, &fonts);
    }
    assert!(
        tally.drawn > 50 && tally.refused > 500,
        "{} {}",
        tally.drawn,
        tally.refused
    );
}

#[test]
fn sources_with_any_byte_changed_are_answered() {
    let (fonts, mut tally, mut random) = (fonts(), Tally::default(), Random(7));
    let odd = [
        "\0", "\"", "<", ">", "&", "]", "}", "(", "1e999", "-", "\u{feff}", "\n", "$1", "é",
        "url(", "NaN",
    ];
    for whole in [PIKCHR, SVG] {
        for (at, character) in whole.char_indices() {
            let (before, after) = (&whole[..at], &whole[at + character.len_utf8()..]);
            tally.try_all(
                &format!("{before}{}{after}", odd[random.below(odd.len())]),
                &fonts,
            );
        }
    }
    assert!(
        tally.drawn > 50 && tally.refused > 500,
        "{} {}",
        tally.drawn,
        tally.refused
    );
}

#[test]
fn random_words_are_answered() {
    let (fonts, mut tally, mut random) = (fonts(), Tally::default(), Random(11));
    for _ in 0..4000 {
        let length = 1 + random.below(9);
        let text: String = (0..length)
            .map(|_| WORDS_OF_PIKCHR[random.below(WORDS_OF_PIKCHR.len())])
            .collect();
        tally.try_all(&text, &fonts);
    }
    assert!(
        tally.drawn > 50 && tally.refused > 1000,
        "{} {}",
        tally.drawn,
        tally.refused
    );
}

#[test]
fn random_characters_are_answered() {
    let (fonts, mut tally, mut random) = (fonts(), Tally::default(), Random(13));
    for _ in 0..2000 {
        let length = random.below(80);
        let text: String = (0..length)
            .filter_map(|_| {
                char::from_u32(
                    u32::try_from(random.below(if random.0 & 1 == 0 { 0x7f } else { 0x2_ffff }))
                        .unwrap(),
                )
            })
            .collect();
        tally.try_all(&text, &fonts);
    }
    assert!(tally.refused > 1000, "{}", tally.refused);
}

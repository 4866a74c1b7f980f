//! The table of widths that labels are laid out with says what the theme's fonts say.

use ttf_parser::{Face, Tag};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/inter.rs");
const FONTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../theme/fonts");

/// Beyond ASCII, what labels may need: … · × − – ’.
const MORE: [char; 6] = ['…', '·', '×', '−', '–', '’'];

fn advances(font: &[u8], weight: f32, characters: &[char]) -> Vec<u16> {
    let mut face = Face::parse(font, 0).expect("a font");
    assert_eq!(face.units_per_em(), 2048);
    face.set_variation(Tag::from_bytes(b"wght"), weight)
        .expect("a variable font");
    let advance = |character: &char| {
        let glyph = face.glyph_index(*character).expect("a glyph");
        face.glyph_hor_advance(glyph).expect("an advance")
    };
    characters.iter().map(advance).collect()
}

fn rows(widths: &[u16]) -> String {
    let rows = widths.chunks(16).map(|row| {
        let row: Vec<String> = row.iter().map(u16::to_string).collect();
        format!("    {},\n", row.join(", "))
    });
    rows.collect()
}

fn table() -> String {
    let inter = std::fs::read(format!("{FONTS}/inter.ttf")).expect("the theme's font");
    let ascii: Vec<char> = (' '..='~').collect();
    let count = ascii.len();
    let mut out = String::from(
        "//! How far each character of Inter advances, in 2048ths of the font's size. Made from theme/fonts/inter.ttf by\n\
         //! `UPDATE_WIDTHS=1 cargo test -p scene --test widths`; the same test holds it to the font.\n",
    );
    for (name, weight) in [("REGULAR", 400.0), ("BOLD", 600.0)] {
        let what = format!("Space to tilde at weight {weight}.");
        let widths = rows(&advances(&inter, weight, &ascii));
        out += &format!(
            "\n/// {what}\n#[rustfmt::skip]\npub(super) const {name}: [u16; {count}] = [\n{widths}];\n"
        );
    }
    let pairs = advances(&inter, 400.0, &MORE)
        .into_iter()
        .zip(advances(&inter, 600.0, &MORE))
        .zip(MORE);
    out += &format!(
        "\n/// Other characters: at weight 400, at weight 600.\npub(super) const MORE: [(char, u16, u16); {}] = [\n",
        MORE.len()
    );
    for ((regular, bold), character) in pairs {
        out += &format!("    ('{character}', {regular}, {bold}),\n");
    }
    out + "];\n"
}

#[test]
fn the_table_of_widths_is_the_themes_font() {
    let made = table();
    if std::env::var_os("UPDATE_WIDTHS").is_some() {
        std::fs::write(TABLE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(TABLE).unwrap();
    assert!(
        kept == made,
        "src/text/inter.rs is not what theme/fonts/inter.ttf says: UPDATE_WIDTHS=1 cargo test -p scene --test widths"
    );
}

#[test]
fn every_character_of_the_monospaced_font_is_600_thousandths_wide() {
    let mono = std::fs::read(format!("{FONTS}/jetbrains-mono.ttf")).unwrap();
    let face = Face::parse(&mono, 0).unwrap();
    assert_eq!(face.units_per_em(), 1000);
    for character in (' '..='~').chain(MORE) {
        let glyph = face.glyph_index(character).unwrap();
        assert_eq!(face.glyph_hor_advance(glyph), Some(600), "{character}");
    }
}

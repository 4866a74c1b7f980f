//! How wide text is in the theme's fonts, and text that is cut or wrapped to the room it has.
//!
//! Kerning is left out, as labbook's own check does: it changes a label by a few hundredths.

mod inter;

use alloc::string::String;
use alloc::vec::Vec;

/// The size of every label, in user units: with pictures up to 448 wide this is readable on a phone.
pub const SIZE: i32 = 13;

/// The font and weight that text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Inter at weight 400: words.
    Regular,
    /// Inter at weight 600: names.
    Bold,
    /// JetBrains Mono at weight 400: numbers.
    Mono,
}

/// How wide a text is at the size of labels, in hundredths of a user unit, rounded up.
#[must_use]
pub fn width(text: &str, face: Face) -> i32 {
    let advances: u32 = text.chars().map(|character| advance(character, face)).sum();
    (advances * (SIZE as u32) * 100).div_ceil(2048) as i32
}

/// The text, or as much of it as fits the room, then `…`.
#[must_use]
pub fn cut(text: &str, face: Face, room: i32) -> String {
    if width(text, face) <= room {
        return text.into();
    }
    let mut out = String::new();
    let mut shorter = text;
    while let Some((end, _)) = shorter.char_indices().next_back() {
        shorter = shorter.get(..end).unwrap_or_default();
        if shorter.ends_with(' ') {
            continue;
        }
        out.clear();
        out.push_str(shorter);
        out.push('…');
        if width(&out, face) <= room {
            return out;
        }
    }
    String::new()
}

/// The text in at most `lines` lines, broken at spaces; the last is cut if it must be.
#[must_use]
pub fn wrap(text: &str, face: Face, (room, lines): (i32, usize)) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let is_last = out.len() == lines;
        if let Some(line) = out.last_mut() {
            let before = line.len();
            line.push(' ');
            line.push_str(word);
            if is_last || width(line, face) <= room {
                continue;
            }
            line.truncate(before);
        }
        out.push(word.into());
    }
    for line in &mut out {
        if width(line, face) > room {
            *line = cut(line, face, room);
        }
    }
    out
}

/// In 2048ths of the size; a character that the table lacks counts as wide as it is high.
fn advance(character: char, face: Face) -> u32 {
    // 600 of 1000, rounded up.
    const MONO: u32 = 1229;
    const EM: u32 = 2048;
    let table = match face {
        Face::Mono => return MONO,
        Face::Regular => &inter::REGULAR,
        Face::Bold => &inter::BOLD,
    };
    let index = (character as usize).wrapping_sub(' ' as usize);
    if let Some(advance) = table.get(index) {
        return u32::from(*advance);
    }
    let more = inter::MORE.iter().find(|(known, ..)| *known == character);
    more.map_or(EM, |(_, regular, bold)| {
        u32::from(if face == Face::Bold { *bold } else { *regular })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_fits_stays_whole() {
        assert_eq!(cut("server 1", Face::Bold, 4_930), "server 1");
        assert_eq!(
            wrap("Round robin", Face::Regular, (10_000, 2)),
            ["Round robin"]
        );
    }

    #[test]
    fn text_is_cut_to_its_room_whatever_the_room() {
        let long = "a name that nobody would give a server";
        for face in [Face::Regular, Face::Bold, Face::Mono] {
            for room in (0..30_000).step_by(97) {
                assert!(width(&cut(long, face, room), face) <= room.max(0));
            }
        }
        assert_eq!(cut("least connections", Face::Regular, 6_000), "least co…");
    }

    #[test]
    fn text_wraps_at_spaces_and_its_last_line_is_cut() {
        assert_eq!(
            wrap("Least connections", Face::Regular, (9_000, 2)),
            ["Least", "connections"]
        );
        let lines = wrap(
            "Weighted least connections of two",
            Face::Regular,
            (9_000, 2),
        );
        assert_eq!(lines, ["Weighted", "least connec…"]);
        for room in (0..30_000).step_by(97) {
            let lines = wrap("Weighted least connections", Face::Bold, (room, 2));
            assert!(
                lines.len() <= 2 && lines.iter().all(|line| width(line, Face::Bold) <= room),
                "{lines:?} in {room}"
            );
        }
    }
}

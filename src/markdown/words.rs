//! Counts the words of a chapter's prose; code blocks are looked at, not read.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::piece::{Node, Piece};

/// Words in text and inline code. Two CJK characters count as one word.
pub(super) fn count(nodes: &[Node]) -> usize {
    let mut in_code_block = false;
    let mut words = 0;
    for node in nodes {
        match &node.piece {
            Piece::Event(Event::Start(Tag::CodeBlock(_))) => in_code_block = true,
            Piece::Event(Event::End(TagEnd::CodeBlock)) => in_code_block = false,
            Piece::Event(Event::Text(text) | Event::Code(text)) if !in_code_block => {
                words += count_text(text)
            }
            _ => {}
        }
    }
    words
}

/// A word counts at its first letter or digit.
fn count_text(text: &str) -> usize {
    let (mut spaced, mut cjk, mut in_word) = (0, 0, false);
    for character in text.chars() {
        // Most characters are a word's second and later ones.
        if in_word && character.is_ascii_alphanumeric() {
            continue;
        }
        if is_cjk(character) {
            cjk += 1;
            in_word = false;
        } else if character.is_whitespace() {
            in_word = false;
        } else if !in_word && character.is_alphanumeric() {
            spaced += 1;
            in_word = true;
        }
    }
    spaced + usize::div_ceil(cjk, 2)
}

/// Han, Hiragana, Katakana and Hangul: scripts written without spaces, or counted by the character.
fn is_cjk(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_no_word_and_han_counts_half() {
        assert_eq!(count_text("One, two - three."), 3);
        assert_eq!(count_text("中文字符"), 2);
    }
}

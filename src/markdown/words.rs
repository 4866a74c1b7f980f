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

fn count_text(text: &str) -> usize {
    let cjk = text.chars().filter(|character| is_cjk(*character)).count();
    let spaced = text
        .split(|character: char| character.is_whitespace() || is_cjk(character))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    spaced + cjk.div_ceil(2)
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

//! Rust's classes, by reading the text once from beginning to end.
//!
//! `scan` says how far each token goes; `words` says what a word is; this module knows what stands before and after a
//! token. Text that is not quite Rust (an excerpt, a sketch with `...`) is no fault: what is not understood stays plain.

mod scan;
mod words;

use super::spans::{Class, Spans};

/// The HTML of each line of `code`.
pub(super) fn highlight(code: &str) -> Vec<String> {
    let mut reader = Reader {
        rest: code,
        before: Before::Other,
        attribute_brackets: 0,
        spans: Spans::new(code.len()),
    };
    if code.starts_with("#!") && !code.starts_with("#![") {
        reader.take(scan::line(code), Some(Class::Comment));
    }
    while let Some(first) = reader.rest.chars().next() {
        reader.next_token(first);
    }
    reader.spans.finish()
}

/// What the last token was, where that decides about the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// `fn`, or `macro_rules!`: a name follows, of this class.
    NameOf(Class),
    /// A single dot: a field, a method or a tuple's number follows.
    Dot,
    /// A `&`: `raw` may follow.
    Ampersand,
    Other,
}

struct Reader<'code> {
    /// What is still to be read.
    rest: &'code str,
    before: Before,
    /// How many brackets are open inside `#[…]`; 0 outside of attributes.
    attribute_brackets: usize,
    spans: Spans,
}

impl Reader<'_> {
    /// Reads the token that starts with the character `first`.
    fn next_token(&mut self, first: char) {
        if first.is_whitespace() {
            self.take(scan::blank(self.rest), None);
        } else if let Some(length) = scan::comment(self.rest) {
            self.take(length, Some(Class::Comment));
        } else if let Some(literal) = scan::quoted(self.rest) {
            self.take_quoted(literal);
            self.before = Before::Other;
        } else if first.is_ascii_digit() {
            self.take_number();
        } else if let Some(length) = scan::word(self.rest) {
            self.take_word(length);
        } else {
            self.take_sign(first);
        }
    }

    /// Moves `length` bytes from the text to the output.
    fn take(&mut self, length: usize, class: Option<Class>) {
        let (token, rest) = self.rest.split_at(length);
        self.spans.push(token, class);
        self.rest = rest;
    }

    /// A text or a character; its escapes and the places for `format!`'s arguments stand out.
    fn take_quoted(&mut self, literal: scan::Quoted) {
        let end = self.rest.len() - literal.length;
        if literal.is_lifetime {
            self.take(literal.length, Some(Class::Parameter));
            return;
        }
        while self.rest.len() > end {
            let left = self.rest.len() - end;
            let (plain, special, class) = match literal.has_escapes {
                true => scan::special(&self.rest[..left]),
                false => (left, 0, Class::String),
            };
            self.take(plain, Some(Class::String));
            self.take(special, Some(class));
        }
    }

    fn take_number(&mut self) {
        let (length, class) = match self.before {
            // The number of a tuple's field; in `pair.0.1` the second dot is no decimal point.
            Before::Dot => (scan::digits(self.rest), None),
            _ => (scan::number(self.rest), Some(Class::Number)),
        };
        self.take(length, class);
        self.before = Before::Other;
    }

    fn take_word(&mut self, length: usize) {
        let (word, after) = self.rest.split_at(length);
        let is_macro =
            after.starts_with('!') && !after.starts_with("!=") && !words::is_keyword(word);
        let (length, class) = match self.before {
            _ if self.attribute_brackets > 0 => (length, Some(Class::Macro)),
            Before::NameOf(class) => (length, Some(class)),
            Before::Dot => (length, words::member(word, after)),
            _ if is_macro => (length + 1, Some(Class::Macro)),
            Before::Ampersand if word == "raw" => (length, words::raw_pointer(after)),
            _ => (length, words::class(word, after)),
        };
        self.before = match word {
            "fn" if class == Some(Class::Keyword) => Before::NameOf(Class::Function),
            "macro_rules" if is_macro => Before::NameOf(Class::Macro),
            _ => Before::Other,
        };
        self.take(length, class);
    }

    /// Anything else: brackets, operators, the start of an attribute, a macro's `$variable`.
    fn take_sign(&mut self, first: char) {
        if self.attribute_brackets > 0 {
            self.take_attribute_sign(first);
            return;
        }
        if let Some(length) = scan::attribute_start(self.rest) {
            self.attribute_brackets = 1;
            self.take(length, Some(Class::Macro));
            return;
        }
        if let Some(length) = scan::macro_variable(self.rest) {
            self.take(length, Some(Class::Parameter));
            self.before = Before::Other;
            return;
        }
        let dots = scan::dots(self.rest);
        self.before = match first {
            '.' if dots == 1 => Before::Dot,
            '&' => Before::Ampersand,
            _ => Before::Other,
        };
        self.take(dots.max(first.len_utf8()), None);
    }

    fn take_attribute_sign(&mut self, first: char) {
        match first {
            '[' => self.attribute_brackets += 1,
            ']' => self.attribute_brackets -= 1,
            _ => {}
        }
        self.take(first.len_utf8(), Some(Class::Macro));
        self.before = Before::Other;
    }
}

//! Rust source with its comments and strings blanked, so that a rule about code does not stumble over a string
//! that only shows code, or over a comment that names it.
//!
//! In: source text. Out: text with the same lines and the same columns. This is no parser: it knows where
//! comments, strings and characters end, and nothing else.

/// The source with every comment, string and character literal turned into spaces. Line breaks stay.
pub(super) fn without_strings_and_comments(source: &str) -> String {
    let mut blanked = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        let after_name = blanked.chars().next_back().is_some_and(is_of_name);
        let length = hidden_length(rest, after_name);
        if length == 0 {
            blanked.push(character);
            rest = &rest[character.len_utf8()..];
        } else {
            let (hidden, after) = rest.split_at(length);
            blanked.extend(
                hidden
                    .chars()
                    .map(|hidden| if hidden == '\n' { '\n' } else { ' ' }),
            );
            rest = after;
        }
    }
    blanked
}

/// What stands before the first `#[cfg(test)] mod … {` of a blanked source: its tests stand at the end of a file.
pub(super) fn before_tests(blanked: &str) -> &str {
    let inline_tests = blanked
        .match_indices("#[cfg(test)]")
        .find(|(at, attribute)| {
            let following = blanked[at + attribute.len()..].trim_start();
            let opening = following.find(['{', ';']);
            following.starts_with("mod ")
                && opening.is_some_and(|at| following[at..].starts_with('{'))
        });
    inline_tests.map_or(blanked, |(at, _)| &blanked[..at])
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// How many bytes at the start of the text are a comment or a literal.
fn hidden_length(text: &str, after_name: bool) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") {
        block_comment_length(text)
    } else if text.starts_with('"') {
        quoted_length(text)
    } else if text.starts_with('\'') {
        character_length(text)
    } else if after_name {
        0
    } else {
        raw_string_length(text)
    }
}

/// Block comments nest.
fn block_comment_length(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let step = match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                2
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// A lifetime starts like a character but has no closing quote: it stays.
fn character_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(0, |closing| closing + 4),
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
        None => 0,
    }
}

/// `r"…"`, `r#"…"#`, and the same after `b` or `c`. Escapes mean nothing in them.
fn raw_string_length(text: &str) -> usize {
    let prefix = ["r", "br", "cr"]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix));
    let Some(after_prefix) = prefix else { return 0 };
    let content = after_prefix.trim_start_matches('#');
    let hashes = &after_prefix[..after_prefix.len() - content.len()];
    let Some(content) = content.strip_prefix('"') else {
        return 0;
    };
    let closing = format!("\"{hashes}");
    content.find(&closing).map_or(text.len(), |at| {
        text.len() - content.len() + at + closing.len()
    })
}

mod tests {
    use super::*;

    /// Blanks a line and squeezes the spaces, so that what is left can be read.
    fn left_of(source: &str) -> String {
        let blanked = without_strings_and_comments(source);
        assert_eq!(
            blanked.chars().count(),
            source.chars().count(),
            "columns stay"
        );
        assert_eq!(
            blanked.lines().count(),
            source.lines().count(),
            "lines stay"
        );
        blanked.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_strings_are_blanked() {
        assert_eq!(left_of("a(); // b();\nc();"), "a(); c();");
        assert_eq!(
            left_of("a(); /* b(); /* c(); */\n d(); */ e();"),
            "a(); e();"
        );
        assert_eq!(left_of(r#"a("b(\"c\")"); d();"#), "a( ); d();");
        assert_eq!(
            left_of(r##"a(r#"b("c")"#); d(br"\"); e();"##),
            "a( ); d( ); e();"
        );
        assert_eq!(left_of("a(\"// no comment\"); b();"), "a( ); b();");
    }

    #[test]
    fn characters_are_blanked_and_lifetimes_stay() {
        assert_eq!(
            left_of(r#"a('"'); b('\''); c('\\'); d('é'); e("f");"#),
            "a( ); b( ); c( ); d( ); e( );"
        );
        assert_eq!(
            left_of("fn a<'b>(c: &'b str) -> &'static str"),
            "fn a<'b>(c: &'b str) -> &'static str"
        );
        assert_eq!(left_of(r"a('\u{1F600}'); b('\n');"), "a( ); b( );");
    }

    #[test]
    fn a_name_that_ends_in_r_begins_no_raw_string() {
        assert_eq!(
            left_of("for r#type in var { a(\"b\") }"),
            "for r#type in var { a( ) }"
        );
    }

    #[test]
    fn tests_at_the_end_are_cut_off() {
        assert_eq!(
            before_tests("a();\n#[cfg(test)]\nmod tests {\n b(); }"),
            "a();\n"
        );
        let elsewhere = "a();\n#[cfg(test)]\nmod tests;\nb();";
        assert_eq!(before_tests(elsewhere), elsewhere);
        let function = "#[cfg(test)]\nfn a() {}\nb();";
        assert_eq!(before_tests(function), function);
    }
}

//! A command as typed, and as the words of one program: no shell runs it.

/// Where a character stands.
#[derive(Clone, Copy, PartialEq)]
enum Quote {
    None,
    Single,
    Double,
}

/// The program that a command calls, assignments before it left out; `None` for a comment or nothing.
pub(super) fn program(typed: &str) -> Option<&str> {
    let mut words = typed.split_whitespace();
    words
        .find(|word| !is_assignment(word))
        .filter(|word| !word.starts_with('#'))
}

/// `NAME=value`.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        let of_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        !name.is_empty() && name.chars().all(of_name)
    })
}

/// The words of a command, or what in it only a shell understands.
pub(super) fn words(typed: &str) -> Result<Vec<String>, String> {
    if let Some(what) = needs_shell(typed) {
        return Err(what);
    }
    shlex::split(typed).ok_or_else(|| "a quote that is not closed".into())
}

/// What in a command only a shell understands.
fn needs_shell(typed: &str) -> Option<String> {
    if typed.split_whitespace().next().is_some_and(is_assignment) {
        return Some("a variable that is set before the program".into());
    }
    if program(typed) == Some("cd") {
        return Some("`cd`".into());
    }
    let mut quote = Quote::None;
    let mut before = ' ';
    let mut characters = typed.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Quote::None, '#') if before.is_whitespace() => return None,
            (Quote::None | Quote::Double, '\\') => {
                characters.next();
            }
            (Quote::None, '\'') => quote = Quote::Single,
            (Quote::None, '"') => quote = Quote::Double,
            (Quote::Single, '\'') | (Quote::Double, '"') => quote = Quote::None,
            (Quote::None | Quote::Double, '$' | '`') => {
                return Some(format!("`{character}`, which stands for something else"));
            }
            (Quote::None, '|') => return Some("a pipe or `||`".into()),
            (Quote::None, '<' | '>') => return Some("a redirection".into()),
            (Quote::None, '&' | ';') => return Some(format!("`{character}`")),
            (Quote::None, '*' | '?') => return Some(format!("the pattern `{character}`")),
            (Quote::None, '~') if before.is_whitespace() => return Some("`~`".into()),
            _ => {}
        }
        before = character;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together_and_a_comment_is_none() {
        let words =
            words("cargo run -- 'a; b' \"c > d\" --x=y # it's | that").expect("no shell is needed");
        assert_eq!(words, ["cargo", "run", "--", "a; b", "c > d", "--x=y"]);
    }

    #[test]
    fn what_only_a_shell_understands_is_named() {
        for (typed, word) in [
            ("cargo test | head", "pipe"),
            ("cargo run > out", "redirection"),
            ("cargo build && cargo run", "`&`"),
            ("cargo build; ls", "`;`"),
            ("cd labs", "`cd`"),
            ("A=1 cargo run", "variable"),
            ("cargo run \"$HOME\"", "`$`"),
            ("cargo run *.md", "pattern"),
            ("cargo run ~/x", "`~`"),
            ("cargo run 'x", "quote"),
        ] {
            let what = words(typed).expect_err(typed);
            assert!(what.contains(word), "{typed}: {what}");
        }
        assert_eq!(program("A=1 cargo run"), Some("cargo"));
        assert_eq!(program("# a comment"), None);
    }
}

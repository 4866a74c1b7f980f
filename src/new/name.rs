//! Names of new things, and their titles.

use std::sync::LazyLock;

use regex::Regex;

use crate::problem::Problem;

static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:([0-9]{1,4})-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$")
        .expect("the pattern is constant")
});

/// A checked name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// The number that the author wants: `09` of `09-one-front-door`.
    pub(super) number: Option<&'a str>,
    /// The words: `one-front-door`.
    pub(super) words: &'a str,
}

impl Name<'_> {
    /// Reads a name.
    pub(super) fn read(name: &str) -> Result<Name<'_>, Problem> {
        let found = NAME.captures(name).ok_or_else(|| {
            Problem::general(format!(
                "`{name}` is no name: write whole words in lower case, joined by hyphens, as in `one-front-door`"
            ))
        })?;
        let words = found.get(2).map_or("", |words| words.as_str());
        Ok(Name {
            number: found.get(1).map(|number| number.as_str()),
            words,
        })
    }

    /// A name that has no number.
    pub(super) fn without_number(name: &str) -> Result<Name<'_>, Problem> {
        let read = Name::read(name)?;
        match read.number {
            None => Ok(read),
            Some(_) => Err(Problem::general(format!(
                "`{name}`: only chapters and labs have numbers; write `{}`",
                read.words
            ))),
        }
    }

    /// The title that the words make: `One front door`.
    pub(super) fn title(&self) -> String {
        capitalised(&self.words.replace('-', " "))
    }
}

/// The text with its first letter in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A title that was given, or else the one that `default` makes.
pub(super) fn title(
    given: Option<&str>,
    default: impl FnOnce() -> String,
) -> Result<String, Problem> {
    let Some(given) = given else {
        return Ok(default());
    };
    let title = given.trim();
    if title.is_empty() || title.contains(char::is_control) {
        return Err(Problem::general("`--title` must be one line of text"));
    }
    Ok(title.to_string())
}

/// A title as Markdown that shows it as it is, also between the brackets of a link.
pub(super) fn in_markdown(title: &str) -> String {
    let mut escaped = String::new();
    for character in title.chars() {
        if matches!(character, '\\' | '[' | ']' | '<') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_hyphens() {
        let name = Name::read("09-one-front-door").expect("it is right");
        assert_eq!((name.number, name.words), (Some("09"), "one-front-door"));
        assert_eq!(name.title(), "One front door");
        for wrong in [
            "", "One", "a_b", "a--b", "-a", "a-", "../a", "a b", "9", "ü",
        ] {
            assert!(Name::read(wrong).is_err(), "{wrong}");
        }
        assert!(Name::without_number("1-a").is_err());
    }

    #[test]
    fn titles_are_shown_as_they_are() {
        assert_eq!(in_markdown("Vec<T> [1]"), "Vec\\<T> \\[1\\]");
        assert!(title(Some("a\nb"), String::new).is_err());
    }
}

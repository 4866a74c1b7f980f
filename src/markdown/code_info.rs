//! The words after the three backticks: a language, flags, and our `title`, `mark` and `numbers`.

/// What an author asks of a code block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeInfo {
    /// The first word: `rust`; empty when there is none.
    pub(crate) language: String,
    /// The other words, without ours: `ignore`, `editable`, `hidelines=!`.
    pub(crate) flags: Vec<String>,
    /// `title="src/main.rs"`.
    pub(crate) title: Option<String>,
    /// `mark="2,4-6"`: visible lines, counted as they are numbered.
    pub(crate) marked: Vec<(usize, usize)>,
    /// `numbers` or `numbers=10`: the number of the first visible line.
    pub(crate) first_number: Option<usize>,
}

impl CodeInfo {
    /// Reads an info string. Words are separated by spaces, tabs and commas, as in mdBook; double quotes hold words together.
    pub(crate) fn parse(info: &str) -> Result<CodeInfo, String> {
        let mut parsed = CodeInfo::default();
        for (index, word) in words(info).into_iter().enumerate() {
            match word.split_once('=') {
                _ if index == 0 => parsed.language = word,
                Some(("title", title)) => parsed.title = Some(title.to_string()),
                Some(("mark", ranges)) => parsed.marked = self::ranges(ranges)?,
                Some(("numbers", first)) => {
                    let first = first.parse().map_err(|_| {
                        format!("`numbers={first}`: write a line number, as in `numbers=10`")
                    })?;
                    parsed.first_number = Some(first);
                }
                None if word == "numbers" => parsed.first_number = Some(1),
                _ => parsed.flags.push(word),
            }
        }
        Ok(parsed)
    }

    /// Whether a flag was given.
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    /// The classes that mdBook gives to the code element; empty for a block without a language.
    pub(crate) fn classes(&self) -> String {
        if self.language.is_empty() {
            return String::new();
        }
        let flags: String = self.flags.iter().map(|flag| format!(" {flag}")).collect();
        format!("language-{}{flags}", self.language)
    }

    /// Whether a line is marked.
    pub(crate) fn marks(&self, number: usize) -> bool {
        self.marked
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&number))
    }
}

/// Splits at spaces, tabs and commas outside double quotes; the quotes go.
fn words(info: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in info.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' | '\t' | ',' if !quoted => words.push(String::new()),
            _ => words
                .last_mut()
                .expect("there is always a last word")
                .push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `2,4-6` as pairs of first and last line.
fn ranges(text: &str) -> Result<Vec<(usize, usize)>, String> {
    let wrong =
        || format!("`mark=\"{text}\"`: write line numbers and ranges, as in `mark=\"2,4-6\"`");
    text.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Ok((
                first.trim().parse().map_err(|_| wrong())?,
                last.trim().parse().map_err(|_| wrong())?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_hold_together_and_ours_are_no_classes() {
        let info = CodeInfo::parse("rust,ignore title=\"src/a b.rs\" mark=\"2,4-6\" numbers=10")
            .expect("it is right");
        assert_eq!(
            (info.title.as_deref(), info.first_number),
            (Some("src/a b.rs"), Some(10))
        );
        assert_eq!(info.classes(), "language-rust ignore");
        assert!(info.marks(5) && !info.marks(3));
    }

    #[test]
    fn a_wrong_mark_says_what_to_write() {
        let error = CodeInfo::parse("rust mark=\"two\"").expect_err("two is no number");
        assert!(error.contains("mark=\"2,4-6\""), "{error}");
    }
}

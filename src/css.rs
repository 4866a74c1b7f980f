//! Reads style sheets as far as checks and colours ask: which rule sets which property, under which conditions, on which line.
//!
//! After "CSS Syntax Module Level 3": strings and brackets hold together what stands in them, at-rules nest.

/// The text without its comments; what remains keeps its place, so that lines stay right.
pub(crate) fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        let end = rest[start..]
            .find("*/")
            .map_or(rest.len(), |end| start + end + 2);
        out.push_str(&rest[..start]);
        let blank = |letter: char| if letter == '\n' { '\n' } else { ' ' };
        out.extend(rest[start..end].chars().map(blank));
        rest = &rest[end..];
    }
    out + rest
}

/// A rule: what stands before its brackets, and what it sets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule<'a> {
    /// The at-rules around it, the outermost first: `@media print`.
    pub(crate) conditions: Vec<&'a str>,
    /// Its selectors, or the at-rule that it is: `@font-face`.
    pub(crate) selector: &'a str,
    /// In order.
    pub(crate) declarations: Vec<Declaration<'a>>,
}

/// One property that a rule sets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Declaration<'a> {
    pub(crate) name: &'a str,
    /// Without `!important`.
    pub(crate) value: &'a str,
    /// The line (1-based) of the style sheet.
    pub(crate) line: usize,
}

/// A block that is open.
struct Open<'a> {
    prelude: &'a str,
    declarations: Vec<Declaration<'a>>,
}

/// The rules of a style sheet without comments, in order.
pub(crate) fn rules(css: &str) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let (mut start, mut line) = (0, 1);
    // The line on which the first letter stands of what is being read.
    let mut first = None;
    let mut brackets = 0_usize;
    let mut quote: Option<char> = None;
    for (at, letter) in css.char_indices() {
        line += usize::from(letter == '\n');
        if !letter.is_whitespace() {
            first.get_or_insert(line);
        }
        match (quote, letter) {
            (Some(mark), _) if letter == mark || letter == '\n' => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => brackets += 1,
            (None, ')') => brackets = brackets.saturating_sub(1),
            (None, '{') => {
                open.push(Open {
                    prelude: css[start..at].trim(),
                    declarations: Vec::new(),
                });
                (start, first, brackets) = (at + 1, None, 0);
            }
            (None, ';' | '}') if brackets == 0 || letter == '}' => {
                if let Some(block) = open.last_mut() {
                    let set = declaration(&css[start..at], first.unwrap_or(line));
                    block.declarations.extend(set);
                }
                if letter == '}' {
                    rules.extend(closed(&mut open));
                }
                (start, first, brackets) = (at + 1, None, 0);
            }
            _ => {}
        }
    }
    rules
}

/// Ends the innermost block; at-rules that only hold other rules are none themselves.
fn closed<'a>(open: &mut Vec<Open<'a>>) -> Option<Rule<'a>> {
    let block = open.pop()?;
    let conditions = open.iter().map(|outer| outer.prelude);
    (!block.declarations.is_empty()).then(|| Rule {
        conditions: conditions
            .filter(|prelude| prelude.starts_with('@'))
            .collect(),
        selector: block.prelude,
        declarations: block.declarations,
    })
}

fn declaration(text: &str, line: usize) -> Option<Declaration<'_>> {
    let (name, value) = text.split_once(':')?;
    let value = value.trim();
    let important = value.strip_suffix("!important").map(str::trim);
    Some(Declaration {
        name: name.trim(),
        value: important.unwrap_or(value),
        line,
    })
}

/// What stands in the brackets of a function, if the value is just that: `light-dark(…)`.
pub(crate) fn arguments<'v>(value: &'v str, function: &str) -> Option<&'v str> {
    let rest = value.trim().strip_prefix(function)?.strip_prefix('(')?;
    rest.strip_suffix(')')
}

/// Parts a value at a character that stands outside brackets and strings.
pub(crate) fn split_at(value: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_i32, None);
    for (at, letter) in value.char_indices() {
        match letter {
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(letter),
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if letter == separator && depth == 0 => {
                parts.push(value[start..at].trim());
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(value[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_have_their_conditions_and_declarations_their_lines() {
        let css = "/* a {\n */ @import url(x;y);\n:root {\n  --a: light-dark(#fff, #000);\n\n  --b : var(--a) !important\n}\n@media print { p { color: red; content: \"}\" } }\n";
        let clean = without_comments(css);
        let rules = rules(&clean);
        let shown: Vec<String> = rules
            .iter()
            .flat_map(|rule| {
                rule.declarations.iter().map(move |set| {
                    format!(
                        "{:?} {} {}={} {}",
                        rule.conditions, rule.selector, set.name, set.value, set.line
                    )
                })
            })
            .collect();
        assert_eq!(
            shown,
            [
                "[] :root --a=light-dark(#fff, #000) 4",
                "[] :root --b=var(--a) 6",
                "[\"@media print\"] p color=red 8",
                "[\"@media print\"] p content=\"}\" 8",
            ]
        );
    }

    #[test]
    fn values_are_parted_outside_brackets() {
        assert_eq!(
            arguments("light-dark(a(1, 2), b)", "light-dark"),
            Some("a(1, 2), b")
        );
        assert_eq!(
            split_at("a(1, 2), \"x,y\", b", ','),
            ["a(1, 2)", "\"x,y\"", "b"]
        );
    }
}

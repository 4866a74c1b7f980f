//! Lines of code that are there for the compiler and hidden from the reader, by the rules of rustdoc and mdBook.

use std::sync::LazyLock;

use regex::Regex;

/// One line of a code block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CodeLine {
    /// The text without its newline and without the mark that hides it.
    pub(super) text: String,
    /// Hidden until the reader unfolds the block.
    pub(super) hidden: bool,
}

static HASH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\s*)#(.?)(.*)$").expect("the pattern is constant"));
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^((?m:^[ \t]*#!\[.*(?:\r?\n)?|^\s*(?:\r?\n)?)*)").expect("the pattern is constant")
});

/// Rust: `# ` hides a line, `##` stands for one `#`.
pub(super) fn rust(code: &str) -> Vec<CodeLine> {
    code.lines().map(rust_line).collect()
}

fn rust_line(line: &str) -> CodeLine {
    let shown = CodeLine {
        text: line.to_string(),
        hidden: false,
    };
    if !line.trim_start().starts_with('#') {
        return shown;
    }
    let Some(found) = HASH.captures(line) else {
        return shown;
    };
    match &found[2] {
        "#" => CodeLine {
            text: format!("{}#{}", &found[1], &found[3]),
            hidden: false,
        },
        "" | " " => CodeLine {
            text: format!("{}{}", &found[1], &found[3]),
            hidden: true,
        },
        _ => shown,
    }
}

/// Other languages: a prefix that the book or the block names hides a line.
pub(super) fn with_prefix(code: &str, prefix: &str) -> Vec<CodeLine> {
    code.lines()
        .map(|line| match line.find(prefix) {
            Some(at) if line.trim_start().starts_with(prefix) => CodeLine {
                text: format!("{}{}", &line[..at], &line[at + prefix.len()..]),
                hidden: true,
            },
            _ => CodeLine {
                text: line.to_string(),
                hidden: false,
            },
        })
        .collect()
}

/// Code whose lines are all shown.
pub(super) fn none(code: &str) -> Vec<CodeLine> {
    code.lines()
        .map(|line| CodeLine {
            text: line.to_string(),
            hidden: false,
        })
        .collect()
}

/// Gives a Rust snippet without `fn main` one, on hidden lines, as rustdoc does; `None` when it has one.
pub fn wrap_rust_main(code: &str) -> Option<String> {
    if code.contains("fn main") || code.contains("quick_main!") {
        return None;
    }
    let (attributes, body) = split_attributes(code);
    let newline = if body.is_empty() || body.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    Some(format!(
        "# #![allow(unused)]\n{attributes}# fn main() {{\n{body}{newline}# }}"
    ))
}

/// Splits `#![…]` lines off the top.
fn split_attributes(code: &str) -> (&str, &str) {
    let split = match ATTRIBUTES.find(code) {
        Some(found) if !found.as_str().trim().is_empty() => found.end(),
        _ => 0,
    };
    code.split_at(split)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_and_a_space_hide_a_line_of_rust() {
        let lines = rust("# use a;\nlet x = 1;\n#\n## not hidden\n#[test]\n");
        let hidden: Vec<bool> = lines.iter().map(|line| line.hidden).collect();
        assert_eq!(hidden, [true, false, true, false, false]);
        assert_eq!(lines[0].text, "use a;");
        assert_eq!(lines[3].text, "# not hidden");
    }

    #[test]
    fn a_snippet_without_main_gets_one() {
        let wrapped = wrap_rust_main("#![feature(x)]\nlet a = 1;\n").expect("it has no main");
        assert_eq!(
            wrapped,
            "# #![allow(unused)]\n#![feature(x)]\n# fn main() {\nlet a = 1;\n# }"
        );
        assert_eq!(wrap_rust_main("fn main() {}"), None);
    }

    #[test]
    fn a_prefix_hides_lines_of_other_languages() {
        let lines = with_prefix("  !secret\nshown ! here\n", "!");
        assert_eq!(
            lines[0],
            CodeLine {
                text: "  secret".into(),
                hidden: true
            }
        );
        assert!(!lines[1].hidden);
    }
}

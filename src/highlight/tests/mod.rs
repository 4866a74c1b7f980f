//! What must hold for any code in any language. What single languages look like is in `languages`.

mod grammars;
mod languages;
mod rust;

use super::*;
use crate::highlight::languages::LANGUAGES;

/// All names under which a language is known.
fn names() -> impl Iterator<Item = &'static str> {
    let grammars = LANGUAGES.iter().flat_map(|(_, aliases)| aliases.split(' '));
    ["rust", "console"].into_iter().chain(grammars)
}

/// The text of a highlighted line: without the tags, unescaped. Fails at a tag that is not ours, at a span inside a span
/// and at one that is not closed.
#[track_caller]
fn text_of(line: &str) -> String {
    let mut text = String::new();
    let mut open = false;
    let mut rest = line;
    while let Some(at) = rest.find(['<', '>', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<span class=\"hl-") {
            assert!(!open, "a span inside a span: {line}");
            assert!(
                after.starts_with(|class| "cksnftmvpgidh".contains(class)),
                "an unknown class: {line}"
            );
            rest = after[1..]
                .strip_prefix("\">")
                .expect("the class is one letter");
            assert!(!rest.starts_with("</span>"), "an empty span: {line}");
            open = true;
        } else if let Some(after) = rest.strip_prefix("</span>") {
            assert!(open, "a span that nothing opened: {line}");
            open = false;
            rest = after;
        } else {
            let references = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
            let (reference, character) = references
                .into_iter()
                .find(|(reference, _)| rest.starts_with(reference))
                .unwrap_or_else(|| panic!("neither our tag nor our escape: {rest}"));
            text.push(character);
            rest = &rest[reference.len()..];
        }
    }
    assert!(!open, "a span that is still open: {line}");
    text + rest
}

/// Fails unless the highlighted lines are the code's.
#[track_caller]
fn check_lossless(language: &str, code: &str) {
    let lines = highlight(language, code).unwrap_or_else(|| panic!("{language} is a language"));
    let expected: Vec<&str> = code.split_terminator('\n').collect();
    let texts: Vec<String> = lines.iter().map(|line| text_of(line)).collect();
    assert_eq!(texts, expected, "in {language}: {code:?}");
}

/// Numbers that look random and are the same in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below a usize")
    }
}

/// What grammars react to, to be mixed.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "`",
    "\\",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\r\n",
    "/",
    "//",
    "/*",
    "*/",
    "#",
    "#[",
    "]",
    "#!",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "{",
    "}",
    "{{",
    "${",
    "$(",
    "$",
    "$x",
    "(",
    ")",
    "[",
    "r#\"",
    "\"#",
    "br##",
    "b'",
    "'a",
    "'\\",
    "\\u{",
    "{:?}",
    "0x",
    "1.",
    "1e-",
    "..",
    "::",
    "::<",
    "->",
    "=",
    "!",
    "!=",
    "?",
    "@",
    "%",
    ";",
    "|",
    ":",
    "fn ",
    "async ",
    "word",
    "Type",
    "MAX",
    "é",
    "𝕏",
    "\u{200d}",
    "\u{0}",
    "<<EOF\n",
    "EOF\n",
    "\"\"\"",
    "'''",
    "---\n",
    "+++\n",
    "@@ ",
    "$ ",
    "> ",
    "# ",
    "<script>",
    "<style>",
    "<?php ",
    "```rust\n",
    "```\n",
    "begin ",
    "end ",
    "if ",
    "-- ",
    "{-",
    "=begin\n",
    "%{",
    "~~",
    "r#",
];

fn mixture(numbers: &mut Numbers) -> String {
    let pieces = 1 + numbers.below(40);
    (0..pieces)
        .map(|_| PIECES[numbers.below(PIECES.len())])
        .collect()
}

#[test]
fn no_text_is_lost_or_added_in_random_code_of_any_language() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for language in names() {
        for _ in 0..12 {
            check_lossless(language, &mixture(&mut numbers));
        }
    }
    for _ in 0..20_000 {
        check_lossless("rust", &mixture(&mut numbers));
    }
}

#[test]
fn no_text_is_lost_or_added_in_real_code_broken_off_anywhere() {
    for code in [
        include_str!("../rust/scan.rs"),
        include_str!("../classes.rs"),
        include_str!("mod.rs"),
    ] {
        check_lossless("rust", code);
        check_lossless("java", code);
        let ends = (0..code.len())
            .step_by(97)
            .filter(|end| code.is_char_boundary(*end));
        ends.for_each(|end| check_lossless("rust", &code[..end]));
    }
}

#[test]
fn a_newline_at_the_end_starts_no_line() {
    for language in ["rust", "json", "console"] {
        assert_eq!(highlight(language, ""), Some(vec![]), "{language}");
        assert_eq!(
            highlight(language, "\n"),
            Some(vec![String::new()]),
            "{language}"
        );
        assert_eq!(
            highlight(language, "x"),
            highlight(language, "x\n"),
            "{language}"
        );
        assert_eq!(
            highlight(language, "x\n\n").map(|lines| lines.len()),
            Some(2),
            "{language}"
        );
    }
}

#[test]
fn a_span_never_goes_over_a_newline() {
    let lines = highlight("rust", "/* one\n\n   two */ x").expect("a language");
    assert_eq!(
        lines,
        [
            "<span class=\"hl-c\">/* one</span>",
            "",
            "   <span class=\"hl-c\">two */</span> x"
        ]
    );
    let lines = highlight("c", "/* one\n\n   two */ x").expect("a language");
    assert_eq!(
        lines,
        [
            "<span class=\"hl-c\">/* one</span>",
            "",
            "   <span class=\"hl-c\">two */</span> x"
        ]
    );
}

#[test]
fn neighbours_of_one_class_share_a_span() {
    let lines = highlight("rust", "pub async fn f").expect("a language");
    assert_eq!(
        lines,
        ["<span class=\"hl-k\">pub async fn</span> <span class=\"hl-f\">f</span>"]
    );
    let lines = highlight("java", "private static final int x").expect("a language");
    assert_eq!(
        lines,
        ["<span class=\"hl-k\">private static final int</span> x"]
    );
}

#[test]
fn only_signs_that_html_reads_are_escaped() {
    let lines = highlight("rust", "a<b && c>d \"'é").expect("a language");
    assert_eq!(
        lines,
        ["a&lt;b &amp;&amp; c&gt;d <span class=\"hl-s\">\"'é</span>"]
    );
}

#[test]
fn plain_and_unknown_languages_are_left_alone() {
    for name in [
        "",
        "text",
        "txt",
        "plain",
        "none",
        "TEXT",
        "klingon",
        "rust,ignore",
        "plaintext",
    ] {
        assert_eq!(highlight(name, "fn"), None, "{name}");
    }
}

#[test]
fn a_name_may_be_written_in_any_case() {
    for (name, code) in [
        ("Rust", "fn"),
        ("JSON", "true"),
        ("Console", "$ ls"),
        ("C++", "class"),
    ] {
        assert_eq!(
            highlight(name, code),
            highlight(&name.to_lowercase(), code),
            "{name}"
        );
        assert!(
            highlight(name, code).expect("a language")[0].contains("<span"),
            "{name}"
        );
    }
}

#[test]
fn a_very_long_line_stays_plain_and_the_next_one_does_not() {
    let long = format!("x = {}", "1 + ".repeat(3000));
    let code = format!("{long}\ny = 1");
    let lines = highlight("python", &code).expect("a language");
    assert_eq!(lines, [long.as_str(), "y = <span class=\"hl-n\">1</span>"]);
}

#[test]
fn rust_takes_time_that_grows_no_faster_than_its_text() {
    // Each of these would take minutes if some token looked ahead to the end of the text.
    for piece in [
        "{ ", "/*", "'\\", "\"{a", "r#", "b'", "\\u{", "#[", "1e", "'", "union ", "x!", "{:",
    ] {
        let code = piece.repeat(50_000);
        let start = std::time::Instant::now();
        check_lossless("rust", &code);
        check_lossless("rust", &format!("\"{code}"));
        assert!(
            start.elapsed().as_secs() < 5,
            "{piece} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn threads_agree() {
    let code = "fn main() { println!(\"{}\", 1); } // x";
    let threads = ["rust", "js", "sh", "console"].map(|language| {
        let expected = highlight(language, code);
        (0..4)
            .map(|_| {
                (
                    expected.clone(),
                    std::thread::spawn(move || highlight(language, code)),
                )
            })
            .collect::<Vec<_>>()
    });
    for (expected, thread) in threads.into_iter().flatten() {
        assert_eq!(thread.join().expect("no panic"), expected);
    }
}

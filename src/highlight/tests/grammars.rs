//! Makes `grammars.bin`: the grammars of the crate two-face, without a fault that makes syntect run for ever.
//!
//! After an update of two-face or syntect: `UPDATE_GRAMMARS=1 cargo test grammars_are`.

use std::path::Path;

use syntect::parsing::syntax_definition::Pattern;
use syntect::parsing::{Regex, SyntaxSet, SyntaxSetBuilder};

/// Part of three expressions of the JavaScript grammar, which say that a line ends here: perhaps with a comment that does
/// not end on it. After `x /* …` two contexts then replace each other for ever, without moving on in the line.
/// (syntect's issues 460 and 706.) Such a comment is found without this just as well.
const OPEN_COMMENT_AT_THE_LINES_END: &str = r"(?:/\*(?:(?:[^*]|\*(?!/))*))?";

/// The grammars with that fault removed, and the number of expressions in which it was.
fn mended() -> (SyntaxSet, usize) {
    let original = two_face::syntax::extra_newlines().into_builder();
    let mut mended = SyntaxSetBuilder::new();
    let mut changed = 0;
    for syntax in original.syntaxes() {
        let mut syntax = syntax.clone();
        for pattern in syntax
            .contexts
            .values_mut()
            .flat_map(|context| &mut context.patterns)
        {
            let Pattern::Match(pattern) = pattern else {
                continue;
            };
            let expression = pattern.regex.regex_str();
            if expression.contains(OPEN_COMMENT_AT_THE_LINES_END) {
                pattern.regex = Regex::new(expression.replace(OPEN_COMMENT_AT_THE_LINES_END, ""));
                changed += 1;
            }
        }
        mended.add(syntax);
    }
    (mended.build(), changed)
}

#[test]
fn grammars_are_two_faces_without_the_one_that_never_ends() {
    let (grammars, changed) = mended();
    assert_eq!(
        changed, 3,
        "two-face has changed its JavaScript grammar; does `x /*` still hang without this?"
    );
    let committed = Path::new(file!()).with_file_name("..").join("grammars.bin");
    let fresh = std::env::temp_dir().join(format!("labbook-grammars-{}.bin", std::process::id()));
    syntect::dumps::dump_to_uncompressed_file(&grammars, &fresh).expect("the dump is written");
    let bytes = std::fs::read(&fresh).expect("it was written just now");
    std::fs::remove_file(&fresh).expect("it was written just now");
    if std::env::var_os("UPDATE_GRAMMARS").is_some() {
        std::fs::write(&committed, &bytes).expect("the dump is written");
    }
    let same = bytes == std::fs::read(&committed).expect("grammars.bin is committed");
    assert!(
        same,
        "grammars.bin is out of date; run: UPDATE_GRAMMARS=1 cargo test grammars_are"
    );
}

#[test]
fn a_comment_that_does_not_end_on_its_line_ends_the_parsers_work() {
    let code = "x /* one\n two */ y\n{ \"a\": 1 // b\n\n  /*\n c */ }";
    for (language, code) in [
        ("js", code.to_owned()),
        ("html", format!("<script>\n{code}\n</script>")),
        ("svelte", format!("<script>{code}")),
    ] {
        super::check_lossless(language, &code);
        let html = super::highlight(language, &code)
            .expect("a language")
            .join("\n");
        assert!(
            html.contains("<span class=\"hl-c\">/* one</span>"),
            "{html}"
        );
    }
}

use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use markup5ever_rcdom::RcDom;

use super::*;

/// The formula's markup, after a browser's parser has found nothing wrong with it inside a page.
#[track_caller]
fn valid(tex: &str) -> String {
    let markup = to_mathml(tex, true).unwrap_or_else(|error| panic!("{tex}: {error}"));
    let page = format!(
        "<!DOCTYPE html><html><head><title>t</title></head><body><p>{markup}</p></body></html>"
    );
    let tokenizer = TokenizerOpts {
        exact_errors: true,
        ..TokenizerOpts::default()
    };
    let options = ParseOpts {
        tokenizer,
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), options).one(page.as_str());
    let errors = dom.errors.borrow();
    assert!(errors.is_empty(), "{tex}\n{markup}\n{errors:?}");
    for forbidden in ["style=", "merror", "&nbsp;", "menv-"] {
        assert!(
            !markup.contains(forbidden),
            "{tex} has {forbidden} in {markup}"
        );
    }
    assert!(
        markup.starts_with("<math") && markup.ends_with("</math>"),
        "{markup}"
    );
    markup
}

/// Fails unless `tex` is refused with a message that starts with `message`, at `near` in line `line`.
#[track_caller]
fn refused(tex: &str, message: &str, near: &str, line: usize) {
    let error = to_mathml(tex, false).expect_err(tex);
    assert!(error.message.starts_with(message), "{tex}: {error}");
    assert!(error.near.contains(near), "{tex}: {error}");
    assert_eq!(error.line, line, "{tex}: {error}");
}

#[test]
fn the_usual_formulas_are_valid_markup() {
    for tex in [
        r"\rho = \frac{\lambda}{\mu} < 1",
        r"T = \frac{1}{\mu - \lambda}, \quad P(T > t) = e^{-(\mu-\lambda)t}",
        r"L = \lambda W",
        r"\frac{(1-\rho)\rho^K}{1-\rho^{K+1}}",
        r"E[T] = \sum_{i=1}^{\infty} \lambda^{\frac{d^i-d}{d-1}}",
        r"X \le \min\left(\frac{1}{D_{\max}}, \frac{N}{D+Z}\right)",
        r"C(N) = \frac{N}{1+\sigma(N-1)+\kappa N(N-1)}, N^* = \sqrt{\frac{1-\sigma}{\kappa}}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{bmatrix} 1 \\ 2 \end{bmatrix}",
        r"\begin{aligned} a &= b + c \\[2pt] &= d & e \end{aligned}",
        r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise, \& so on} \end{cases}",
        r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
        r"\operatorname{Var}(X) = \operatorname*{argmax}_x f(x)",
        r"\text{x < y & z} a<b>c \& \% \# \_ \{ \}",
        r"\big( x \bigg| \! \, \; \ y \not= z \neq \lim_{x\to0} \log_2 n",
        r"\color{red} x \textcolor{blue}{y} \colorbox{red}{z} \fcolorbox{red}{blue}{w}",
        r"\hat{x} \vec{y} \overline{ab} \underbrace{a+b}_{n} \xrightarrow{n} \binom{n}{k} \sqrt[3]{x}",
        r"\mathbb{R} \mathcal{O}(n \log n) \mathbf{x} \mathrm{ms} \lceil x \rceil \lfloor y \rfloor",
        "",
    ] {
        valid(tex);
    }
}

#[test]
fn a_formula_in_a_sentence_has_no_display_attribute() {
    assert_eq!(
        to_mathml("x", false).as_deref(),
        Ok("<math><mi>x</mi></math>")
    );
    assert_eq!(
        to_mathml("x", true).as_deref(),
        Ok("<math display=\"block\"><mi>x</mi></math>")
    );
}

#[test]
fn styles_become_attributes_and_classes() {
    assert!(valid(r"\textcolor{red}{x}").contains("mathcolor=\"#ff0000\""));
    assert!(valid(r"\colorbox{blue}{x}").contains("mathbackground=\"#0000ff\""));
    assert!(valid(r"\fcolorbox{red}{blue}{x}").contains("class=\"math-boxed\""));
    assert!(valid(r"a\!b").contains("<mspace class=\"math-back\"/>"));
    assert!(valid(r"\begin{aligned}a\\[1em]b\end{aligned}").contains("<mtr class=\"math-gap\">"));
    assert!(valid(r"\begin{matrix}a\end{matrix}").contains("<mtable class=\"math-arraylike\">"));
}

#[test]
fn words_about_styles_in_a_text_stay() {
    let markup = to_mathml(r#"\text{a style="b" c}"#, true).expect("a text");
    assert!(
        markup.contains(r#"<mtext>a style="b" c</mtext>"#),
        "{markup}"
    );
}

#[test]
fn signs_of_html_are_text() {
    let markup = valid(r"a < b > c \& d");
    assert!(
        markup.contains("<mo>&lt;</mo>")
            && markup.contains("<mo>&gt;</mo>")
            && markup.contains("<mi>&amp;</mi>")
    );
    assert!(valid(r"\text{<b>}").contains("<mtext>&lt;b&gt;</mtext>"));
}

#[test]
fn mu_is_a_letter_and_a_space_is_a_character() {
    assert!(valid(r"\mu").contains("<mi>μ</mi>"));
    assert!(valid(r"a\ b").contains("<mtext>\u{a0}</mtext>"));
}

#[test]
fn a_starred_operator_has_its_limits_below() {
    assert!(
        valid(r"\operatorname*{argmax}_x").contains("<munder><mi>argmax</mi><mi>x</mi></munder>")
    );
}

#[test]
fn what_is_unknown_is_named() {
    refused(
        r"x + \foo{y} + \frac{1}{2}",
        r"unknown command `\foo`",
        r"\foo{y}",
        1,
    );
    refused(
        "a +\nb + c + d\n+ \\unknown",
        r"unknown command `\unknown`",
        "unknown",
        3,
    );
    refused(
        r"\begin{cases} a \end{cases} \begin{foo}x\end{foo}",
        "unknown environment `foo`",
        "{foo}",
        1,
    );
}

#[test]
fn what_is_wrong_is_said() {
    refused(r"\frac{1}{", "unbalanced group", r"\frac{1}{", 1);
    refused("a + b}", "unbalanced group", "b}", 1);
    refused(
        "a_1 + b_2 + c_3 + d_4 +\nx^2^3 + y",
        "trying to add a superscript twice",
        "x^2",
        2,
    );
    refused(
        r"\left( x",
        "unbalanced group found, expected it to be closed with `\\right`",
        "left",
        1,
    );
    refused("a & b", "`&` may stand in", "a & b", 1);
    refused("$x$", "unexpected math `$`", "$x$", 1);
    refused(r"\operatorname{<script>}", "a function's name", "script", 1);
}

#[test]
fn what_the_parser_cannot_take_is_refused_before() {
    refused("a \u{7} b", "a character that is not text", "a", 1);
    refused(
        r"x \char7",
        r"`\char`: write the character itself",
        r"\char7",
        1,
    );
    refused(
        r"\charé",
        r"`\char`: write the character itself",
        r"\char",
        1,
    );
    refused(&"{".repeat(100), "unbalanced group", "{{{", 1);
    refused(
        r"\def\x{y} \x",
        r"`\def`: macros are not supported",
        r"\def\x{y}",
        1,
    );
    refused(
        r"\newcommand{\R}{\mathbb{R}} \R",
        r"`\newcommand`: macros",
        r"\newcommand",
        1,
    );
    refused(
        &r"\sqrt".repeat(1_500),
        "a formula may have at most 1000 commands",
        "sqrt",
        1,
    );
    refused(&"x".repeat(20_000), "a formula may have at most", "xxx", 1);
}

#[test]
fn as_much_nesting_as_is_allowed_fits_on_the_stack() {
    let pieces = [
        r"\sqrt",
        "^",
        "_",
        r"\left(",
        r"\begin{matrix}",
        r"\frac",
        r"\frac1",
        r"\not",
        r"\hat",
        r"\text{",
        "'",
        "(",
        r"\mathbb",
        r"\relax",
        r"\overset{a}",
        r"\sqrt{",
        "{",
        r"\left(\sqrt{",
        r"\over",
        r"x^{",
    ];
    for piece in pieces {
        for commands in [COMMANDS_ON_THIS_STACK_MAX, 1_000] {
            let each = piece.matches(['\\', '{']).count().max(1);
            let tex = piece.repeat((commands / each).min(9_999 / piece.len()));
            // What matters is that it returns: a stack that is used up ends the whole program.
            assert!(to_mathml(&tex, true).is_ok() || to_mathml(&tex, false).is_err());
        }
    }
    let deep = format!("{}x{}", r"\sqrt{".repeat(450), "}".repeat(450));
    assert!(to_mathml(&deep, true).is_ok_and(|markup| markup.matches("<msqrt>").count() == 450));
}

#[test]
fn the_message_says_where() {
    let error = to_mathml("a +\nb +\n\\foo", true).expect_err("it is unknown");
    assert_eq!(
        error.to_string(),
        "unknown command `\\foo`, in `a +\nb +\n\\foo` (line 3 of the formula)"
    );
}

#[test]
fn random_formulas_are_refused_or_valid() {
    const PIECES: &[&str] = &[
        r"\frac",
        "{",
        "}",
        "^",
        "_",
        "x",
        "1",
        r"\sum",
        r"\left(",
        r"\right)",
        "&",
        r"\\",
        r"\begin{aligned}",
        r"\end{aligned}",
        r"\begin{array}{c|c}",
        r"\end{array}",
        r"\hline",
        r"\text{a<b}",
        r"\operatorname{f}",
        r"\color{red}",
        r"\not",
        r"\sqrt",
        "[",
        "]",
        "#",
        "%",
        "\n",
        "é",
        "𝕏",
        r"\",
        r"\!",
        r"\big",
        "<",
        ">",
        "\"",
        r"\kern",
        "2pt",
        r"\\[2pt]",
        r"\limits",
        r"\middle|",
        r"\mathbb",
        r"\relax",
        r"\overbrace",
        "~",
        " ",
        r"\substack{a\\b}",
    ];
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).expect("it is below a usize")
    };
    let mut shown = 0;
    for _ in 0..20_000 {
        let tex: String = (0..1 + next(8))
            .map(|_| PIECES[next(PIECES.len())])
            .collect();
        if to_mathml(&tex, true).is_ok() {
            valid(&tex);
            shown += 1;
        }
    }
    assert!(shown > 1_000, "too few of the formulas were any: {shown}");
}

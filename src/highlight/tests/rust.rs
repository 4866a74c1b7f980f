//! What Rust looks like.

use super::*;

/// Fails unless `code`, one line of Rust, is marked as `expected`: `k[fn] f[main]()`.
#[track_caller]
fn check(code: &str, expected: &str) {
    let lines = highlight("rust", code).expect("a language");
    assert_eq!(lines.len(), 1);
    let marked = lines[0]
        .replace("<span class=\"hl-", "")
        .replace("\">", "[")
        .replace("</span>", "]");
    assert_eq!(
        marked
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
        expected
    );
}

#[test]
fn keywords() {
    check(
        "pub(crate) struct Point;",
        "k[pub](k[crate]) k[struct] t[Point];",
    );
    check("async fn go() {}", "k[async fn] f[go]() {}");
    check(
        "async move { reply.await? }",
        "k[async move] { reply.k[await]? }",
    );
    check(
        "let x: Box<dyn Error> = y;",
        "k[let] x: t[Box]<k[dyn] t[Error]> = y;",
    );
    check(
        "let else_ = if r#fn { 1 } else { 2 };",
        "k[let] else_ = k[if] r#fn { n[1] } k[else] { n[2] };",
    );
}

#[test]
fn words_that_are_keywords_in_some_places() {
    check("union Bits { a: u8 }", "k[union] t[Bits] { a: t[u8] }");
    check("set.union(&other)", "set.f[union](&other)");
    check("auto trait Send {}", "k[auto trait] t[Send] {}");
    check("let auto = 1;", "k[let] auto = n[1];");
    check("&raw const x", "&k[raw const] x");
    check("&raw", "&raw");
    check("default fn f() {}", "k[default fn] f[f]() {}");
    check("T::default()", "t[T]::f[default]()");
    check("safe fn f();", "k[safe fn] f[f]();");
}

#[test]
fn lifetimes_labels_and_characters() {
    check(
        "fn f<'a>(x: &'a str) -> &'static str",
        "k[fn] f[f]<v['a]>(x: &v['a] t[str]) -> &v['static] t[str]",
    );
    check(
        "'outer: loop { break 'outer; }",
        "v['outer]: k[loop] { k[break] v['outer]; }",
    );
    check(
        "('a', 'é', '\\'', '\"', b'x', '{')",
        "(s['a'], s['é'], s[']n[\\']s['], s['\"'], s[b'x'], s['{'])",
    );
    check("'a'..='z'", "s['a']..=s['z']");
    check("'\\u{1F600}' x", "s[']n[\\u{1F600}]s['] x");
    check(
        "impl<'de> Visitor<'de> for X",
        "k[impl]<v['de]> t[Visitor]<v['de]> k[for] t[X]",
    );
}

#[test]
fn texts() {
    check(r##"r#"a "b" \n {}"# + x"##, r##"s[r#"a "b" \n {}"#] + x"##);
    check(
        r#"b"\x00" c"x" br"\" r"\" x"#,
        r#"s[b"]n[\x00]s[" c"x" br"\" r"\"] x"#,
    );
    check(
        r#""\" {{}} {name:>5} {} \n" x"#,
        r#"s["]n[\"] s[{{}}] v[{name:>5} {}] n[\n]s["] x"#,
    );
    check(
        r#""{ a: 1 }" "{\"k\": 1}""#,
        r#"s["{ a: 1 }" "{]n[\"]s[k]n[\"]s[: 1}"]"#,
    );
    check(r#"rest"x" r b"#, r#"rests["x"] r b"#);
}

#[test]
fn numbers() {
    check(
        "0xff_u8 0b01 0o7 1_000 1.5e-3f64 2e+8 1. 7f32",
        "n[0xff_u8 0b01 0o7 1_000 1.5e-3f64 2e+8 1. 7f32]",
    );
    check(
        "0..10 1.max(2) pair.0.1 x.0.await",
        "n[0]..n[10 1].f[max](n[2]) pair.0.1 x.0.k[await]",
    );
    check("1_usize-1 0xE+1", "n[1_usize]-n[1 0xE]+n[1]");
    check(
        "MAX_LEN T X1 Ok true",
        "n[MAX_LEN] t[T] n[X1] t[Ok] n[true]",
    );
}

#[test]
fn attributes() {
    check("#[derive(Debug, Clone)]", "m[#[derive(Debug, Clone)]]");
    check("#![allow(dead_code)] x", "m[#![allow(dead_code)]] x");
    check(
        "#[cfg(feature = \"a\")] fn f()",
        "m[#[cfg(feature =] s[\"a\"]m[)]] k[fn] f[f]()",
    );
    check("#[a([1])] [2]", "m[#[a([]n[1]m[])]] [n[2]]");
    check("# fn main", "# k[fn] f[main]");
    let lines = highlight("rust", "#[a(\n  b\n)]\nlet c").expect("a language");
    assert_eq!(lines[1], "  <span class=\"hl-m\">b</span>");
    assert_eq!(lines[3], "<span class=\"hl-k\">let</span> c");
}

#[test]
fn macros() {
    check("println!(\"{x}\")", "m[println!](s[\"]v[{x}]s[\"])");
    check("tokio::select! { a != b }", "tokio::m[select!] { a != b }");
    check("x!=y", "x!=y");
    check("if!x", "k[if]!x");
    check(
        "macro_rules! square { ($x:expr) => { $x * $crate::TWO } }",
        "m[macro_rules! square] { (v[$x]:expr) => { v[$x] * v[$crate]::n[TWO] } }",
    );
}

#[test]
fn calls_types_and_fields() {
    check(
        "self.count + Self::new().len()",
        "v[self].count + t[Self]::f[new]().f[len]()",
    );
    check("parse::<Vec<_>>(x)", "f[parse]::<t[Vec]<_>>(x)");
    check("std::mem::swap(a, b)", "std::mem::f[swap](a, b)");
    check("f: fn(u8) -> bool", "f: k[fn](t[u8]) -> t[bool]");
    check("fn r#type() {}", "k[fn] f[r#type]() {}");
    check("x.len", "x.len");
}

#[test]
fn comments() {
    check("/* a /* b */ c */ x // y", "c[/* a /* b */ c */] x c[// y]");
    check("/// # Panics \"x", "c[/// # Panics \"x]");
    check("a / b /* open", "a / b c[/* open]");
    check(
        "#!/usr/bin/env rust-script",
        "c[#!/usr/bin/env rust-script]",
    );
}

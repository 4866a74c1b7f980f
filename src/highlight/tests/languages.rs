//! What each language looks like: a line of it, and the tokens that must stand out in it.

use super::*;
use crate::highlight::languages::{Language, find};

/// Fails unless each of `tokens`, as `k:let`, is a span of its own in `code`.
#[track_caller]
fn check(language: &str, code: &str, tokens: &str) {
    check_lossless(language, code);
    let html = highlight(language, code).expect("a language").join("\n");
    for token in tokens.split(' ') {
        let (class, text) = token.split_once(':').expect("a class and a text");
        let text = text
            .replace('_', " ")
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let span = format!("<span class=\"hl-{class}\">{text}</span>");
        assert!(html.contains(&span), "{language} lacks {span} in\n{html}");
    }
}

#[test]
fn every_language_has_its_grammar_and_every_name_one_language() {
    let mut seen = std::collections::HashSet::new();
    for (grammar, aliases) in LANGUAGES {
        for alias in aliases.split(' ') {
            assert!(seen.insert(alias), "{alias} stands for two languages");
            match find(alias) {
                Some(Language::Grammar(syntax)) => assert_eq!(syntax.name, *grammar, "{alias}"),
                _ => panic!("{alias} has no grammar"),
            }
        }
    }
}

#[test]
fn systems_languages() {
    check(
        "c",
        "#include <stdio.h>\nint main(void) { return 0xff; } // c",
        "k:#include s:<stdio.h> f:main n:0xff c://_c",
    );
    check(
        "cpp",
        "template <typename T> class A : public B { auto f() { return 1; } };",
        "k:template t:A k:auto n:1",
    );
    check(
        "go",
        "func (t *T) Go(a int) error { defer f(\"x\", nil) }",
        "k:func f:Go t:int k:defer s:\"x\" n:nil",
    );
    check(
        "zig",
        "pub fn main() !void { const x: u32 = 1; }",
        "k:pub_fn f:main t:u32 n:1",
    );
    check(
        "swift",
        "func f(_ a: String) -> Int? { return nil }",
        "k:func f:f t:String k:return n:nil",
    );
    check(
        "haskell",
        "main :: IO ()\nmain = do putStrLn \"x\" -- c",
        "f:main t:IO k:do s:\"x\" c:--_c",
    );
}

#[test]
fn languages_on_virtual_machines() {
    check(
        "java",
        "@Override public class A extends B { int x = 1; }",
        "m:@Override k:public_class t:A k:extends n:1",
    );
    check(
        "kotlin",
        "data class A(val x: Int = 1) // c",
        "k:data_class t:A t:Int n:1 c://_c",
    );
    check(
        "csharp",
        "class A { public string F() { return \"x\"; } }",
        "k:class t:A f:F s:\"x\"",
    );
    check("elixir", "def go(a), do: :ok # c", "k:def f:go c:#_c");
}

#[test]
fn scripting_languages() {
    check(
        "python",
        "@cache\ndef f(self, a=1): return f'x {a}' # c",
        "m:@cache k:def f:f v:self n:1 k:return c:#_c",
    );
    check(
        "ruby",
        "class A < B\n  def f(a) = \"x #{a}\"\nend",
        "k:class t:A k:def f:f k:end",
    );
    check(
        "lua",
        "local function f(a) return a .. \"x\" end -- c",
        "k:local_function f:f s:\"x\" k:end c:--_c",
    );
    check(
        "php",
        "<?php function f(int $a = 1) { return 'x'; } // c",
        "k:function f:f v:$a n:1 s:'x' c://_c",
    );
    check("perl", "my $x = 'a'; # c", "k:my s:'a' c:#_c");
    check(
        "powershell",
        "function Get-X($a) { if ($a -eq 1) { 'x' } }",
        "k:function f:Get-X v:$a k:if n:1 s:'x'",
    );
}

#[test]
fn languages_of_the_web() {
    check(
        "html",
        "<!-- c --><a href=\"x\">y</a><script>let z = 1;</script>",
        "c:<!--_c_--> g:a p:href s:\"x\" k:let n:1",
    );
    check(
        "xml",
        "<a b=\"c\"/><!-- d -->",
        "g:a p:b s:\"c\" c:<!--_d_-->",
    );
    check("svg", "<path d=\"M0 0\"/>", "g:path p:d s:\"M0_0\"");
    check(
        "css",
        "a:hover { color: red; margin: 1px; } /* c */",
        "g:a p:color n:red n:1px c:/*_c_*/",
    );
    check(
        "js",
        "import { a } from './x.js'; const f = async (x) => { await g(`t ${x}`); };",
        "k:import k:from s:'./x.js' k:const f:f k:async v:x k:await f:g",
    );
    check(
        "jsx",
        "const a = <b key={1}>x</b>;",
        "k:const g:b p:key n:1",
    );
    check(
        "ts",
        "interface A<T> { x: number } // c",
        "k:interface t:A t:number c://_c",
    );
    check(
        "tsx",
        "const a: A = <b key={1}>x</b>;",
        "k:const t:A g:b p:key n:1",
    );
    check(
        "http",
        "GET /x HTTP/1.1\nHost: example.com\n",
        "k:GET k:Host",
    );
    check(
        "graphql",
        "type A { x(y: String = \"z\"): Int! } # c",
        "k:type t:A v:y t:String s:\"z\" t:Int c:#_c",
    );
}

#[test]
fn languages_of_data_and_configuration() {
    check(
        "toml",
        "[package]\nname = \"x\" # c\ny = [1, true]",
        "h:package p:name s:\"x\" c:#_c n:1 n:true",
    );
    check(
        "json",
        "{ \"a\": [\"b\", 1, null] }",
        "p:\"a\" s:\"b\" n:1 n:null",
    );
    check("jsonc", "{ \"a\": 1 } // c", "p:\"a\" n:1 c://_c");
    check(
        "yaml",
        "a: b # c\nd:\n  - 1\n  - \"x\"",
        "p:a s:b c:#_c n:1 s:\"x\"",
    );
    check("ini", "; c\n[a]\nb = d", "c:;_c h:a p:b s:d");
    check(
        "nginx",
        "http { server { listen 80; } } # c",
        "k:http k:server k:listen c:#_c",
    );
    check(
        "sql",
        "SELECT a FROM t WHERE x = 'y' AND z > 1; -- c",
        "k:SELECT k:FROM s:'y' k:AND n:1 c:--_c",
    );
    check(
        "protobuf",
        "message A { string x = 1; } // c",
        "k:message t:A t:string n:1 c://_c",
    );
    check(
        "terraform",
        "resource \"a\" \"b\" { c = 1 } # d",
        "k:resource s:\"a\"_\"b\" n:1 c:#_d",
    );
}

#[test]
fn languages_of_builds_and_shells() {
    check(
        "sh",
        "for f in *.md; do echo \"$f\" | grep -v 'x'; done # c",
        "k:for k:do f:echo v:$f f:grep v:-v s:'x' k:done c:#_c",
    );
    check("zsh", "export A=$HOME # c", "k:export v:A v:$HOME c:#_c");
    check("fish", "set -x A b # c", "f:set c:#_c");
    check(
        "dockerfile",
        "FROM rust:1 AS build\nRUN x \"y\" # c",
        "k:FROM k:AS k:RUN s:\"y\"",
    );
    check(
        "makefile",
        "CC := gcc # c\nall: a.o\n\t$(CC) -o x",
        "s:gcc f:all v:CC",
    );
    check("cmake", "project(A) # c", "f:project c:#_c");
    check("nix", "let a = 1; in a # c", "k:let n:1 k:in c:#_c");
}

#[test]
fn languages_of_text() {
    check("markdown", "# Title\n\nSome `code`", "h:#_Title s:`code`");
    check("latex", "\\section{A} % c", "f:\\section c:%_c");
    check(
        "diff",
        "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same",
        "h:---_a h:+++_b h:@@_-1_+1_@@ d:-old i:+new",
    );
}

#[test]
fn a_console_is_prompt_command_and_output() {
    let session = "$ cargo run --bin lab-03 -- \\\n    --seed \"1\"\n   Compiling lab-03 v0.1.0\n$ echo hi # c\nhi $ no\n$";
    let lines = highlight("console", session).expect("a language");
    assert_eq!(
        lines[0],
        "<span class=\"hl-h\">$ </span><span class=\"hl-f\">cargo</span> run <span class=\"hl-v\">--bin</span> lab-03 -- \\"
    );
    assert_eq!(lines[1], "    --seed <span class=\"hl-s\">\"1\"</span>");
    assert_eq!(lines[2], "   Compiling lab-03 v0.1.0");
    assert_eq!(
        lines[3],
        "<span class=\"hl-h\">$ </span><span class=\"hl-f\">echo</span> hi <span class=\"hl-c\"># c</span>"
    );
    assert_eq!(lines[4], "hi $ no");
    assert_eq!(lines[5], "<span class=\"hl-h\">$</span>");
    let continued = highlight("shell-session", "$ a \\\n> b\n> c").expect("a language");
    assert_eq!(continued[1], "<span class=\"hl-h\">&gt; </span>b");
    assert_eq!(continued[2], "&gt; c");
}

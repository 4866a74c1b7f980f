//! The names under which books ask for a language, and the grammar for each.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Two-face's grammars, as `tests::grammars` changes and writes them.
const DUMP: &[u8] = include_bytes!("grammars.bin");

/// All grammars: reading their names takes about 2 ms, once; what a grammar contains is unpacked when it is first used.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(|| {
    syntect::dumps::from_uncompressed_data(DUMP).expect("a test reads the same bytes")
});

/// The grammar's position in [`GRAMMARS`] for each alias.
static POSITIONS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut positions = HashMap::new();
    for (grammar, aliases) in LANGUAGES {
        // The test `every_language_has_its_grammar` proves that none is passed over here.
        if let Some(position) = GRAMMARS
            .syntaxes()
            .iter()
            .position(|syntax| syntax.name == *grammar)
        {
            positions.extend(aliases.split(' ').map(|alias| (alias, position)));
        }
    }
    positions
});

/// What a name stands for.
pub(super) enum Language {
    /// Rust, which is read without a grammar.
    Rust,
    /// A shell session: prompts, commands and what they printed.
    Console,
    /// Code with a grammar.
    Grammar(&'static SyntaxReference),
}

/// Names that need no grammar, so that a book with no other languages never loads the grammars.
const RUST: &[&str] = &["rust", "rs"];
/// Names that ask for no colours: known before the grammars are loaded, since most books use them.
const PLAIN: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "nohighlight",
    "ignore",
    "mermaid",
    "bob",
];
const CONSOLE: &[&str] = &["console", "shell-session", "shellsession", "terminal"];

/// Each grammar's name, and the names (in lower case, separated by spaces) that books write for it.
///
/// Not here, on purpose: Scala's and Fortran's grammars, on which random text makes syntect run for ever or for seconds.
pub(super) const LANGUAGES: &[(&str, &str)] = &[
    ("AWK", "awk"),
    ("Apache Conf", "apache apacheconf"),
    ("AsciiDoc (Asciidoctor)", "asciidoc adoc"),
    ("Batch File", "batch bat cmd dosbatch"),
    ("Bourne Again Shell (bash)", "sh bash shell zsh ksh"),
    ("C#", "csharp cs c#"),
    ("C++", "cpp c++ cc cxx hpp hxx"),
    ("C", "c h"),
    ("CMake", "cmake"),
    ("CSS", "css"),
    ("Clojure", "clojure clj"),
    ("CoffeeScript", "coffeescript coffee"),
    ("Crystal", "crystal cr"),
    ("D", "d"),
    ("Dart", "dart"),
    ("Diff", "diff patch udiff"),
    ("Dockerfile", "dockerfile docker containerfile"),
    ("Elixir", "elixir ex exs"),
    ("Elm", "elm"),
    ("Erlang", "erlang erl"),
    ("F#", "fsharp fs f#"),
    ("Fish", "fish"),
    ("GLSL", "glsl"),
    ("Go", "go golang"),
    ("GraphQL", "graphql gql"),
    ("Graphviz (DOT)", "dot graphviz gv"),
    ("Groovy", "groovy gradle"),
    ("HTML", "html htm xhtml vue-html handlebars hbs"),
    ("HTTP Request and Response", "http https"),
    ("Haskell", "haskell hs"),
    ("INI", "ini cfg conf editorconfig systemd desktop"),
    ("JSON", "json jsonc json5 jsonl webmanifest"),
    ("Java", "java"),
    ("JavaScript", "javascript js mjs cjs ecmascript"),
    ("Jinja2", "jinja jinja2 tera"),
    ("Julia", "julia jl"),
    ("Kotlin", "kotlin kt kts"),
    ("LLVM", "llvm ll"),
    ("LaTeX", "latex tex"),
    ("Lean 4", "lean lean4"),
    ("Lisp", "lisp scheme cl elisp"),
    ("Lua", "lua"),
    ("MATLAB", "matlab"),
    ("Makefile", "makefile make mk"),
    ("Markdown", "markdown md"),
    ("Nim", "nim"),
    ("Nix", "nix"),
    ("OCaml", "ocaml ml"),
    ("Objective-C", "objectivec objc objective-c"),
    ("PHP", "php"),
    ("Pascal", "pascal delphi"),
    ("Perl", "perl pl"),
    ("PowerShell", "powershell ps1 pwsh posh"),
    ("Java Properties", "properties"),
    ("Protocol Buffer", "protobuf proto"),
    ("PureScript", "purescript purs"),
    ("Python", "python py py3 python3 pyi starlark bazel"),
    ("R", "r rlang"),
    ("Racket", "racket rkt"),
    ("Regular Expression", "regex regexp"),
    ("Ruby", "ruby rb"),
    ("SCSS", "scss"),
    ("SQL", "sql mysql postgresql postgres pgsql plsql sqlite"),
    ("Sass", "sass"),
    ("Solidity", "solidity sol"),
    ("Svelte", "svelte"),
    ("Swift", "swift"),
    ("SystemVerilog", "systemverilog sv"),
    ("TOML", "toml"),
    ("Tcl", "tcl"),
    ("Terraform", "terraform tf hcl"),
    ("TypeScript", "typescript ts mts cts"),
    ("TypeScriptReact", "tsx jsx"),
    ("Typst", "typst typ"),
    ("VHDL", "vhdl"),
    ("Verilog", "verilog v"),
    ("VimL", "vim viml"),
    ("Vue Component", "vue"),
    ("WGSL", "wgsl"),
    ("XML", "xml svg xsd xslt rss atom plist mathml"),
    ("YAML", "yaml yml"),
    ("Zig", "zig"),
    ("jsonnet", "jsonnet libsonnet"),
    ("nginx", "nginx nginxconf"),
    ("reStructuredText", "rst restructuredtext"),
    ("x86_64 Assembly", "asm nasm x86asm"),
];

/// All grammars, which a parser needs beside the one that it runs: they refer to one another (CSS in HTML).
pub(super) fn grammars() -> &'static SyntaxSet {
    &GRAMMARS
}

/// What `name` (in any case) stands for, or `None` when that is nothing to highlight.
pub(super) fn find(name: &str) -> Option<Language> {
    let name = name.to_ascii_lowercase();
    if RUST.contains(&name.as_str()) {
        return Some(Language::Rust);
    }
    if CONSOLE.contains(&name.as_str()) {
        return Some(Language::Console);
    }
    if PLAIN.contains(&name.as_str()) {
        return None;
    }
    let position = POSITIONS.get(name.as_str())?;
    GRAMMARS.syntaxes().get(*position).map(Language::Grammar)
}

/// The shell's grammar, for the commands of a console block.
pub(super) fn shell() -> Option<&'static SyntaxReference> {
    match find("sh") {
        Some(Language::Grammar(grammar)) => Some(grammar),
        _ => None,
    }
}

//! The crate of these tests, compiled once, and what its books need.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use labbook::live_figures::{LiveFigures, Module};
use labbook::site::Content;

use crate::harness::{Book, Site};

/// The crate.
pub(super) fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/live_figures/fixture")
}

/// The fixture's figures; `None` where nothing can be compiled for the browser, which is an error on a server that checks.
pub(super) fn figures() -> Option<&'static LiveFigures> {
    static FIGURES: OnceLock<Option<LiveFigures>> = OnceLock::new();
    FIGURES.get_or_init(|| compiled("good", &[])).as_ref()
}

/// The same, and figures that each do one thing wrong.
pub(super) fn faulty() -> Option<&'static LiveFigures> {
    static FIGURES: OnceLock<Option<LiveFigures>> = OnceLock::new();
    let features = ["--features", "faults"];
    FIGURES
        .get_or_init(|| compiled("faulty", &features))
        .as_ref()
}

fn compiled(name: &str, features: &[&str]) -> Option<LiveFigures> {
    if !can_compile() {
        return None;
    }
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/figures-fixture");
    let target = target.join(name);
    let output = Command::new("cargo")
        .args([
            "build",
            "--release",
            "--target",
            "wasm32-unknown-unknown",
            "--target-dir",
        ])
        .arg(&target)
        .args(features)
        .current_dir(folder())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the fixture does not compile: {said}"
    );
    let file = target.join("wasm32-unknown-unknown/release/figures_fixture.wasm");
    let module = Module::read(std::fs::read(file).unwrap()).unwrap();
    Some(LiveFigures::of(module))
}

/// Whether Rust can compile for the browser here. Where it can't, that is said in one line; with CI set it must.
pub(super) fn can_compile() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let arguments = [
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ];
        let output = Command::new("rustc").args(arguments).output();
        let output = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let can = output.is_ok_and(|folder| Path::new(folder.trim()).is_dir());
        if !can {
            let line =
                "skipped: tests of live figures need `rustup target add wasm32-unknown-unknown`";
            assert!(std::env::var_os("CI").is_none(), "{line}");
            // Past what the test harness keeps to itself.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
        can
    })
}

/// A figure's block.
pub(super) fn live(id: &str, more: &str) -> String {
    format!(
        "```figure\nid = \"{id}\"\ncaption = \"Caption of *{id}*.\"\ndescription = \"What {id} shows.\"\nlive = \"counter\"\n{more}\n```\n\n"
    )
}

/// A book with the crate in its folder `figures`.
pub(super) fn with_crate(book: Book) -> Book {
    let mut book = book;
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "src/lib.rs",
        "src/counter.rs",
        "src/picture.rs",
        "src/texts.rs",
    ] {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        book = book.file(&format!("figures/{name}"), &text);
    }
    book
}

/// The text of a file in a zip or an EPUB of a site.
pub(super) fn unpacked(site: &Site, path: &str, is_wanted: impl Fn(&str) -> bool) -> String {
    let Some(Content::Bytes(bytes)) = site.built.site.files.get(path) else {
        panic!("no {path}: {:?}", site.built.site.files.keys());
    };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_string).collect();
    let name = names.iter().find(|name| is_wanted(name));
    let name = name.unwrap_or_else(|| panic!("not in {path}: {names:?}"));
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

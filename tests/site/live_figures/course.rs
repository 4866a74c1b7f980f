//! The course's own figures: the module that pages load does what a native run does, to the last bit, and fits its budget.

use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use labbook::live_figures::{Module, Opening, Run, compile};
use rayon::prelude::*;

use super::fixture::can_compile;

/// The module of labs/figures; `None` where nothing can be compiled for the browser.
fn module() -> Option<&'static Module> {
    static MODULE: OnceLock<Option<Module>> = OnceLock::new();
    let compiled = || {
        if !can_compile() {
            return None;
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let compiled = compile(root, Path::new("labs/figures")).unwrap();
        Some(Module::read(compiled.bytes).unwrap())
    };
    MODULE.get_or_init(compiled).as_ref()
}

/// Lines `figure seed digest`: what a native run gives after a minute. `cargo test -p figures` holds them.
const DIGESTS: &str = include_str!("../../../labs/figures/digests.txt");

#[test]
fn a_minute_in_the_interpreter_ends_as_a_native_one() {
    let Some(module) = module() else { return };
    let lines: Vec<&str> = DIGESTS.lines().collect();
    assert_eq!(lines.len(), 12 * module.figures().len());
    lines.par_iter().for_each(|line| {
        let [name, seed, expected] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("`{line}` is no figure, seed and digest")
        };
        let opening = Opening {
            name: name.into(),
            id: name.into(),
            seed: seed.parse().unwrap(),
            ..Opening::default()
        };
        let mut run = Run::open(module, &opening).unwrap();
        run.advance_to(60_000).unwrap();
        assert_eq!(run.digest().unwrap(), expected, "{name}, seed {seed}");
    });
}

#[test]
fn module_and_script_of_the_figures_are_at_most_70_kib_to_load() {
    // 64 KiB for one chapter's figures, and 6 more as the module holds those of two: the home page's and chapter 3's.
    let Some(module) = module() else { return };
    let theme = labbook::theme::Theme::load(None).unwrap().assets();
    let is_script = |name: &str| name.contains("/figure-") && name.ends_with(".js");
    let (_, script) = theme
        .files
        .iter()
        .find(|(name, _)| is_script(name))
        .unwrap();
    let (script, module) = (gzipped(script), gzipped(module.script().as_bytes()));
    assert!(
        script + module <= 70 * 1024,
        "{script} bytes of script and {module} of module, gzipped"
    );
}

/// At the level that servers use unless told otherwise.
fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

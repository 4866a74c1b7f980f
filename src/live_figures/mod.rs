//! Live figures: a crate of the book's, compiled to one WebAssembly module that the build runs for first pictures and that
//! the page runs for its reader.
//!
//! In: the crate that `figures` in `[output.labbook]` names. Out: [`LiveFigures`], which renders figures without any I/O.
//! 1. `compile` has cargo make the module (cargo knows whether anything changed); the last good one is kept in `.labbook/`;
//! 2. `module` holds it, checked; `run` is one figure of it that was opened, in wasmi, with limits for time and memory;
//! 3. `block` reads what an author sets of a figure, by the module's own `list`; `html` writes what stands in the page;
//! 4. `script` is the module as a classic script, which works over http and from files alike;
//! 5. `trial` runs figures for `check`.

mod block;
mod compile;
mod html;
mod list;
mod module;
mod run;
mod script;
mod trial;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use regex::Regex;

pub(crate) use block::Asked;
pub use block::Opening;
pub use compile::{Compiled, Obstacle, compile};
pub(crate) use html::{Caption, Shown, figure, table, without_controls};
pub use list::{Control, Info, Kind};
pub use module::Module;
pub use run::Run;

use crate::book::Book;
use crate::load::line_of_key;
use crate::output;
use crate::problem::{Problem, Problems};

/// The live figures that a book has.
#[derive(Debug, Clone, Default)]
pub struct LiveFigures {
    module: Option<Arc<Module>>,
    /// The files that the module is compiled from: `serve` watches them.
    sources: Vec<PathBuf>,
}

impl LiveFigures {
    /// The figures of a module that was compiled elsewhere.
    pub fn of(module: Module) -> LiveFigures {
        LiveFigures {
            module: Some(Arc::new(module)),
            sources: Vec::new(),
        }
    }

    /// The module; `None` in a book without live figures, and where none could be compiled.
    pub fn module(&self) -> Option<&Module> {
        self.module.as_deref()
    }

    /// The files that the module was compiled from, as cargo names them.
    pub fn sources(&self) -> &[PathBuf] {
        &self.sources
    }

    /// What chapters with live figures depend on.
    pub fn digest(&self) -> u128 {
        self.module().map_or(0, Module::digest)
    }
}

/// Compiles the figures of a book; one that names no crate has none, and no program is started. A machine that can't
/// compile them gets those of the last good module, and a sentence that says what is missing.
///
/// # Errors
/// What the compiler says, with file and line; a module that lacks what a page needs.
pub fn prepared(book: &Book) -> Result<(LiveFigures, Option<Problem>), Problems> {
    let Some(folder) = &book.settings.labbook.figures else {
        return Ok((LiveFigures::default(), None));
    };
    match compile(&book.root, folder) {
        Ok(compiled) => Ok((accepted(&book.root, compiled)?, None)),
        Err(Obstacle::Faults(problems)) => Err(Problems(problems)),
        Err(Obstacle::Missing(what)) => {
            let kept = std::fs::read(book.root.join(output::KEPT_MODULE)).ok();
            let module = kept.and_then(|bytes| Module::read(bytes).ok());
            let instead = match module {
                Some(_) => "until then, figures are those of the last module that was compiled",
                None => "until then, their descriptions stand in the place of live figures",
            };
            let note = at_setting(&book.root, format!("{what}; {instead}"));
            let figures = module.map(LiveFigures::of).unwrap_or_default();
            Ok((figures, Some(note)))
        }
    }
}

/// Takes a compiled module as the book's, and keeps it for builds on which cargo fails.
///
/// # Errors
/// What the module lacks, on the line of book.toml that names its crate.
pub fn accepted(root: &Path, compiled: Compiled) -> Result<LiveFigures, Problem> {
    let module = Module::read(compiled.bytes).map_err(|message| at_setting(root, message))?;
    output::keep_module(root, module.bytes());
    Ok(LiveFigures {
        module: Some(Arc::new(module)),
        sources: compiled.sources,
    })
}

/// A problem on the line of book.toml that names the crate.
pub(crate) fn at_setting(root: &Path, message: String) -> Problem {
    let file = root.join("book.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    Problem::in_file(&file, message).on_line(line_of_key(&text, "output.labbook.figures"))
}

/// Whether a chapter's Markdown may have a live figure: then its page depends on the module.
pub(crate) fn may_use(content: &str) -> bool {
    static LIVE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^[ \t>]*live\s*=").expect("the pattern is constant"));
    content.contains("figure") && LIVE.is_match(content)
}

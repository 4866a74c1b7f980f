//! A module of live figures: its bytes, checked, and the list of its figures.

use std::fmt;
use std::sync::OnceLock;

use wasmi::{Config, Engine, ExternType, ValType};
use xxhash_rust::xxh3::xxh3_128;

use super::list::Info;
use super::run::Instance;

/// A module that has all that a page needs.
pub struct Module {
    pub(super) engine: Engine,
    pub(super) compiled: wasmi::Module,
    bytes: Vec<u8>,
    digest: u128,
    figures: Vec<Info>,
    pub(super) script: OnceLock<String>,
}

impl fmt::Debug for Module {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Module({:032x})", self.digest)
    }
}

/// What a function takes and gives: everything is a 32-bit number in WebAssembly, and counted here.
type Signature = (&'static str, usize, usize);

/// The functions that a module must have.
const EXPORTS: [Signature; 17] = [
    ("figure_input", 1, 1),
    ("figure_output", 0, 1),
    ("figure_list", 0, 1),
    ("figure_open", 1, 1),
    ("figure_problem", 0, 1),
    ("figure_close", 1, 0),
    ("figure_set", 2, 1),
    ("figure_step", 2, 0),
    ("figure_seek", 2, 0),
    ("figure_time", 1, 1),
    ("figure_svg", 1, 1),
    ("figure_nodes", 1, 1),
    ("figure_frame", 1, 1),
    ("figure_summary", 1, 1),
    ("figure_table", 1, 1),
    ("figure_actions", 1, 1),
    ("figure_digest", 1, 1),
];

impl Module {
    /// Checks the bytes of a module and asks it for its figures.
    ///
    /// # Errors
    /// What it lacks, in one sentence.
    pub fn read(bytes: Vec<u8>) -> Result<Module, String> {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let compiled = wasmi::Module::new(&engine, &bytes)
            .map_err(|error| format!("the module of live figures can't be read: {error}"))?;
        if let Some(import) = compiled.imports().next() {
            return Err(format!(
                "the module of live figures asks for `{}` from `{}`, and nobody gives it anything: use no clock, no files and no crate that binds to JavaScript",
                import.name(),
                import.module()
            ));
        }
        missing_exports(&compiled)?;
        let mut module = Module {
            digest: xxh3_128(&bytes),
            engine,
            compiled,
            bytes,
            figures: Vec::new(),
            script: OnceLock::new(),
        };
        let json = Instance::of(&module)
            .and_then(|mut instance| instance.answer("figure_list", ()))
            .map_err(|message| format!("the module of live figures {message}"))?;
        module.figures = Info::list(&json).map_err(|error| {
            format!(
                "`figure_list` of the live figures does not answer the JSON that it must: {error}"
            )
        })?;
        Ok(module)
    }

    /// The figures that it has.
    pub fn figures(&self) -> &[Info] {
        &self.figures
    }

    /// The figure of this name.
    pub fn figure(&self, name: &str) -> Option<&Info> {
        self.figures.iter().find(|figure| figure.name == name)
    }

    /// As it was compiled.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A digest of its bytes.
    pub fn digest(&self) -> u128 {
        self.digest
    }
}

/// Fails when an export is not there, or is another thing.
fn missing_exports(module: &wasmi::Module) -> Result<(), String> {
    let is_there = |(name, parameters, results): &Signature| {
        let Some(ExternType::Func(function)) = module.get_export(name) else {
            return false;
        };
        let are_words = |types: &[ValType], count| {
            types.len() == count && types.iter().all(|each| *each == ValType::I32)
        };
        are_words(function.params(), *parameters) && are_words(function.results(), *results)
    };
    let missing: Vec<String> = EXPORTS
        .iter()
        .filter(|export| !is_there(export))
        .map(|(name, ..)| format!("`{name}`"))
        .collect();
    let has_memory = matches!(module.get_export("memory"), Some(ExternType::Memory(_)));
    if missing.is_empty() && has_memory {
        return Ok(());
    }
    let what = match has_memory {
        true => missing.join(", "),
        false => "`memory`".into(),
    };
    Err(format!(
        "the module of live figures does not export {what} as it must: `figures` names a crate that exports the functions of a figure, each `#[unsafe(no_mangle)] pub extern \"C\"`"
    ))
}

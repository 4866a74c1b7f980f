//! `[output.labbook.test]`: what `labbook test` may run, with what, and for how long.

use serde::{Deserialize, Serialize};

/// Enough for a program that compiles first; a server that never ends should be noticed before its author gives up.
const SECONDS: u64 = 60;

/// How Rust snippets and console blocks are run.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct TestSettings {
    /// Cargo's table of dependencies: the crates that Rust snippets may use. Paths are relative to the book's root.
    pub dependencies: toml::Table,
    /// The programs that console blocks may run, by the name they are called with.
    #[serde(default = "cargo")]
    pub commands: Vec<String>,
    /// Seconds after which a command of a console block is ended.
    pub timeout_s: u64,
}

fn cargo() -> Vec<String> {
    vec!["cargo".into()]
}

impl TestSettings {
    /// Those of a book that has `[output.labbook]`: it was written for labbook, so its console blocks may call cargo.
    pub(super) fn of_labbooks_books() -> TestSettings {
        TestSettings {
            commands: cargo(),
            ..TestSettings::default()
        }
    }
}

impl Default for TestSettings {
    fn default() -> TestSettings {
        TestSettings {
            dependencies: toml::Table::new(),
            commands: Vec::new(),
            timeout_s: SECONDS,
        }
    }
}

//! The programs of labs that console blocks start are compiled before: that may take minutes, and a command has seconds.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::blocks::Kind;
use super::{Work, command_line, session};
use crate::process::{Ran, run};

/// Compiling a lab and all that it needs ends some time.
const COMPILING: Duration = Duration::from_secs(3600);

/// Compiles what console blocks start with `cargo run --bin NAME`; false when the user interrupts. What does not compile is
/// said by the block that needs it.
pub(super) fn compile(work: &[Work], root: &Path) -> bool {
    let mut wanted = BTreeSet::new();
    for block in work.iter().flat_map(|work| &work.blocks) {
        if matches!(block.kind, Kind::Session { ignored: false, .. }) {
            let commands = session::commands(&block.code).into_iter();
            wanted.extend(commands.filter_map(|command| build_for(&command.typed)));
        }
    }
    wanted
        .iter()
        .all(|words| run(words, root, COMPILING) != Ran::Interrupted)
}

/// The command that compiles what this command runs.
fn build_for(typed: &str) -> Option<Vec<String>> {
    let words = command_line::words(typed).ok()?;
    let end = words.iter().position(|word| word == "--");
    let options = words[..end.unwrap_or(words.len())].strip_prefix(&["cargo".to_string()])?;
    if options.first().is_none_or(|verb| verb != "run") || !options.iter().any(names_program) {
        return None;
    }
    let build = ["cargo", "build"].map(str::to_string);
    Some(build.into_iter().chain(options[1..].to_vec()).collect())
}

fn names_program(word: &String) -> bool {
    word == "--bin" || word.starts_with("--bin=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_run_is_built_with_the_same_options() {
        let build = |typed: &str| build_for(typed).map(|words| words.join(" "));
        assert_eq!(
            build("cargo run --release --bin lab-03 -- experiments --bin x").as_deref(),
            Some("cargo build --release --bin lab-03")
        );
        assert_eq!(build("cargo test --bin lab-03"), None);
        assert_eq!(build("cargo run --release -- serve"), None);
        assert_eq!(build("git run --bin x"), None);
        assert_eq!(build("cargo run --bin x | head"), None);
    }
}

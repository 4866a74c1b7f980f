//! When a chapter was last changed, from git, where there is a repository and a git to ask.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::book::Chapter;

/// Commits looked at before giving up on files that git does not know; keeps long histories cheap.
const COMMITS_MAX: &str = "--max-count=20000";

/// A running `git log`; it works while the book is loaded.
pub(super) struct Log(Option<Child>);

impl Log {
    /// Starts asking; without git, or outside a repository, there will be no dates.
    pub(super) fn start(source: &Path) -> Log {
        let child = Command::new("git")
            .args([
                "-c",
                "core.quotepath=off",
                "log",
                COMMITS_MAX,
                "--no-renames",
                "--name-only",
                "--relative",
                "--format=%x01%cs",
                "--",
                ".",
            ])
            .current_dir(source)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        Log(child.ok())
    }

    /// Sets [`Chapter::modified`] of all chapters that git knows.
    pub(super) fn date(self, chapters: &mut [Chapter]) {
        let Some(mut child) = self.0 else { return };
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, chapter) in chapters.iter().enumerate() {
            if let Some(source) = &chapter.source {
                waiting
                    .entry(source.display().to_string())
                    .or_default()
                    .push(index);
            }
        }
        if let Some(output) = child.stdout.take() {
            let mut day = String::new();
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                match line.strip_prefix('\u{1}') {
                    Some(date) => day = date.to_string(),
                    None => {
                        for index in waiting.remove(&line).unwrap_or_default() {
                            chapters[index].modified = Some(day.clone());
                        }
                    }
                }
                if waiting.is_empty() {
                    break;
                }
            }
        }
        // The rest of the history is of no interest; a log that has ended already can't be killed, which is fine.
        let _ = child.kill();
        let _ = child.wait();
    }
}

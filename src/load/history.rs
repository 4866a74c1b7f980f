//! When a chapter was last changed, from git, where there is a repository and a git to ask.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::book::Chapter;

/// Commits looked at before giving up on files that git does not know; keeps long histories cheap.
const COMMITS_MAX: &str = "--max-count=20000";

/// Where the dates of an earlier build are kept, below the book's root: the newest commit that touched the book, then a day
/// and a path on each line.
pub const KEPT: &str = ".labbook/cache/dates";

/// A running `git log`. It works while the book is loaded and rendered, and is ended as soon as it has named the commit
/// whose dates are kept: a history of 8,000 commits takes longer than the rest of a build.
pub struct History {
    child: Option<Child>,
    /// What it said so far; read by a thread, as git would wait when nobody reads.
    lines: Receiver<String>,
    /// The text of [`KEPT`].
    kept: String,
}

impl History {
    /// Starts asking; without git, or outside a repository, there will be no dates.
    pub(super) fn start(root: &Path, source: &Path) -> History {
        let child = Command::new("git")
            .args([
                "-c",
                "core.quotepath=off",
                "log",
                COMMITS_MAX,
                "--no-renames",
                "--name-only",
                "--relative",
                "--format=%x01%H %cs",
                "--",
                ".",
            ])
            .current_dir(source)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.ok();
        let (send, lines) = channel();
        if let Some(output) = child.as_mut().and_then(|child| child.stdout.take()) {
            std::thread::spawn(move || {
                let mut said = BufReader::new(output).lines().map_while(Result::ok);
                said.try_for_each(|line| send.send(line))
            });
        }
        let kept = fs::read_to_string(root.join(KEPT)).unwrap_or_default();
        History { child, lines, kept }
    }

    /// Sets [`Chapter::modified`] of all chapters that git knows. Gives the text to keep, if it is another one.
    pub fn date(self, chapters: &mut [Chapter]) -> Option<String> {
        let newest = self.lines.recv().ok()?;
        let read = (self.kept.lines().next() != Some(&newest)).then(|| self.read(newest));
        let dates = read.as_deref().unwrap_or(&self.kept).lines().skip(1);
        let dates: HashMap<&str, &str> = dates
            .filter_map(|line| line.split_once(' '))
            .map(|(day, path)| (path, day))
            .collect();
        for chapter in chapters {
            let source = chapter.source.as_ref().and_then(|source| source.to_str());
            let day = source.and_then(|source| dates.get(source));
            chapter.modified = day.map(|day| day.to_string());
        }
        read
    }

    /// All that git says, as it is kept: each path with the day of its newest commit.
    fn read(&self, newest: String) -> String {
        let day_of = |commit: &str| commit.rsplit(' ').next().unwrap_or_default().to_string();
        let mut day = day_of(&newest);
        let mut kept = newest + "\n";
        let mut seen = HashSet::new();
        for line in &self.lines {
            if line.starts_with('\u{1}') {
                day = day_of(&line);
            } else if !line.is_empty() && !seen.contains(&line) {
                kept += &format!("{day} {line}\n");
                seen.insert(line);
            }
        }
        kept
    }
}

impl Drop for History {
    /// The rest of the history is of no interest; a log that has ended already can't be killed, which is fine.
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

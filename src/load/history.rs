//! When a chapter was last changed, from git, where there is a repository and a git to ask.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::book::Chapter;

/// Commits looked at before giving up on files that git does not know; keeps long histories cheap.
const COMMITS_MAX: &str = "--max-count=20000";

/// A running `git log`. It works while the book is loaded and rendered: a history of 8,000 commits takes longer than that.
pub struct History {
    child: Option<Child>,
    /// What it said so far; read by a thread, as git would wait when nobody reads.
    lines: Receiver<String>,
}

impl History {
    /// Starts asking; without git, or outside a repository, there will be no dates.
    pub(super) fn start(source: &Path) -> History {
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
        let mut child = child.ok();
        let (send, lines) = channel();
        if let Some(output) = child.as_mut().and_then(|child| child.stdout.take()) {
            std::thread::spawn(move || {
                let mut said = BufReader::new(output).lines().map_while(Result::ok);
                said.try_for_each(|line| send.send(line))
            });
        }
        History { child, lines }
    }

    /// Waits until git has said when each chapter was last changed, and sets [`Chapter::modified`] of all that git knows.
    pub fn date(self, chapters: &mut [Chapter]) {
        let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, chapter) in chapters.iter().enumerate() {
            if let Some(source) = &chapter.source {
                waiting
                    .entry(source.display().to_string())
                    .or_default()
                    .push(index);
            }
        }
        let mut day = String::new();
        for line in &self.lines {
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

//! Progress of long work: a bar on a terminal, a plain line elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Terminal;
use crate::experiment::{Progress, Step};

/// Shows what an experiment does.
pub(super) struct Shown {
    /// Stands before each line: the experiment's name.
    name: String,
    terminal: Terminal,
}

impl Shown {
    pub(super) fn new(name: &str, terminal: &Terminal) -> Arc<Shown> {
        Arc::new(Shown {
            name: name.into(),
            terminal: terminal.clone(),
        })
    }
}

/// A bar moves so often.
const TICK: Duration = Duration::from_millis(100);

impl Progress for Shown {
    fn begin(&self, words: &str, expected: Duration) -> Step {
        if !self.terminal.has_bars() {
            let seconds = expected.as_secs_f64().ceil();
            self.terminal
                .warn(&format!("{}: {words}, about {seconds} s", self.name));
            return Step::new(|| {});
        }
        let bar = ProgressBar::new(1_000);
        let template = "{msg:44!} [{bar:20}] {elapsed}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(format!("{}: {words}", self.name));
        let is_over = Arc::new(AtomicBool::new(false));
        let moving = (bar.clone(), is_over.clone());
        // A thread: simulations and measurements may keep theirs busy.
        let mover = thread::spawn(move || move_along(&moving.0, expected, &moving.1));
        Step::new(move || {
            is_over.store(true, Ordering::Relaxed);
            mover.thread().unpark();
            mover.join().ok();
            bar.finish_and_clear();
        })
    }
}

/// Moves a bar with the time until the step is over.
fn move_along(bar: &ProgressBar, expected: Duration, is_over: &AtomicBool) {
    let started = Instant::now();
    while !is_over.load(Ordering::Relaxed) {
        let share = started.elapsed().as_secs_f64() / expected.as_secs_f64().max(0.1);
        bar.set_position((share.min(1.0) * 1_000.0) as u64);
        thread::park_timeout(TICK);
    }
}

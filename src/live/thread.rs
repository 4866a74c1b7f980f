//! The thread that owns a served book: gathers changes into bursts, rebuilds after each, and waits.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::burst::{Burst, Step};
use super::watching::{self, Watching};
use super::{FiguresJob, Live, Message, Report};
use crate::live_figures::{Compiled, Obstacle};
use crate::problem::Problem;

/// How long something wrong must last before it is told.
const GRACE: Duration = Duration::from_millis(150);

/// The thread that owns the book.
pub(super) struct Thread {
    live: Live,
    watching: Option<Watching>,
    burst: Burst,
    /// What is wrong, and when to tell it if nothing mends it before.
    pending: Option<(Instant, BTreeSet<PathBuf>, Report)>,
    report: Box<dyn FnMut(&Report) + Send>,
    /// What the thread hears.
    send: Sender<Message>,
    compiling: Compiling,
}

/// Whether live figures are being compiled.
enum Compiling {
    No,
    Yes,
    /// Their sources have changed since that began.
    Outdated(FiguresJob),
}

impl Thread {
    /// A thread that has yet to run.
    pub(super) fn new(
        live: Live,
        (watching, send): (Option<Watching>, Sender<Message>),
        report: Box<dyn FnMut(&Report) + Send>,
    ) -> Thread {
        Thread {
            live,
            watching,
            burst: Burst::default(),
            pending: None,
            report,
            send,
            compiling: Compiling::No,
        }
    }

    /// Works until nobody can send anything any more. While nothing happens it sleeps.
    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let due = self
                .burst
                .end()
                .or(self.pending.as_ref().map(|(due, ..)| *due));
            let message = match due {
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(RecvTimeoutError::from),
            };
            match message {
                Ok(Message::Files(event)) => self.hear(event),
                Ok(Message::Figures(compiled, start)) => self.take_figures(compiled, start),
                Ok(Message::Search) => self.live.make_search(),
                Ok(Message::Download(path)) => self.download(&path),
                Err(RecvTimeoutError::Timeout) if self.burst.end().is_some() => self.rebuild(),
                Err(RecvTimeoutError::Timeout) => self.tell(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn hear(&mut self, event: notify::Result<notify::Event>) {
        let now = Instant::now();
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            // Events were lost: the book is looked at as a whole.
            _ => {
                let settings = self.live.interest.root.join("book.toml");
                self.burst.add(&settings, Step::Settled, now);
                return;
            }
        };
        let Some(step) = watching::step(event.kind) else {
            return;
        };
        for path in &event.paths {
            let watching = self.watching.as_mut();
            let is_folder = watching.is_some_and(|watching| watching.forget(event.kind, path));
            if is_folder || self.live.interest.concerns(path) {
                self.burst.add(path, step, now);
            }
        }
    }

    fn rebuild(&mut self) {
        let mut paths = self.burst.take();
        if let Some(job) = self.live.figures_job(&paths) {
            self.compile(job);
        }
        if let Some((_, before, _)) = self.pending.take() {
            paths.extend(before);
        }
        // First watched, then read: what changes in between is heard of.
        let mut followed = self.follow();
        let before = self.live.interest.clone();
        let mut report = self.live.changed(&paths);
        if self.live.interest != before {
            followed = self.follow();
        }
        if let Err(reason) = followed {
            let problem = Problem::general(format!("not every folder is watched: {reason}"));
            if self.live.said.insert(problem.clone()) {
                report.warnings.push(problem);
            }
        }
        if report.problems.is_empty() {
            (self.report)(&report);
        } else {
            self.pending = Some((Instant::now() + GRACE, paths, report));
        }
    }

    /// Compiles live figures beside all else: once more at the end, if they have changed meanwhile.
    fn compile(&mut self, job: FiguresJob) {
        if !matches!(self.compiling, Compiling::No) {
            self.compiling = Compiling::Outdated(job);
            return;
        }
        self.compiling = Compiling::Yes;
        let (send, start) = (self.send.clone(), Instant::now());
        std::thread::spawn(move || {
            let _ = send.send(Message::Figures(job.run(), start));
        });
    }

    fn take_figures(&mut self, compiled: Result<Compiled, Obstacle>, start: Instant) {
        match std::mem::replace(&mut self.compiling, Compiling::No) {
            Compiling::Outdated(job) => self.compile(job),
            _ => {
                let before = self.live.interest.clone();
                let report = self.live.take_figures(compiled, start);
                if self.live.interest != before {
                    // What can't be watched is said with the next change of the book.
                    let _ = self.follow();
                }
                (self.report)(&report);
            }
        }
    }

    fn download(&mut self, path: &str) {
        if let Err(problems) = self.live.make_download(path) {
            (self.report)(&Report {
                problems: problems.0,
                ..Report::default()
            });
        }
    }

    /// Watches what makes the book now.
    fn follow(&mut self) -> Result<(), String> {
        let watching = self.watching.as_mut();
        watching.map_or(Ok(()), |watching| watching.follow(&self.live.interest))
    }

    fn tell(&mut self) {
        if let Some((_, _, report)) = self.pending.take() {
            self.live.tell(report.problems.clone());
            (self.report)(&report);
        }
    }
}

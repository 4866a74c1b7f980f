//! Runs a grader where it can do no harm: in a thread, for a limited time, with panics caught.

use std::any::Any;
use std::cell::Cell;
use std::panic;
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::Passed;

/// A grader may take this long.
pub const TIME_MAX: Duration = Duration::from_secs(20);

/// Graders run in threads of this name: their panics are told as a message and not by the panic hook.
const THREAD: &str = "grader";

/// What a stub panics with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotWritten;

/// How an exercise went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is right; the sentence says what was tried.
    Passed(String),
    /// The stub is still there.
    NotWritten,
    /// It is wrong, and the grader says in what way.
    Mistaken(String),
    /// It panicked, with this message.
    Panicked(String),
    /// It did not come to an end.
    TookTooLong(Duration),
}

impl Outcome {
    /// The outcome in words for the reader.
    pub fn message(&self) -> String {
        match self {
            Outcome::Passed(says) => format!("passed: {says}"),
            Outcome::NotWritten => "not written yet".into(),
            Outcome::Mistaken(says) => format!("not yet: {says}"),
            Outcome::Panicked(says) => format!("not yet: it panicked {says}"),
            Outcome::TookTooLong(limit) => format!(
                "not yet: it was not finished after {} s. Is there a loop that never ends?",
                limit.as_secs_f64()
            ),
        }
    }

    /// Whether it is right.
    pub fn is_passed(&self) -> bool {
        matches!(self, Outcome::Passed(_))
    }
}

/// Runs a grader for at most `limit`. A thread that takes longer is left to itself: it ends with the program.
pub fn grade(
    grader: impl FnOnce() -> Result<Passed, String> + Send + 'static,
    limit: Duration,
) -> Outcome {
    keep_graders_quiet();
    let (tell, told) = mpsc::channel();
    let started = thread::Builder::new().name(THREAD.into()).spawn(move || {
        let result = panic::catch_unwind(panic::AssertUnwindSafe(grader));
        // Nobody listens any more when the time is over.
        tell.send(result.map_err(|payload| in_words(&*payload)))
            .ok();
    });
    if let Err(error) = started {
        return Outcome::Panicked(format!(
            "before it began: no thread could be started, {error}"
        ));
    }
    match told.recv_timeout(limit) {
        Ok(Ok(Ok(passed))) => Outcome::Passed(passed.says),
        Ok(Ok(Err(mistake))) => Outcome::Mistaken(mistake),
        Ok(Err(None)) => Outcome::NotWritten,
        Ok(Err(Some(message))) => Outcome::Panicked(message),
        Err(RecvTimeoutError::Timeout) => Outcome::TookTooLong(limit),
        Err(RecvTimeoutError::Disconnected) => Outcome::Panicked("and left no message".into()),
    }
}

/// What a panic says, and where it was; `None`: the stub is still there.
fn in_words(payload: &(dyn Any + Send)) -> Option<String> {
    if payload.is::<NotWritten>() {
        return None;
    }
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    let place = PLACE.take().unwrap_or_default();
    Some(format!("{place}: {}", text.unwrap_or("without a message")))
}

thread_local! {
    /// Where the last panic of this thread was.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Panics of graders are messages to the reader; a hook that prints them would say them twice.
fn keep_graders_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if thread::current().name() != Some(THREAD) {
                others(information);
                return;
            }
            let place = information
                .location()
                .map(|place| format!("at {}:{}", place.file(), place.line()));
            PLACE.set(place);
        }));
    });
}

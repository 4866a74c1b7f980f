//! A measurement on a machine that is too busy for it measures the machine. This notices, and says so instead of letting
//! claims fail: a clock beside the measurement wakes up every few milliseconds and looks how late it is.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};
use std::vec::Vec;

use anyhow::{Result, bail};
use kit::experiment::Findings;

/// From one look to the next.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// One in fifty looks may be later than this. Requests of these experiments take 15 ms; a few programs that compile beside
/// them make a look 20 ms late now and then.
const LATE_MAX: Duration = Duration::from_millis(150);
/// And none may be later than this. When everything stands still for a second, 120 requests come at once, and the mean of
/// half a minute doubles: queues forgive nothing. Virtual machines do that when their host is busy.
const STILL_MAX: Duration = Duration::from_millis(400);

/// The measurement's findings, unless the machine was too busy.
///
/// The clock has a thread of its own: a measurement may keep its own thread busy, such as with starting engines.
pub(super) async fn watched(measuring: impl Future<Output = Result<Findings>>) -> Result<Findings> {
    let (over, is_over) = mpsc::channel();
    let watch = thread::spawn(move || looks(&is_over));
    let found = measuring.await;
    drop(over);
    let late = watch.join();
    let found = found?;
    quiet(late.unwrap_or_default())?;
    Ok(found)
}

/// How late each look was, until nobody holds the other end.
fn looks(is_over: &Receiver<()>) -> Vec<Duration> {
    let mut late = Vec::new();
    loop {
        let due = Instant::now() + LOOK_EVERY;
        match is_over.recv_timeout(LOOK_EVERY) {
            Err(RecvTimeoutError::Timeout) => late.push(due.elapsed()),
            _ => return late,
        }
    }
}

/// Whether the machine had time for us.
fn quiet(mut late: Vec<Duration>) -> Result<()> {
    late.sort();
    let often = late.get(late.len() * 49 / 50).copied().unwrap_or_default();
    if often > LATE_MAX {
        bail!(
            "this machine was too busy for a measurement: one timer in fifty came {} ms late or later; close other programs and run it again",
            often.as_millis()
        );
    }
    let longest = late.last().copied().unwrap_or_default();
    if longest > STILL_MAX {
        bail!(
            "this machine stood still for {} ms during a measurement; close other programs and run it again",
            longest.as_millis()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};

    use super::*;

    /// What is said of looks that were so late: of each `(times, ms)` so many.
    fn said(looks: &[(usize, u64)]) -> String {
        let late = looks
            .iter()
            .flat_map(|(times, ms)| std::iter::repeat_n(Duration::from_millis(*ms), *times));
        quiet(late.collect()).map_or_else(|said| said.to_string(), |()| String::new())
    }

    #[test]
    fn a_quiet_machine_gives_its_findings() {
        assert_eq!(said(&[]), "");
        assert_eq!(said(&[(3_000, 0), (10, 20), (2, 300)]), "");
    }

    #[test]
    fn a_busy_machine_is_told_so() {
        let message = said(&[(97, 1), (3, 200)]);
        assert!(message.contains("too busy"), "{message}");
        assert!(message.contains("200 ms"), "{message}");
    }

    #[test]
    fn a_machine_that_stood_still_once_is_told_so() {
        let message = said(&[(3_000, 0), (1, 1_000)]);
        assert!(message.contains("stood still for 1000 ms"), "{message}");
    }

    #[tokio::test]
    async fn a_measurement_is_watched_from_its_begin_to_its_end() {
        let found = watched(async { Ok(Findings::default()) }).await;
        assert!(found.is_ok());
        let failed = watched(async { bail!("no server") }).await;
        assert_eq!(failed.unwrap_err().to_string(), "no server");
    }
}

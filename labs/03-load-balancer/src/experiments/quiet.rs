//! A measurement on a machine that is too busy for it measures the machine. This notices, and says so instead of letting
//! claims fail: a clock beside the measurement wakes up every few milliseconds and looks how late it is.

use std::{time::Duration, vec::Vec};

use anyhow::{Result, bail};
use kit::experiment::Findings;
use tokio::time::{self, Instant};

/// From one look to the next.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// One in fifty looks may be later than this. Requests of these experiments take 15 ms; a few programs that compile beside
/// them make a look 20 ms late now and then.
const LATE_MAX: Duration = Duration::from_millis(150);

/// The measurement's findings, unless the machine was too busy.
pub(super) async fn watched(measuring: impl Future<Output = Result<Findings>>) -> Result<Findings> {
    let mut late: Vec<Duration> = Vec::new();
    let watch = async {
        loop {
            let due = Instant::now() + LOOK_EVERY;
            time::sleep_until(due).await;
            late.push(due.elapsed());
        }
    };
    let found = tokio::select! {
        found = measuring => found?,
        () = watch => Findings::default(),
    };
    late.sort();
    let often = late.get(late.len() * 49 / 50).copied().unwrap_or_default();
    if often > LATE_MAX {
        bail!(
            "this machine was too busy for a measurement: one timer in fifty came {} ms late or later; close other programs and run it again",
            often.as_millis()
        );
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_quiet_machine_gives_its_findings() {
        let measuring = async {
            time::sleep(Duration::from_secs(60)).await;
            Ok(Findings::default())
        };
        assert!(watched(measuring).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_machine_that_stands_still_is_told_so() {
        let measuring = async {
            for _ in 0..20 {
                time::sleep(Duration::from_millis(20)).await;
                // Nobody gets a turn for a whole second.
                time::advance(Duration::from_secs(1)).await;
            }
            Ok(Findings::default())
        };
        let message = watched(measuring).await.unwrap_err();
        let message = std::format!("{message}");
        assert!(message.contains("too busy"), "{message}");
    }
}

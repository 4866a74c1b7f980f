//! The last seconds of a run, from counters that only grow: each look keeps their values, and the difference to the oldest
//! kept one is what happened since.

use std::collections::VecDeque;
use std::time::Duration;
use std::vec::Vec;

use kit::load::Histogram;
use kit::origin::Counts;

/// How busy servers are, and what they finish, over so long.
const SERVERS_SEEN: Duration = Duration::from_secs(5);
/// How long answers took, over so long.
const ANSWERS_SEEN: Duration = Duration::from_secs(10);

/// Values with their moments, none older than `kept` but one.
#[derive(Debug)]
struct Window<T> {
    kept: Duration,
    values: VecDeque<(Duration, T)>,
}

impl<T> Window<T> {
    fn new(kept: Duration) -> Window<T> {
        Window {
            kept,
            values: VecDeque::new(),
        }
    }

    fn push(&mut self, at: Duration, value: T) {
        self.values.push_back((at, value));
        while self.values.len() > 2 && self.values[1].0 + self.kept <= at {
            self.values.pop_front();
        }
    }

    /// The oldest and the newest value, and the time between them.
    fn ends(&self) -> Option<(&T, &T, Duration)> {
        let ((first_at, first), (last_at, last)) = (self.values.front()?, self.values.back()?);
        Some((first, last, last_at.saturating_sub(*first_at)))
    }
}

/// The last seconds.
#[derive(Debug)]
pub(super) struct Recent {
    servers: Window<Vec<Counts>>,
    answers: Window<Histogram>,
}

impl Recent {
    pub(super) fn new() -> Recent {
        Recent {
            servers: Window::new(SERVERS_SEEN),
            answers: Window::new(ANSWERS_SEEN),
        }
    }

    /// Keeps the counters of this moment.
    pub(super) fn keep(&mut self, at: Duration, (servers, answers): (Vec<Counts>, Histogram)) {
        self.servers.push(at, servers);
        self.answers.push(at, answers);
    }

    /// Share of the time that a server worked, in percent, and requests it finished a second.
    pub(super) fn of_server(&self, place: usize) -> (u32, u32) {
        let Some((first, last, span)) = self.servers.ends() else {
            return (0, 0);
        };
        let (Some(first), Some(last)) = (first.get(place), last.get(place)) else {
            return (0, 0);
        };
        let span_us = span.as_micros().max(1) as u64;
        let worked = last.worked_us.saturating_sub(first.worked_us);
        let served = last.served.saturating_sub(first.served);
        let percent = (worked * 100 + span_us / 2) / span_us;
        let a_second = (served * 1_000_000 + span_us / 2) / span_us;
        (percent.min(100) as u32, a_second as u32)
    }

    /// How long answers took.
    pub(super) fn answers(&self) -> Histogram {
        let ends = self.answers.ends();
        ends.map_or_else(Histogram::default, |(first, last, _)| last.since(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(worked_ms: u64, served: u64) -> Vec<Counts> {
        let worked_us = worked_ms * 1_000;
        let counts = Counts {
            worked_us,
            served,
            ..Counts::default()
        };
        std::vec![counts]
    }

    #[test]
    fn only_the_last_seconds_count() {
        let mut recent = Recent::new();
        let mut answers = Histogram::default();
        for second in 0..=60 {
            answers.record(Duration::from_millis(if second <= 50 { 900 } else { 10 }));
            let worked = if second <= 55 { 0 } else { 600 * (second - 55) };
            let kept = (counts(worked, 30 * second), answers.clone());
            recent.keep(Duration::from_secs(second), kept);
        }
        assert_eq!(recent.of_server(0), (60, 30));
        assert_eq!(recent.answers().count(), 10);
        assert!(recent.answers().quantile_ms(0.99) < 11.0);
    }

    #[test]
    fn at_the_start_nothing_is_known() {
        let mut recent = Recent::new();
        assert_eq!((recent.of_server(0), recent.answers().count()), ((0, 0), 0));
        recent.keep(Duration::ZERO, (counts(0, 0), Histogram::default()));
        assert_eq!(recent.of_server(0), (0, 0));
        assert_eq!(recent.of_server(7), (0, 0));
    }
}

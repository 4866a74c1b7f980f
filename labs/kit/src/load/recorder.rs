//! Counts what becomes of requests, as a whole and second by second.
//!
//! Latencies of a second are kept one by one until all its requests have ended, then summed up, so that a load of a day
//! needs no more memory than one of a minute.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use super::answer::Answer;
use super::report::{Failure, Report, Second};

/// Seconds that are kept, at most; after that the oldest are forgotten.
const SECONDS_MAX: usize = 3600;
/// Servers that are told apart, at most; an answer may say anything in `X-Server`.
const SERVERS_MAX: usize = 256;

/// One request's course, in time since the load began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// When it was meant to start.
    pub(super) intended: Duration,
    /// When its end was known.
    pub(super) ended: Duration,
}

/// Counts what becomes of requests.
#[derive(Default)]
pub(super) struct Recorder {
    whole: Report,
    ended: VecDeque<Second>,
    running: VecDeque<RunningSecond>,
    /// Names of servers that have answered; their places count in `RunningSecond::by_server`.
    servers: HashMap<Box<[u8]>, usize>,
    names: Vec<String>,
}

/// A second of which some request may still be open.
#[derive(Default)]
struct RunningSecond {
    second: u64,
    sent: u64,
    server_errors: u64,
    failed: u64,
    longest: Duration,
    latencies_us: Vec<u32>,
    by_server: Vec<u64>,
}

impl Recorder {
    /// A request meant to start at `intended` was begun.
    pub(super) fn sent(&mut self, intended: Duration) {
        self.whole.sent += 1;
        self.whole.open += 1;
        self.second(intended).sent += 1;
    }

    /// A request begun before got a whole answer.
    pub(super) fn answered(&mut self, course: Course, answer: &Answer) {
        let latency = self.ended(course);
        self.whole.by_status[usize::from(answer.status / 100).min(5)] += 1;
        let server = answer.server.as_deref().and_then(|name| self.server(name));
        if answer.status < 500 {
            self.whole.latency.record(latency);
        }
        let second = self.second(course.intended);
        if answer.status < 500 {
            second
                .latencies_us
                .push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
        } else {
            second.server_errors += 1;
        }
        if let Some(place) = server {
            if second.by_server.len() <= place {
                second.by_server.resize(place + 1, 0);
            }
            second.by_server[place] += 1;
        }
    }

    /// A request begun before got none.
    pub(super) fn failed(&mut self, course: Course, reason: Failure) {
        self.ended(course);
        *self.whole.by_failure.entry(reason).or_default() += 1;
        self.second(course.intended).failed += 1;
    }

    /// Sums up the seconds before `before`: none of their requests is open any more.
    pub(super) fn sum_up(&mut self, before: Duration) {
        while self
            .running
            .front()
            .is_some_and(|second| second.second < before.as_secs())
        {
            let second = self.running.pop_front().expect("it was just seen");
            let second = second.summary(&self.names);
            for (name, count) in &second.by_server {
                *self.whole.by_server.entry(name.clone()).or_default() += count;
            }
            self.ended.push_back(second);
            if self.ended.len() > SECONDS_MAX {
                self.ended.pop_front();
            }
        }
    }

    /// What has become of the load so far.
    pub(super) fn report(&self) -> Report {
        let mut report = self.whole.clone();
        report.seconds.extend(self.ended.iter().cloned());
        for second in self
            .running
            .iter()
            .map(|second| second.summary(&self.names))
        {
            for (name, count) in &second.by_server {
                *report.by_server.entry(name.clone()).or_default() += count;
            }
            report.seconds.push(second);
        }
        report
    }

    fn ended(&mut self, course: Course) -> Duration {
        let latency = course.ended.saturating_sub(course.intended);
        self.whole.open -= 1;
        self.whole.elapsed = self.whole.elapsed.max(course.ended);
        self.whole.longest = self.whole.longest.max(latency);
        let second = self.second(course.intended);
        second.longest = second.longest.max(latency);
        latency
    }

    /// The second that holds `intended`. Those between are made too: a second without requests is seen.
    fn second(&mut self, intended: Duration) -> &mut RunningSecond {
        let wanted = intended.as_secs();
        let first = match self.running.front() {
            Some(first) => first.second,
            None => self.ended.back().map_or(0, |last| last.second + 1),
        };
        let place =
            usize::try_from(wanted.saturating_sub(first)).expect("a load lasts a day at most");
        while self.running.len() <= place {
            let second = first + self.running.len() as u64;
            self.running.push_back(RunningSecond {
                second,
                ..RunningSecond::default()
            });
        }
        &mut self.running[place]
    }

    fn server(&mut self, name: &[u8]) -> Option<usize> {
        if let Some(place) = self.servers.get(name) {
            return Some(*place);
        }
        if self.names.len() == SERVERS_MAX {
            return None;
        }
        let place = self.names.len();
        self.servers.insert(name.into(), place);
        self.names.push(String::from_utf8_lossy(name).into_owned());
        Some(place)
    }
}

impl RunningSecond {
    fn summary(&self, names: &[String]) -> Second {
        let mut latencies_us = self.latencies_us.clone();
        latencies_us.sort_unstable();
        let quantile_ms = |quantile: f64| {
            let place = (quantile * latencies_us.len() as f64).ceil() as usize;
            latencies_us
                .get(place.saturating_sub(1))
                .map_or(0.0, |us| f64::from(*us) / 1000.0)
        };
        let by_server: BTreeMap<String, u64> = names
            .iter()
            .cloned()
            .zip(self.by_server.iter().copied())
            .filter(|(_, count)| *count > 0)
            .collect();
        Second {
            second: self.second,
            sent: self.sent,
            succeeded: latencies_us.len() as u64,
            server_errors: self.server_errors,
            failed: self.failed,
            p50_ms: quantile_ms(0.5),
            p99_ms: quantile_ms(0.99),
            longest_ms: self.longest.as_secs_f64() * 1000.0,
            by_server,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(intended_ms: u64, latency_ms: u64) -> Course {
        let intended = Duration::from_millis(intended_ms);
        Course {
            intended,
            ended: intended + Duration::from_millis(latency_ms),
        }
    }

    fn answer(status: u16, server: &str) -> Answer {
        Answer {
            status,
            server: Some(server.as_bytes().into()),
            ..Answer::default()
        }
    }

    #[test]
    fn every_request_is_counted_once_in_the_whole_and_in_its_second() {
        let mut recorder = Recorder::default();
        for ms in [0, 400, 1100, 3200] {
            recorder.sent(Duration::from_millis(ms));
        }
        recorder.answered(course(400, 900), &answer(200, "a"));
        recorder.answered(course(0, 5), &answer(503, "b"));
        recorder.failed(course(1100, 2000), Failure::Timeout);
        let report = recorder.report();
        assert_eq!(
            (report.sent, report.answered(), report.failed(), report.open),
            (4, 2, 1, 1)
        );
        assert_eq!(report.unsuccessful(), 2);
        assert_eq!(report.failures(), "1 no answer in time");
        assert_eq!(report.longest, Duration::from_secs(2));
        assert_eq!(
            (report.latency.count(), report.latency.max_ms()),
            (1, 900.0)
        );
        let by_second: Vec<_> = report
            .seconds
            .iter()
            .map(|s| (s.sent, s.succeeded, s.server_errors, s.failed))
            .collect();
        assert_eq!(
            by_second,
            [(2, 1, 1, 0), (1, 0, 0, 1), (0, 0, 0, 0), (1, 0, 0, 0)]
        );
        assert_eq!(
            report.by_server,
            BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 1)])
        );
    }

    #[test]
    fn summing_up_changes_nothing_that_the_report_says() {
        let mut recorder = Recorder::default();
        for ms in (0..10_000).step_by(100) {
            recorder.sent(Duration::from_millis(ms));
            recorder.answered(course(ms, 1 + ms / 1000), &answer(200, "a"));
        }
        let before = serde_json::to_value(recorder.report()).unwrap();
        recorder.sum_up(Duration::from_secs(7));
        assert_eq!(recorder.running.len(), 3);
        assert_eq!(serde_json::to_value(recorder.report()).unwrap(), before);
    }

    #[test]
    fn a_server_that_makes_up_names_fills_no_memory() {
        let mut recorder = Recorder::default();
        for number in 0..1000 {
            recorder.sent(Duration::ZERO);
            recorder.answered(course(0, 1), &answer(200, &number.to_string()));
        }
        assert_eq!(recorder.report().by_server.len(), SERVERS_MAX);
    }
}

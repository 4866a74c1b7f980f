//! What the dashboard shows of the running lab, and what its pokes do. Counters of origins, balancer and clients become the
//! [`snapshot`] that the live figure draws, so the page has the figure's picture and the figure's sentence.

use std::format;
use std::string::String;
use std::time::Duration as StdDuration;
use std::vec::Vec;

use kit::dashboard::{Board, EDGES_MS, Latencies, Seen};
use kit::load::{Histogram, Report, Running};
use scene::Picture;
use scene::control::{Control, Kind};
use simulation::{Duration, Time};

use super::controls::{Poke, controls, place_of};
use super::journal::Journal;
use super::recent::Recent;
use super::system::System;
use super::trips::{Sent, Trips};
use crate::scene::Balancer as Scene;
use crate::server::pool::ServerView;
use crate::snapshot::{Balancer, Server, ServerState};

/// Clients' counters are copied so often; the picture is drawn more often.
const COUNTED_EVERY_MS: u64 = 500;
/// So many seconds make the history.
const HISTORY_S: usize = 30;

/// The board of the lab.
pub struct LoadBalancerBoard {
    pub(super) system: System,
    pub(super) clients: Running,
    values: Vec<i32>,
    scene: Scene,
    journal: Journal,
    recent: Recent,
    trips: Trips,
    /// What each server was sent and failed, at the last look.
    sent: Vec<Sent>,
    report: Report,
    counted_ms: Option<u64>,
}

impl LoadBalancerBoard {
    /// Shows this system under the load of these clients.
    pub fn new(system: System, clients: Running) -> LoadBalancerBoard {
        LoadBalancerBoard {
            values: controls().iter().map(Control::default).collect(),
            scene: Scene::new(
                "board",
                "Who gets the next request?",
                "Requests run from the clients through the load balancer to four servers. Each server shows how busy it is, and its line.",
            ),
            journal: Journal::default(),
            recent: Recent::new(),
            trips: Trips::default(),
            sent: Vec::new(),
            report: Report::default(),
            counted_ms: None,
            system,
            clients,
        }
    }

    /// The value of a control, by what it does.
    pub(super) fn of(&self, poke: Poke) -> i32 {
        self.values[place_of(poke)]
    }

    /// Whether that control has this server, counted from 0.
    pub(super) fn has(&self, poke: Poke, server: usize) -> bool {
        self.of(poke) >> server & 1 == 1
    }

    /// Copies the counters of clients and origins, now and then.
    fn count(&mut self, now_ms: u64) {
        let is_due = |last: u64| now_ms >= last + COUNTED_EVERY_MS;
        if !self.counted_ms.is_none_or(is_due) {
            return;
        }
        self.counted_ms = Some(now_ms);
        self.report = self.clients.so_far();
        let origins = self.system.origins.iter().map(|origin| origin.counts());
        let counters = (origins.collect(), self.report.latency.clone());
        self.recent.keep(StdDuration::from_millis(now_ms), counters);
        let reasons = reasons(&self.report);
        self.journal
            .count_failed(now_ms, (self.report.unsuccessful(), &reasons));
    }

    /// Lets requests travel that were sent since the last look.
    fn send(&mut self, now_ms: u64, servers: &[ServerView]) {
        let of = |view: &ServerView| Sent {
            requests: view.counts.chosen,
            failed: view.counts.failed.total(),
        };
        let all: Vec<Sent> = servers.iter().map(of).collect();
        let before = self
            .sent
            .iter()
            .copied()
            .chain(core::iter::repeat(Sent::default()));
        let since = all.iter().zip(before).map(|(now, before)| Sent {
            requests: now.requests.saturating_sub(before.requests),
            failed: now.failed.saturating_sub(before.failed),
        });
        let since: Vec<Sent> = since.collect();
        self.trips.begin(now_ms, &since);
        self.sent = all;
    }

    fn server(&self, place: usize, view: &ServerView) -> Server {
        let is_away = self.has(Poke::Stop, place) || self.has(Poke::Freeze, place);
        let state = match (is_away, self.has(Poke::Slow, place)) {
            (true, _) => ServerState::Stopped,
            (false, true) => ServerState::Slow,
            (false, false) => ServerState::Running,
        };
        let counts = self.system.origins.get(place).map(|origin| origin.counts());
        let counts = counts.unwrap_or_default();
        let (utilisation_percent, finished_per_s) = self.recent.of_server(place);
        Server {
            state,
            in_rotation: view.in_rotation,
            waiting: counts.waiting as u32,
            working: counts.working as u32,
            utilisation_percent: if is_away { 0 } else { utilisation_percent },
            finished_per_s,
        }
    }

    fn snapshot(
        &self,
        (now, now_ms): (Time, u64),
        views: &[ServerView],
        answers: &Histogram,
    ) -> Balancer {
        let some = |quantile| {
            let micros = (answers.quantile_ms(quantile) * 1_000.0) as u64;
            (answers.count() > 0).then(|| Duration::from_micros(micros))
        };
        let seconds = &self.report.seconds;
        // Requests of the last second are still under way.
        let seconds = &seconds[..seconds.len().saturating_sub(1)];
        let seconds = &seconds[seconds.len().saturating_sub(HISTORY_S)..];
        Balancer {
            time: now,
            policy: self.policy_label(),
            rate_per_s: self.of(Poke::Rate).unsigned_abs(),
            travellers: self.trips.travellers(now_ms),
            servers: views
                .iter()
                .enumerate()
                .map(|(place, view)| self.server(place, view))
                .collect(),
            answered: self.report.answered() - self.report.by_status[5],
            failed: self.report.unsuccessful(),
            latency_p50: some(0.5),
            latency_p99: some(0.99),
            history_p99_ms: seconds
                .iter()
                .map(|second| second.p99_ms.round() as u32)
                .collect(),
        }
    }

    fn policy_label(&self) -> &'static str {
        let Kind::Choice { options, .. } = controls()[place_of(Poke::Policy)].kind else {
            return "";
        };
        let chosen = options.get(self.of(Poke::Policy).unsigned_abs() as usize);
        chosen.map_or("", |option| option.label)
    }
}

impl Board for LoadBalancerBoard {
    fn controls(&self) -> &'static [Control] {
        controls()
    }

    fn value(&self, control: usize) -> i32 {
        self.values[control]
    }

    fn set(&mut self, control: usize, value: i32) {
        let chosen = controls()[control];
        let done = Poke::of(chosen.name).map_or(Ok(()), |poke| self.poke(poke, value));
        let setting = format!("{}={}", chosen.name, chosen.print(value));
        let at_ms = self.system.now().as_nanos() / 1_000_000;
        match done {
            Ok(()) => {
                self.values[control] = value;
                self.journal.note(at_ms, format!("you: {setting}"));
            }
            Err(problem) => self
                .journal
                .note(at_ms, format!("{setting} failed: {problem}")),
        }
    }

    fn look(&mut self) -> Seen {
        let now = self.system.now();
        let at_ms = now.as_nanos() / 1_000_000;
        let views = self.system.pool().servers(now);
        self.count(at_ms);
        self.send(at_ms, &views);
        let number = |id| {
            views
                .iter()
                .position(|view| view.id == id)
                .map(|place| place + 1)
        };
        self.journal.follow(self.system.pool(), number);
        let answers = self.recent.answers();
        let snapshot = self.snapshot((now, at_ms), &views, &answers);
        self.scene.show(&snapshot);
        Seen {
            at_ms,
            summary: snapshot.summary(),
            table: snapshot.table(),
            latencies: latencies(&answers),
            log: self.journal.lines(),
        }
    }

    fn picture(&mut self) -> &mut Picture {
        self.scene.picture_mut()
    }
}

/// Why requests failed: `3 no answer in time, 2 answered with 503`.
fn reasons(report: &Report) -> String {
    let mut reasons = report.failures();
    if report.by_status[5] > 0 {
        let comma = if reasons.is_empty() { "" } else { ", " };
        reasons = format!(
            "{reasons}{comma}{} answered with an error",
            report.by_status[5]
        );
    }
    reasons
}

/// A histogram as the dashboard draws it.
fn latencies(answers: &Histogram) -> Latencies {
    let mut latencies = Latencies::default();
    let mut counted = 0;
    for (bound_ms, count) in answers.doubling(f64::from(EDGES_MS[0]), EDGES_MS.len()) {
        latencies.add((bound_ms * 1_000.0) as u64, count);
        counted += count;
    }
    latencies.add(u64::MAX, answers.count().saturating_sub(counted));
    latencies
}

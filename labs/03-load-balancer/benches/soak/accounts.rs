//! Every request, at those who sent it and at the balancer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kit::load::{Failure, Report};
use serde_json::Value;

use crate::badly::Counts;

/// What clients say.
pub(crate) struct Accounts {
    /// Loads by name; the last one is of the time when everybody was well.
    pub(crate) loads: Vec<(&'static str, Report)>,
    pub(crate) badly: Arc<Counts>,
}

/// Failures that the balancer is never to cause: it takes every connection, speaks HTTP, and answers or breaks off.
const NEVER: [Failure; 6] = [
    Failure::ConnectRefused,
    Failure::ConnectTimeout,
    Failure::ConnectFailed,
    Failure::Timeout,
    Failure::Empty,
    Failure::Malformed,
];

impl Accounts {
    /// What is wrong.
    pub(crate) fn check(&self, statistics: &Value) -> Vec<String> {
        let mut wrong = Vec::new();
        for (name, report) in &self.loads {
            let (sent, ended) = (report.sent, report.answered() + report.failed());
            if sent != ended || report.open != 0 {
                wrong.push(format!(
                    "{name}: {sent} requests were sent, {ended} were answered or failed"
                ));
            }
            for failure in NEVER {
                if let Some(count) = report.by_failure.get(&failure) {
                    wrong.push(format!("{name}: {count} requests: {failure}"));
                }
            }
        }
        if let Some(("calm", report)) = self.loads.last()
            && report.unsuccessful() > 0
        {
            let errors = report.by_status[5];
            wrong.push(format!(
                "everybody was well, and yet: {} {errors} × 5xx",
                report.failures()
            ));
        }
        let badly = &self.badly;
        if read(&badly.not_accepted) > 0 {
            wrong.push(format!(
                "{} connections were not accepted",
                read(&badly.not_accepted)
            ));
        }
        // The last of each client may have been cut off by the end.
        let unrefused = read(&badly.nonsense) - read(&badly.refused);
        if unrefused > 2 {
            wrong.push(format!(
                "{unrefused} requests of nonsense were not answered with 400"
            ));
        }
        wrong.extend(self.compare(&Balancer::read(statistics)));
        wrong
    }

    /// What clients say beside what the balancer says.
    fn compare(&self, balancer: &Balancer) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |what: &str, clients: u64, balancer: u64| {
            if clients != balancer {
                wrong.push(format!(
                    "{what}: {clients} by its clients, {balancer} by the balancer"
                ));
            }
        };
        same("requests", self.requests(), balancer.requests);
        same(
            "choices of a server that ended",
            balancer.chosen,
            balancer.answered + balancer.failed,
        );
        let first = balancer.chosen - balancer.retries;
        if first > balancer.requests || balancer.requests > first + balancer.unserved {
            wrong.push(format!(
                "of {} requests {first} got a server, and {} times there was none",
                balancer.requests, balancer.unserved
            ));
        }
        // An answer with a server's name came from a server; slow readers and slow bodies break off, so none of theirs is
        // whole.
        let by_servers: u64 = self
            .loads
            .iter()
            .flat_map(|(_, report)| report.by_server.values())
            .sum();
        let whole = balancer.answered + balancer.server_errors;
        if by_servers > whole || whole > by_servers + self.badly_requests() {
            wrong.push(format!(
                "answers of servers: {by_servers} by clients, {whole} by the balancer"
            ));
        }
        wrong
    }

    fn requests(&self) -> u64 {
        let sent: u64 = self.loads.iter().map(|(_, report)| report.sent).sum();
        sent + self.badly_requests()
    }

    fn badly_requests(&self) -> u64 {
        read(&self.badly.slow_bodies) + read(&self.badly.slow_readers)
    }

    pub(crate) fn print(&self, statistics: &Value) {
        println!(
            "\n| load | sent | 2xx | 4xx | 5xx | failed | longest s | why |\n|---|--:|--:|--:|--:|--:|--:|---|"
        );
        for (name, report) in &self.loads {
            println!(
                "| {name} | {} | {} | {} | {} | {} | {:.2} | {} |",
                report.sent,
                report.by_status[2],
                report.by_status[4],
                report.by_status[5],
                report.failed(),
                report.longest.as_secs_f64(),
                report.failures()
            );
        }
        let badly = &self.badly;
        println!(
            "\nbadly: {} slow heads, {} slow bodies, {} slow readers, {} silent, {} half-open, {} nonsense of which {} refused",
            read(&badly.slow_heads),
            read(&badly.slow_bodies),
            read(&badly.slow_readers),
            read(&badly.silent),
            read(&badly.half_open),
            read(&badly.nonsense),
            read(&badly.refused)
        );
        let pool = &statistics["pool"];
        println!(
            "balancer: {} requests, {} choices of a server, {} retries ({} refused), {} unserved, {} answered, failed {}",
            pool["requests"],
            pool["total"]["chosen"],
            pool["total"]["retries"],
            pool["retries_refused"],
            pool["unserved"],
            pool["total"]["answered"],
            pool["total"]["failed"]
        );
    }
}

/// What the balancer says.
struct Balancer {
    requests: u64,
    unserved: u64,
    chosen: u64,
    retries: u64,
    answered: u64,
    failed: u64,
    server_errors: u64,
}

impl Balancer {
    fn read(statistics: &Value) -> Self {
        let pool = &statistics["pool"];
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        let failed = pool["total"]["failed"].as_object();
        Self {
            requests: number(&pool["requests"]),
            unserved: number(&pool["unserved"]),
            chosen: number(&pool["total"]["chosen"]),
            retries: number(&pool["total"]["retries"]),
            answered: number(&pool["total"]["answered"]),
            failed: failed.map_or(0, |reasons| reasons.values().map(number).sum()),
            server_errors: number(&pool["total"]["failed"]["server-error"]),
        }
    }
}

fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

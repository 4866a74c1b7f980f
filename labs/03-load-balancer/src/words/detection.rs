//! "Noticing the dead" in words.

use alloc::string::String;

use scene::{thousands, whole};

use super::{caption, counted, milliseconds, push_row};
use crate::snapshot::{Backend, Detection};

impl Detection {
    /// The moment in one sentence: who is dead, who is believed to be, and what the clients saw.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = String::from(self.checks);
        text.push_str(": ");
        let dead = self.servers.iter().filter(|server| !server.is_alive);
        let unnoticed = dead.clone().filter(|server| server.in_rotation).count();
        match (dead.count(), unnoticed) {
            (0, _) => text.push_str("every server answers"),
            (count, 0) => push_dead(&mut text, count, "nothing is sent there"),
            (count, _) => push_dead(&mut text, count, "the balancer has not noticed"),
        }
        text.push_str("; ");
        text.push_str(&counted(self.failed, "request", "requests"));
        text.push_str(" failed of ");
        text.push_str(&thousands(self.failed + self.answered));
        if let Some(after) = self.noticed_after {
            text.push_str("; the last death was noticed after ");
            text.push_str(&milliseconds(after));
        }
        text.push('.');
        text
    }

    /// The servers as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = caption(self.time);
        let heads = [
            "Server",
            "Answers",
            "Gets requests",
            "Probes failed in a row",
            "Requests failed in a row",
        ];
        push_row(&mut table, &heads);
        for (index, server) in self.servers.iter().enumerate() {
            let cells = [
                &whole(index as u64 + 1),
                yes(server.is_alive),
                yes(server.in_rotation),
                &whole(server.probes_failed.into()),
                &whole(server.requests_failed.into()),
            ];
            push_row(&mut table, &cells);
        }
        table
    }
}

impl Backend {
    /// Whether it is dead and still gets requests.
    #[must_use]
    pub fn is_unnoticed(&self) -> bool {
        !self.is_alive && self.in_rotation
    }
}

fn push_dead(text: &mut String, count: usize, and: &str) {
    let count = u64::try_from(count).expect("there are few servers");
    text.push_str(&counted(count, "server is dead", "servers are dead"));
    text.push_str(" and ");
    text.push_str(and);
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

//! "Who gets the next request?" in words.

use alloc::string::String;

use scene::{thousands, whole};

use super::{caption, counted, milliseconds, push_row};
use crate::snapshot::{Balancer, Server, ServerState};

impl Balancer {
    /// The moment in one sentence: who is busiest, how long answers take, what failed.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = String::from(self.policy);
        text.push_str(", ");
        text.push_str(&thousands(self.rate_per_s.into()));
        text.push_str(" requests a second: ");
        self.push_busiest(&mut text);
        if let (Some(half), Some(most)) = (self.latency_p50, self.latency_p99) {
            text.push_str("; half of the answers took at most ");
            text.push_str(&milliseconds(half));
            text.push_str(", 99 of 100 at most ");
            text.push_str(&milliseconds(most));
        }
        text.push_str("; ");
        text.push_str(&counted(self.answered, "answer", "answers"));
        text.push_str(", ");
        text.push_str(&thousands(self.failed));
        text.push_str(" failed.");
        text
    }

    fn push_busiest(&self, text: &mut String) {
        let longest = |server: &&(usize, &Server)| (server.1.waiting, server.1.utilisation_percent);
        let servers: alloc::vec::Vec<(usize, &Server)> = self.servers.iter().enumerate().collect();
        // The first of equals: `max_by_key` gives the last.
        let Some((index, server)) = servers.iter().rev().max_by_key(longest) else {
            text.push_str("there is no server");
            return;
        };
        text.push_str("server ");
        text.push_str(&whole(*index as u64 + 1));
        text.push_str(" is ");
        text.push_str(&whole(server.utilisation_percent.into()));
        text.push_str(" % busy and has ");
        text.push_str(&thousands(server.waiting.into()));
        text.push_str(" waiting");
    }

    /// The servers as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = caption(self.time);
        let heads = [
            "Server",
            "State",
            "Gets requests",
            "Busy",
            "Waiting",
            "Finished a second",
        ];
        push_row(&mut table, &heads);
        for (index, server) in self.servers.iter().enumerate() {
            let cells: [&str; 6] = [
                &whole(index as u64 + 1),
                server.state.label(),
                if server.in_rotation { "yes" } else { "no" },
                &[&whole(server.utilisation_percent.into()), " %"].concat(),
                &thousands(server.waiting.into()),
                &whole(server.finished_per_s.into()),
            ];
            push_row(&mut table, &cells);
        }
        table
    }
}

impl ServerState {
    /// The state in a word or two.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ServerState::Running => "running",
            ServerState::Slow => "slow",
            ServerState::Stopped => "not answering",
        }
    }
}

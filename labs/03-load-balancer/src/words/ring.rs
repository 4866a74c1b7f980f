//! "The ring" in words.

use alloc::string::String;

use scene::{thousands, whole};

use super::{caption, counted, percent, push_row};
use crate::snapshot::Ring;

impl Ring {
    /// The moment in one sentence: how many keys moved, and how many answers had been kept.
    #[must_use]
    pub fn summary(&self) -> String {
        let present = self.members.iter().filter(|member| member.is_present);
        let mut text = String::from(self.method);
        text.push_str(", ");
        text.push_str(&whole(present.clone().count() as u64));
        text.push_str(" servers: ");
        match (self.moved_permille, self.moved_expected_permille) {
            (Some(moved), expected) => {
                text.push_str("the last change moved ");
                text.push_str(&percent(moved));
                text.push_str(" % of the keys");
                if let Some(expected) = expected {
                    text.push_str(" (theory: ");
                    text.push_str(&percent(expected));
                    text.push_str(" %)");
                }
            }
            (None, _) => text.push_str("no key has moved yet"),
        }
        if let Some(most) = present.map(|member| member.share_permille).max() {
            text.push_str("; the fullest server has ");
            text.push_str(&percent(most));
            text.push_str(" % of the keys");
        }
        if let Some(hits) = self.hit_permille {
            text.push_str("; ");
            text.push_str(&percent(hits));
            text.push_str(" % of the answers had been kept");
        }
        text.push_str("; ");
        text.push_str(&counted(self.requests, "request", "requests"));
        text.push('.');
        text
    }

    /// The servers as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = caption(self.time);
        let heads = ["Server", "Takes part", "Share of keys", "Requests a second"];
        push_row(&mut table, &heads);
        for member in &self.members {
            let cells: [&str; 4] = [
                &whole(member.number.into()),
                if member.is_present { "yes" } else { "no" },
                &[&percent(member.share_permille), " %"].concat(),
                &thousands(member.requests_per_s.into()),
            ];
            push_row(&mut table, &cells);
        }
        table
    }
}

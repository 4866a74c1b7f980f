//! "One line or many" in words.

use alloc::string::String;

use scene::{push_tenths, thousands, whole};
use simulation::Duration;

use super::{caption, percent, push_row};
use crate::snapshot::{Half, Lines};

impl Lines {
    /// The moment in words: of each half who waits, who is idle, how long answers take, and how often somebody waited in vain.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = whole(self.busy_percent.into());
        text.push_str(" % busy, ");
        text.push_str(self.policy);
        for half in &self.halves {
            let [name, waiting, idle, mean, _, wasted] = self.cells(half);
            let words: [&str; 10] = [
                ". ",
                &name,
                ": ",
                &waiting,
                " waiting, ",
                &idle,
                " of 4 servers idle, answers after ",
                &mean,
                " lengths of the work, somebody waiting beside an idle server for ",
                &wasted,
            ];
            text.push_str(&words.concat());
            text.push_str(" of the time");
        }
        text.push('.');
        text
    }

    /// The halves as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = caption(self.time);
        let heads = [
            "Four servers",
            "Waiting",
            "Idle",
            "Answer after, in lengths of the work",
            "Theory",
            "Waiting beside an idle server",
        ];
        push_row(&mut table, &heads);
        for half in &self.halves {
            push_row(&mut table, &self.cells(half).each_ref().map(String::as_str));
        }
        table
    }

    /// What the table says of a half.
    fn cells(&self, half: &Half) -> [String; 6] {
        [
            String::from(if half.lines.len() == 1 {
                "One line"
            } else {
                "A line each"
            }),
            thousands(half.waiting().into()),
            whole(half.idle().into()),
            self.works(half.mean),
            self.works(half.theory),
            [&percent(half.wasted_permille), " %"].concat(),
        ]
    }

    /// `1.7` lengths of the work; a dash for none.
    fn works(&self, time: Option<Duration>) -> String {
        let mut text = String::new();
        match time {
            Some(time) => push_tenths(&mut text, self.works_tenths(time).into()),
            None => text.push('–'),
        }
        text
    }
}

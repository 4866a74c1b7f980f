//! The chain in words: a sentence and a table, for those who can't see the picture, and for paper.

use alloc::string::String;

use scene::whole;

use crate::snapshot::{Chain, Stage};

impl Chain {
    /// The moment in one sentence: what comes in, what goes out, where the rest waits.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = whole(self.arriving_per_s.into());
        text.push_str(" requests a second come in, ");
        text.push_str(&whole(self.leaving_per_s.into()));
        text.push_str(" go out; ");
        if let Some(stage) = self.stages.get(usize::from(self.narrowest)) {
            text.push_str(&whole(stage.waiting.into()));
            text.push_str(" wait in front of the narrowest part, the ");
            text.push_str(stage.name);
        }
        if let Some(half) = self.latency_p50 {
            let ms = (half.as_nanos() + 500_000) / 1_000_000;
            text.push_str("; half of the last answers took at most ");
            text.push_str(&whole(ms));
            text.push_str(" ms");
        }
        if self.refused > 0 {
            text.push_str("; ");
            text.push_str(&whole(self.refused));
            text.push_str(" were turned away");
        }
        text.push('.');
        text
    }

    /// The stages as text with a tab between cells: the caption, the heads of the columns, a row for each.
    #[must_use]
    pub fn table(&self) -> String {
        let tenths = self.time.as_nanos() / 100_000_000;
        let mut table = String::from("After ");
        table.push_str(&whole(tenths / 10));
        table.push('.');
        table.push_str(&whole(tenths % 10));
        table.push_str(" s\nStage\tCan finish a second\tWaiting\tBusy");
        for stage in &self.stages {
            push_row(&mut table, stage);
        }
        table
    }
}

fn push_row(table: &mut String, stage: &Stage) {
    table.push('\n');
    table.push_str(stage.name);
    for number in [
        stage.capacity_per_s,
        stage.waiting,
        stage.utilisation_percent,
    ] {
        table.push('\t');
        table.push_str(&whole(number.into()));
    }
    table.push_str(" %");
}

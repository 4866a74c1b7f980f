//! How many keys moved, what theory says, and how many answers the servers still had.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{Axes, Bars, Label, Picture, Setting, push_tenths, units};

use super::ring::COLUMN;
use crate::snapshot::Ring;

/// Three numbers and a chart.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    moved: Label,
    expected: Label,
    hits: Label,
    history: Bars,
    percents: Vec<u32>,
}

impl Numbers {
    pub(super) fn new(picture: &mut Picture) -> Self {
        let mut row = |name, words, y| {
            let y = units(y);
            picture.draw(&Setting::muted((COLUMN.0, y), units(104)).element(words));
            let number = Setting::number((COLUMN.1, y), units(52)).end();
            Label::new(picture, name, number, "–")
        };
        let moved = row("moved", "keys moved", 190);
        let expected = row("expected", "theory says", 208);
        let hits = row("hits", "found in cache", 232);
        let axes = Axes {
            corner: (units(322), units(247)),
            size: (units(120), units(36)),
            bars: 30,
            unit: "%",
            top_min: 100,
            room: units(34),
        };
        Self {
            moved,
            expected,
            hits,
            history: Bars::new(picture, "history", axes),
            percents: Vec::new(),
        }
    }

    pub(super) fn show(&mut self, picture: &mut Picture, now: &Ring, text: &mut String) {
        let numbers = [
            (&self.moved, now.moved_permille),
            (&self.expected, now.moved_expected_permille),
            (&self.hits, now.hit_permille),
        ];
        for (label, permille) in numbers {
            text.clear();
            match permille {
                Some(permille) => {
                    push_tenths(text, u64::from(permille.min(1000)));
                    text.push('%');
                }
                None => text.push('–'),
            }
            label.set(picture, text);
        }
        self.percents.clear();
        let percents = now.history_hit_permille.iter();
        self.percents
            .extend(percents.map(|permille| permille.min(&1000) / 10));
        self.history.set(picture, &self.percents);
    }
}

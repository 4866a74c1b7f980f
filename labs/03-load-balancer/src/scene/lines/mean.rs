//! How long an answer takes on average: a bar for each half, the work and the waiting in it, and what theory says.

use alloc::string::String;

use scene::{Element, Gauge, Label, Node, Picture, Point, Setting, push_tenths, units};

use super::half::numbered;
use crate::snapshot;

/// The bars: where they begin, and how long they are.
const BAR: Point = (units(86), units(200));
/// How many lengths of the work a bar has room for, in tenths.
const BAR_TENTHS: u32 = 100;

/// How long an answer takes on average, of which the work is one length.
#[derive(Debug, Clone)]
pub(super) struct Mean {
    bar: Gauge,
    work: Node,
    number: Label,
    theory: Label,
    mark: Node,
}

impl Mean {
    pub(super) fn new(picture: &mut Picture, half: usize) -> Self {
        let baseline = units(306 + 19 * half as i32);
        let id = |name| numbered(name, half);
        let bar = ((BAR.0, baseline - units(8)), (BAR.1, units(7)));
        let gauge = Gauge::new(picture, &id("mean-bar"), bar, "f-wait");
        let work = Element::rectangle("f-flow", bar.0, (0, bar.1.1)).round(units(3));
        let work = picture.node(&id("mean-work"), work);
        let mark = Element::rectangle("f-ink", (-75, bar.0.1 - units(3)), (150, units(13)));
        let mark = picture.node(&id("mean-mark"), mark.placed((BAR.0, 0)).hidden());
        let number = Setting::number((units(332), baseline), units(40)).end();
        let theory = Setting::muted((units(440), baseline), units(90)).end();
        Self {
            bar: gauge,
            number: Label::new(picture, &id("mean"), number, ""),
            theory: Label::new(picture, &id("theory"), theory, ""),
            work,
            mark,
        }
    }

    pub(super) fn show(
        &self,
        picture: &mut Picture,
        (now, half): (&snapshot::Lines, &snapshot::Half),
        text: &mut String,
    ) {
        let permille = |time| now.works_tenths(time).min(BAR_TENTHS) * 1_000 / BAR_TENTHS;
        let length = |permille: u32| BAR.1 / 1_000 * permille as i32;
        let mean = half.mean.map_or(0, permille);
        self.bar.set(picture, mean);
        picture.set_width(self.work, length(mean.min(permille(now.work))));
        text.clear();
        match half.mean {
            Some(mean) => push_tenths(text, now.works_tenths(mean).into()),
            None => text.push('–'),
        }
        self.number.set(picture, text);
        text.clear();
        if let Some(theory) = half.theory {
            text.push_str("theory ");
            push_tenths(text, now.works_tenths(theory).into());
            picture.set_place(self.mark, (BAR.0 + length(permille(theory)), 0));
        }
        picture.set_shown(self.mark, half.theory.is_some());
        self.theory.set(picture, text);
    }
}

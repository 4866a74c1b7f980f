//! What is said about a stage: its name, what it can carry, how busy it is, and how many wait before it.

use alloc::string::String;

use scene::{Class, Element, Gauge, Label, Node, Picture, Setting, push_count, push_whole, units};

use super::id;
use crate::snapshot;

/// The words of one stage.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    group: Node,
    name: Label,
    capacity: Label,
    bar: Gauge,
    percent: Label,
    waiting: Label,
    looks: Looks,
}

/// The classes that change: when it is not the narrowest, and when it is.
#[derive(Debug, Clone)]
struct Looks {
    name: [Class; 2],
    bar: [Class; 2],
}

impl Stage {
    pub(super) fn new(picture: &mut Picture, stage: usize) -> Self {
        let name = |part| id(stage, part);
        let group = picture.open(&name(""), Element::new("g", "").placed((0, 0)));
        let at = |y| (0, units(y));
        let title = Setting::name(at(160), units(86)).middle();
        let capacity = Setting::number(at(177), units(86)).middle();
        let percent = Setting::number((units(42), units(194)), units(36)).end();
        let bar = ((-units(42), units(186)), (units(44), units(6)));
        let muted = "label mono f-muted";
        let name_label = Label::new(picture, &name("-name"), title, "");
        let capacity = Label::new(picture, &name("-capacity"), capacity.class(muted), "");
        let bar = Gauge::new(picture, &name("-bar"), bar, "f-ok");
        let percent = Label::new(picture, &name("-percent"), percent.class(muted), "");
        picture.close(group);
        // Those before the first stage stand in the mouth, at the picture's edge.
        let place = (if stage == 0 { -units(30) } else { units(4) }, units(25));
        let waiting = Setting::words(place, units(78)).class("label f-wait");
        let waiting = if stage == 0 { waiting } else { waiting.end() };
        let waiting = Label::new(picture, &name("-waiting"), waiting, "");
        Self {
            group,
            name: name_label,
            capacity,
            bar,
            percent,
            waiting,
            looks: Looks {
                name: [picture.class("label f-ink"), picture.class("label f-hot")],
                bar: [picture.class("f-ok"), picture.class("f-hot")],
            },
        }
    }

    /// Shows a stage whose middle is at `middle`; nothing, if there is none.
    pub(super) fn show(
        &self,
        picture: &mut Picture,
        (stage, middle): (Option<&snapshot::Stage>, i32),
        text: &mut String,
    ) {
        let Some(stage) = stage else {
            self.bar.clear(picture);
            for label in [&self.name, &self.capacity, &self.percent] {
                label.set(picture, "");
            }
            return;
        };
        picture.set_place(self.group, (middle, 0));
        self.name.set(picture, stage.name);
        text.clear();
        push_count(text, u64::from(stage.capacity_per_s));
        text.push_str(" /s");
        self.capacity.set(picture, text);
        let percent = stage.utilisation_percent.min(100);
        self.bar.set(picture, percent * 10);
        text.clear();
        push_whole(text, u64::from(percent));
        text.push('%');
        self.percent.set(picture, text);
    }

    /// Shows whether it is the narrowest.
    pub(super) fn set_hot(&self, picture: &mut Picture, is_hot: bool) {
        self.name
            .set_class(picture, self.looks.name[usize::from(is_hot)]);
        self.bar
            .set_class(picture, self.looks.bar[usize::from(is_hot)]);
    }

    /// Shows how many wait; the first of them stands at `end`.
    pub(super) fn show_waiting(&self, picture: &mut Picture, (words, end): (&str, i32)) {
        if !words.is_empty() {
            self.waiting.set_place(picture, (end, 0));
        }
        self.waiting.set(picture, words);
    }
}

//! What share of the keys each server has, against a fair one.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{Class, Element, Gauge, Label, Node, Picture, Setting, push_whole, units};

use super::ring::COLUMN;
use crate::snapshot::{Member, Ring};

const ROWS: usize = 6;
const TOP: i32 = units(22);
const STEP: i32 = units(23);
const BAR: (i32, i32) = (units(340), units(64));
/// From a row's baseline up to its bar.
const BAR_RISE: i32 = units(8);

/// A bar for each server, and the mark of the fair share.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    rows: Vec<Row>,
    fair: Node,
    fair_percent: Label,
    looks: [Class; 2],
}

#[derive(Debug, Clone)]
struct Row {
    name: Label,
    bar: Gauge,
    percent: Label,
}

impl Shares {
    pub(super) fn new(picture: &mut Picture) -> Self {
        let rows = (0..ROWS).map(|index| row(picture, index)).collect();
        let fair = Element::rectangle("f-ink", (-50, TOP - units(13)), (150, 0));
        let fair = picture.node("fair", fair.placed((BAR.0, 0)).hidden());
        let below = TOP + ROWS as i32 * STEP;
        picture
            .draw(&Setting::muted((COLUMN.0 + units(8), below), units(100)).element("fair share"));
        let mark = (COLUMN.0, below - units(10));
        picture.draw(&Element::rectangle("f-ink", mark, (150, units(12))));
        let percent = Setting::number((COLUMN.1, below), units(40)).end();
        Self {
            rows,
            fair,
            fair_percent: Label::new(picture, "fair-percent", percent, ""),
            looks: [picture.class("f-ok"), picture.class("f-hot")],
        }
    }

    pub(super) fn show(&self, picture: &mut Picture, now: &Ring, text: &mut String) {
        let members = &now.members[..now.members.len().min(ROWS)];
        let present = members.iter().filter(|member| member.is_present).count() as u32;
        let fair = 1000 / present.max(1);
        let largest = members.iter().map(|member| member.share_permille).max();
        let largest = largest.unwrap_or_default();
        let scale = largest.max(2 * fair).clamp(1, 1000);
        // One server that has half as much again as is fair is where the load will hurt.
        let mut shares = members.iter().map(|member| member.share_permille);
        let hottest = shares.position(|share| share == largest && 2 * share > 3 * fair);
        for (index, row) in self.rows.iter().enumerate() {
            let member = members.get(index);
            let is_hot = hottest == Some(index);
            row.bar.set_class(picture, self.looks[usize::from(is_hot)]);
            row.show(picture, (member, scale), text);
        }
        let x = BAR.0 + (i64::from(BAR.1) * i64::from(fair.min(scale)) / i64::from(scale)) as i32;
        picture.set_place(self.fair, (x, 0));
        // Down to the last server that takes part.
        let last = members.iter().rposition(|member| member.is_present);
        let rows = last.map_or(0, |index| index as i32 + 1);
        picture.set_height(self.fair, (rows * STEP - units(6)).max(0));
        picture.set_shown(self.fair, present > 0);
        text.clear();
        push_percent(text, fair);
        self.fair_percent.set(picture, text);
    }
}

impl Row {
    fn show(
        &self,
        picture: &mut Picture,
        (member, scale): (Option<&Member>, u32),
        text: &mut String,
    ) {
        text.clear();
        if let Some(member) = member {
            text.push_str("server ");
            push_whole(text, u64::from(member.number.min(99)));
        }
        self.name.set(picture, text);
        text.clear();
        match member {
            Some(member) if member.is_present => {
                let share = member.share_permille.min(1000);
                self.bar.set(picture, share * 1000 / scale);
                push_percent(text, share);
            }
            other => {
                self.bar.clear(picture);
                text.push_str(if other.is_some() { "out" } else { "" });
            }
        }
        self.percent.set(picture, text);
    }
}

/// Appends thousandths as whole percent, rounded half up.
fn push_percent(text: &mut String, permille: u32) {
    push_whole(text, u64::from((permille + 5) / 10));
    text.push('%');
}

fn row(picture: &mut Picture, index: usize) -> Row {
    let baseline = TOP + index as i32 * STEP;
    let mut id = String::from("share-");
    push_whole(&mut id, index as u64 + 1);
    let length = id.len();
    let bar = ((BAR.0, baseline - BAR_RISE), (BAR.1, units(7)));
    let bar = Gauge::new(picture, &id, bar, "f-ok");
    id.push_str("-name");
    let name = Setting::words((COLUMN.0, baseline), BAR.0 - COLUMN.0 - units(2));
    let name = Label::new(picture, &id, name, "");
    id.truncate(length);
    id.push_str("-percent");
    let percent = Setting::number((COLUMN.1, baseline), units(36)).end();
    Row {
        name,
        bar,
        percent: Label::new(picture, &id, percent, ""),
    }
}

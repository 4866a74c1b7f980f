//! The last thirty seconds of each server: what happened to it, when the balancer sent to it, and when it did so in vain.

use alloc::vec::Vec;

use scene::{Element, Marks, Picture, Point, Setting, Spans, Timeline, Window, units};

use super::looks;
use crate::snapshot::{Detection, Mark, MarkKind};

const WINDOW: Window = Window {
    corner: (units(76), units(188)),
    size: (units(366), units(23)),
    lanes: 4,
    seconds: 30,
};
/// Errors of one server that are nearer than this look like one.
const ERROR_MS: u64 = 600;

/// One kind of mark: how it looks, and how many there is room for.
type Look = (&'static str, MarkKind, fn() -> Element, usize);

const LOOKS: [Look; 7] = [
    ("fine", MarkKind::ProbeAnswered, looks::probe_answered, 124),
    ("missed", MarkKind::ProbeFailed, looks::probe_failed, 64),
    ("error", MarkKind::RequestFailed, looks::request_failed, 100),
    ("died", MarkKind::Died, looks::died, 12),
    ("revived", MarkKind::Revived, looks::revived, 12),
    ("taken-out", MarkKind::TakenOut, looks::taken_out, 12),
    ("taken-back", MarkKind::TakenBack, looks::taken_back, 12),
];

/// The timeline of the servers.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    timeline: Timeline,
    used: Spans,
    in_vain: Spans,
    marks: Vec<Marks>,
    places: Vec<Point>,
}

impl Lanes {
    pub(super) fn new(picture: &mut Picture) -> Self {
        for (lane, name) in ["server 1", "server 2", "server 3", "server 4"]
            .into_iter()
            .enumerate()
        {
            let y = WINDOW.lane(lane as u8) + units(4);
            picture.draw(&Setting::words((units(8), y), units(64)).element(name));
        }
        let timeline = Timeline::open(picture, "lanes", WINDOW);
        let used = Spans::new(picture, "used", 16, ("f-rule", units(9)));
        let in_vain = Spans::new(picture, "in-vain", 16, ("f-fail", units(3)));
        let marks = LOOKS.map(|(name, _, look, count)| Marks::new(picture, name, count, &look()));
        timeline.close(picture);
        legend(picture);
        Self {
            timeline,
            used,
            in_vain,
            marks: marks.into(),
            places: Vec::new(),
        }
    }

    pub(super) fn show(&mut self, picture: &mut Picture, now: &Detection) {
        self.timeline.slide(picture, now.time.as_millis());
        self.used.start();
        self.in_vain.start();
        for (server, backend) in now
            .servers
            .iter()
            .take(usize::from(WINDOW.lanes))
            .enumerate()
        {
            let present = Belief {
                is_alive: backend.is_alive,
                in_rotation: backend.in_rotation,
            };
            self.show_spans(picture, now, (server as u8, present));
        }
        self.used.finish(picture);
        self.in_vain.finish(picture);
        for (pool, (_, kind, ..)) in self.marks.iter_mut().zip(LOOKS) {
            collect(&mut self.places, &self.timeline, now, kind);
            pool.set(picture, &self.places);
        }
    }

    /// Walks a server's past from the left edge of the window to now.
    fn show_spans(
        &mut self,
        picture: &mut Picture,
        now: &Detection,
        (server, present): (u8, Belief),
    ) {
        let end = now.time.as_millis();
        let mut since = self.timeline.first_ms(end);
        let of_server = |mark: &&Mark| mark.server == server;
        let mut belief = Belief::before(now.marks.iter().filter(of_server), present);
        for mark in now.marks.iter().filter(of_server) {
            let Some(next) = belief.after(mark.kind) else {
                continue;
            };
            let at = mark.at.as_millis().max(since).min(end);
            self.put(picture, belief, (server, since, at));
            (belief, since) = (next, at);
        }
        self.put(picture, belief, (server, since, end));
    }

    fn put(&mut self, picture: &mut Picture, belief: Belief, (server, from, to): (u8, u64, u64)) {
        if !belief.in_rotation || from == to {
            return;
        }
        let span = (self.timeline.at(from, server), self.timeline.at(to, server));
        self.used.put(picture, span);
        if !belief.is_alive {
            self.in_vain.put(picture, span);
        }
    }
}

/// What a server is, and what the balancer believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Belief {
    is_alive: bool,
    in_rotation: bool,
}

impl Belief {
    /// What was so before the first of these marks, if the last left things as they are at present.
    fn before<'a>(marks: impl Iterator<Item = &'a Mark>, present: Self) -> Self {
        let (mut alive, mut rotation) = (None, None);
        for mark in marks {
            match mark.kind {
                MarkKind::Died => alive = alive.or(Some(true)),
                MarkKind::Revived => alive = alive.or(Some(false)),
                MarkKind::TakenOut => rotation = rotation.or(Some(true)),
                MarkKind::TakenBack => rotation = rotation.or(Some(false)),
                _ => {}
            }
        }
        Self {
            is_alive: alive.unwrap_or(present.is_alive),
            in_rotation: rotation.unwrap_or(present.in_rotation),
        }
    }

    /// What is so after a mark; nothing if the mark changes nothing.
    const fn after(self, kind: MarkKind) -> Option<Self> {
        let (mut is_alive, mut in_rotation) = (self.is_alive, self.in_rotation);
        match kind {
            MarkKind::Died => is_alive = false,
            MarkKind::Revived => is_alive = true,
            MarkKind::TakenOut => in_rotation = false,
            MarkKind::TakenBack => in_rotation = true,
            _ => return None,
        }
        Some(Self {
            is_alive,
            in_rotation,
        })
    }
}

/// The places of the marks of one kind, oldest first; of errors that are too near to be told apart the first.
fn collect(places: &mut Vec<Point>, timeline: &Timeline, now: &Detection, kind: MarkKind) {
    places.clear();
    let first_ms = timeline.first_ms(now.time.as_millis());
    let mut last_of_server = [None; WINDOW.lanes as usize];
    for mark in now.marks.iter().filter(|mark| mark.kind == kind) {
        let at = mark.at.as_millis();
        let Some(last) = last_of_server.get_mut(usize::from(mark.server)) else {
            continue;
        };
        let slot = at / ERROR_MS;
        let is_again = kind == MarkKind::RequestFailed && last.replace(slot) == Some(slot);
        if at < first_ms || is_again {
            continue;
        }
        let (x, y) = timeline.at(at, mark.server);
        let beside = if kind == MarkKind::RequestFailed {
            units(8)
        } else {
            0
        };
        places.push((x, y + beside));
    }
}

/// What the marks mean. Their places are those that they have on a lane, so each is brought back to its middle.
fn legend(picture: &mut Picture) {
    const ROWS: [i32; 2] = [units(317), units(336)];
    let died = Element::new("path", "s-fail")
        .fixed("d", "M0-6V6")
        .outline(250);
    let revived = Element::new("path", "s-ok")
        .fixed("d", "M0-6V6")
        .outline(250);
    let revived = revived.fixed("stroke-dasharray", "3 1.5");
    let items = [
        ((13, 0, 0), looks::probe_answered(), "probe answered"),
        ((136, 0, 0), looks::probe_failed(), "no answer"),
        ((228, 0, 0), looks::lost(), "request failed"),
        ((346, 0, 0), died, "died"),
        ((13, 1, 0), revived, "alive again"),
        ((114, 1, 7), looks::taken_out(), "taken out"),
        ((202, 1, 7), looks::taken_back(), "taken back"),
    ];
    for ((x, row, drop), look, words) in items {
        let place = (units(x), ROWS[row]);
        picture.draw(&look.placed((place.0, place.1 + units(drop))));
        words_beside(picture, place, words);
    }
    let band = (units(294), ROWS[1]);
    let corner = (band.0, band.1 - units(4));
    picture.draw(&Element::rectangle("f-rule", corner, (units(20), units(9))));
    words_beside(picture, (units(310), ROWS[1]), "gets requests");
}

fn words_beside(picture: &mut Picture, (x, y): Point, words: &str) {
    let at = (x + units(9), y + units(5));
    picture.draw(&Setting::muted(at, units(110)).element(words));
}

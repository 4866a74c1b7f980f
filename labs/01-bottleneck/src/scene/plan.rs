//! Where things are in the pipe: a mouth, then a section for each stage, as wide as its capacity and narrowing towards the
//! next. All in hundredths of a user unit.

use alloc::vec::Vec;

use scene::{Point, units};

use crate::snapshot::{Stage, Traveller};

/// Half a request's width.
pub(super) const RADIUS: i32 = 350;
/// From one waiting request to the next.
const SPACING: i32 = units(9);
const LEFT: i32 = units(10);
const RIGHT: i32 = units(438);
const MOUTH: i32 = units(48);
/// The height at which the pipe runs.
const MIDDLE: i32 = units(86);
/// Half the width of the stage that carries most; the others are to scale.
const WIDEST: i32 = units(50);
/// Half the width of a pipe in which one request fits.
const NARROWEST: i32 = units(6);
/// How long a section takes to become as wide as the next.
const TAPER: i32 = units(16);
/// Columns of waiting requests before a stage, and what is kept free of them for those on their way.
const COLUMNS: i32 = 8;
const FREE: i32 = units(20);

/// The pipe as it is laid out for some capacities.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    capacities: Vec<u32>,
    /// Half the width of the mouth and of each section.
    halves: Vec<i32>,
    outline: Vec<Point>,
    /// Requests that are drawn before each stage.
    piles: Vec<u32>,
}

impl Plan {
    /// Lays the pipe out; says whether that changed anything.
    pub(super) fn fit(&mut self, stages: &[Stage]) -> bool {
        let capacities = stages.iter().map(|stage| stage.capacity_per_s);
        if !self.halves.is_empty() && self.capacities.iter().copied().eq(capacities.clone()) {
            return false;
        }
        self.capacities = capacities.collect();
        let most = self.capacities.iter().copied().max().unwrap_or(1).max(1);
        let half = |capacity: &u32| {
            let half = i64::from(WIDEST) * i64::from(*capacity) / i64::from(most);
            (half as i32).max(NARROWEST)
        };
        self.halves = alloc::vec![WIDEST];
        self.halves.extend(self.capacities.iter().map(half));
        self.piles = alloc::vec![0; self.halves.len()];
        self.outline.clear();
        for section in 0..self.halves.len() {
            let half = self.halves[section];
            self.outline.push((self.start(section), MIDDLE - half));
            self.outline.push((self.level_end(section), MIDDLE - half));
        }
        let upper = self.outline.clone();
        let lower = upper.iter().rev().map(|(x, y)| (*x, 2 * MIDDLE - y));
        self.outline.extend(lower);
        true
    }

    /// The corners of the whole pipe.
    pub(super) fn outline(&self) -> &[Point] {
        &self.outline
    }

    /// The upper and the lower edge of a stage.
    pub(super) fn edges(&self, stage: usize) -> [[Point; 2]; 2] {
        let section = (stage + 1).min(self.halves.len() - 1);
        let (left, right) = (self.start(section), self.level_end(section));
        let half = self.halves[section];
        [MIDDLE - half, MIDDLE + half].map(|y| [(left, y), (right, y)])
    }

    /// The middle of a stage, from the left.
    pub(super) fn middle(&self, stage: usize) -> i32 {
        i32::midpoint(self.start(stage + 1), self.end(stage + 1))
    }

    /// Notes how many requests wait before each stage. As many are drawn as fit there, and `dots` of them all together.
    pub(super) fn pile(&mut self, stages: &[Stage], dots: u32) {
        let piles = stages.iter().filter(|stage| stage.waiting > 0).count() as u32;
        for (section, stage) in stages.iter().enumerate() {
            let free = if section == 0 { 0 } else { FREE };
            let length = self.level_end(section) - self.start(section) - free;
            let columns = (length / SPACING).clamp(1, COLUMNS);
            let room = (columns * self.rows(section)) as u32;
            self.piles[section] = stage.waiting.min(room).min(dots / piles.max(1));
        }
    }

    /// Whether the sections are long enough for words beside the number of those that wait.
    pub(super) fn has_room_for_words(&self) -> bool {
        self.halves.len() <= 4
    }

    /// The places of the requests that wait before a stage, the first in line first.
    pub(super) fn piled(&self, stage: usize) -> impl Iterator<Item = Point> + use<> {
        let (rows, right) = (self.rows(stage), self.pile_end(stage));
        let count = self.piles.get(stage).copied().unwrap_or_default() as i32;
        (0..count).map(move |index| {
            let (column, row) = (index / rows, index % rows);
            // From the middle outwards: 0, 1, -1, 2, -2 …
            let aside = (row + 1) / 2 * if row % 2 == 1 { 1 } else { -1 };
            let even = if rows % 2 == 0 { SPACING / 2 } else { 0 };
            (right - column * SPACING, MIDDLE + aside * SPACING - even)
        })
    }

    /// Where the first in line before a stage stands.
    pub(super) fn pile_end(&self, stage: usize) -> i32 {
        self.level_end(stage) - RADIUS
    }

    /// Where a request is; nowhere, if there is no such stage.
    pub(super) fn place(&self, traveller: &Traveller) -> Option<Point> {
        let stage = usize::from(traveller.stage);
        let section = stage + 1;
        self.halves.get(section)?;
        let piled = self.piles.get(section).copied().unwrap_or_default() as i32;
        let columns = (piled + self.rows(section) - 1) / self.rows(section);
        // The way begins right of those who wait, in the taper.
        let from = self.level_end(section - 1) + RADIUS;
        let until = self.level_end(section) - RADIUS - columns * SPACING;
        let way = i64::from((until - from).max(0)) * i64::from(traveller.progress.min(1000)) / 1000;
        let x = from + way as i32;
        // Lanes spread evenly however many there are: multiples of the golden ratio.
        let lane = (i32::from(traveller.lane) * 618 + 500) % 1000 - 500;
        let room = (self.half_at(x, section) - RADIUS - units(1)).max(0);
        Some((x, MIDDLE + 2 * room * lane / 1000))
    }

    /// Half the width of the pipe at a place before or in a section.
    fn half_at(&self, x: i32, section: usize) -> i32 {
        let (before, after) = (self.halves[section - 1], self.halves[section]);
        let left = (self.start(section) - x).clamp(0, TAPER);
        after + (i64::from(before - after) * i64::from(left) / i64::from(TAPER)) as i32
    }

    /// Rows of waiting requests that fit before a stage.
    fn rows(&self, section: usize) -> i32 {
        let half = self.halves.get(section).copied().unwrap_or(NARROWEST);
        ((2 * half - units(2)) / SPACING).max(1)
    }

    fn start(&self, section: usize) -> i32 {
        let stages = (self.halves.len() as i32 - 1).max(1);
        match section as i32 {
            0 => LEFT,
            section => LEFT + MOUTH + (RIGHT - LEFT - MOUTH) * (section - 1) / stages,
        }
    }

    fn end(&self, section: usize) -> i32 {
        self.start(section + 1)
    }

    /// Where a section begins to become as wide as the next.
    fn level_end(&self, section: usize) -> i32 {
        let is_last = section + 1 >= self.halves.len();
        self.end(section) - if is_last { 0 } else { TAPER }
    }
}

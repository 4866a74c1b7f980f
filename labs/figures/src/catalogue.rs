//! Which figures there are, in the order of the course.

use alloc::string::String;

use replay::Known;
use replay::opening::Opening;
use replay::run::Run;

use crate::json;

/// The figures of each lab.
const LABS: [&[&Known]; 2] = [
    bottleneck::figures::FIGURES,
    load_balancer::figures::FIGURES,
];

const COUNT: usize = LABS[0].len() + LABS[1].len();

const ALL: [&Known; COUNT] = all();

const fn all() -> [&'static Known; COUNT] {
    let mut all = [LABS[0][0]; COUNT];
    let (mut lab, mut place) = (0, 0);
    while lab < LABS.len() {
        let mut figure = 0;
        while figure < LABS[lab].len() {
            all[place] = LABS[lab][figure];
            (figure, place) = (figure + 1, place + 1);
        }
        lab += 1;
    }
    all
}

/// The names of all figures.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|known| known.name)
}

/// All figures with their controls, as JSON.
#[must_use]
pub fn list() -> String {
    json::list(&ALL)
}

/// Opens a figure at time 0.
///
/// # Errors
/// Says which figure, control, value or action can't be, and what there is.
pub fn open(opening: &Opening) -> Result<Run, String> {
    replay::open(&ALL, opening)
}

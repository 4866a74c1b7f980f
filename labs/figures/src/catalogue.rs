//! Which figures there are, in the order of the course.

use alloc::string::String;
use alloc::vec::Vec;

use crate::figure::Figure;
use crate::figures::{Balancer, Detection, Pipe, Ring};
use crate::json::{self, Entry};
use crate::opening::Opening;
use crate::run::Run;

/// Where the page's time slider ends, in milliseconds.
const END_MS: u32 = 60_000;

/// A figure that there is.
struct Known {
    entry: Entry,
    open: fn(&Opening) -> Result<Run, String>,
}

const ALL: [Known; 4] = [
    known::<Pipe>(),
    known::<Balancer>(),
    known::<Detection>(),
    known::<Ring>(),
];

const fn known<F: Figure>() -> Known {
    Known {
        entry: Entry {
            name: F::NAME,
            title: F::TITLE,
            description: F::DESCRIPTION,
            step_ms: F::STEP_MS,
            speed_percent: F::SPEED_PERCENT,
            end_ms: END_MS,
            controls: F::CONTROLS,
        },
        open: Run::open::<F>,
    }
}

/// The names of all figures.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|known| known.entry.name)
}

/// All figures with their controls, as JSON.
#[must_use]
pub fn list() -> String {
    json::list(ALL.iter().map(|known| &known.entry))
}

/// Opens a figure at time 0.
///
/// # Errors
/// Says which figure, control, value or action can't be, and what there is.
pub fn open(opening: &Opening) -> Result<Run, String> {
    let found = ALL.iter().find(|known| known.entry.name == opening.figure);
    let Some(known) = found else {
        let names = names().collect::<Vec<_>>().join(", ");
        return Err([
            "there is no figure `",
            opening.figure,
            "`; there are ",
            &names,
        ]
        .concat());
    };
    (known.open)(opening)
}

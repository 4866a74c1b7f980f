//! Which figures there are, in the order of the course.

use alloc::boxed::Box;
use alloc::string::String;

use crate::figure::Figure;
use crate::figures::{Balancer, Detection, Pipe, Ring};
use crate::json::{self, Entry};
use crate::opening::Opening;
use crate::run::{self, Run};

/// Where the page's time slider ends, in milliseconds.
const END_MS: u32 = 60_000;

/// All figures with their controls, as JSON.
#[must_use]
pub fn list() -> String {
    json::list(&[entry::<Balancer>(), entry::<Detection>()])
}

/// The names of all figures.
pub const NAMES: [&str; 4] = [Pipe::NAME, Balancer::NAME, Detection::NAME, Ring::NAME];

/// Opens a figure at time 0.
///
/// # Errors
/// Says which figure, control, value or action can't be, and what there is.
pub fn open(opening: &Opening) -> Result<Box<dyn Run>, String> {
    match opening.figure {
        Pipe::NAME => run::open::<Pipe>(opening),
        Balancer::NAME => run::open::<Balancer>(opening),
        Detection::NAME => run::open::<Detection>(opening),
        Ring::NAME => run::open::<Ring>(opening),
        other => {
            let names = NAMES.join(", ");
            Err(["there is no figure `", other, "`; there are ", &names].concat())
        }
    }
}

fn entry<F: Figure>() -> Entry {
    Entry {
        name: F::NAME,
        title: F::TITLE,
        description: F::DESCRIPTION,
        step_ms: F::STEP_MS,
        speed_percent: F::SPEED_PERCENT,
        end_ms: END_MS,
        controls: F::CONTROLS,
    }
}

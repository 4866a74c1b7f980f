//! Which figures there are, in the order of the course.

use alloc::string::String;

use crate::figure::Figure;
use crate::figures::{Balancer, Detection, Pipe, Ring};
use crate::json::{self, Entry};
use crate::opening::Opening;
use crate::run::Run;

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
pub fn open(opening: &Opening) -> Result<Run, String> {
    match opening.figure {
        Pipe::NAME => Run::open::<Pipe>(opening),
        Balancer::NAME => Run::open::<Balancer>(opening),
        Detection::NAME => Run::open::<Detection>(opening),
        Ring::NAME => Run::open::<Ring>(opening),
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

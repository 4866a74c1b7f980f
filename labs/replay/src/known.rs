//! Figures by their names.

use alloc::string::String;
use alloc::vec::Vec;

use scene::control::Control;

use crate::figure::Figure;
use crate::opening::Opening;
use crate::run::Run;

/// A figure that there is: what lists say of it, and how it is opened.
pub struct Known {
    /// What a chapter and a command line call it.
    pub name: &'static str,
    /// Its title; a chapter gives its own.
    pub title: &'static str,
    /// What it shows; a chapter gives its own.
    pub description: &'static str,
    /// How much time Step lets pass, in milliseconds.
    pub step_ms: u32,
    /// How fast it plays at first, in hundredths of real time.
    pub speed_percent: u32,
    /// What a reader may change.
    pub controls: &'static [Control],
    open: fn(&Opening) -> Result<Run, String>,
}

impl Known {
    /// The figure `F`.
    #[must_use]
    pub const fn figure<F: Figure>() -> Known {
        Known {
            name: F::NAME,
            title: F::TITLE,
            description: F::DESCRIPTION,
            step_ms: F::STEP_MS,
            speed_percent: F::SPEED_PERCENT,
            controls: F::CONTROLS,
            open: Run::open::<F>,
        }
    }
}

/// Opens one of these figures at time 0.
///
/// # Errors
/// Says which figure, control, value or action can't be, and what there is.
pub fn open(figures: &[&Known], opening: &Opening) -> Result<Run, String> {
    let found = figures.iter().find(|known| known.name == opening.figure);
    let Some(known) = found else {
        let names: Vec<&str> = figures.iter().map(|known| known.name).collect();
        return Err([
            "there is no figure `",
            opening.figure,
            "`; there are ",
            &names.join(", "),
        ]
        .concat());
    };
    (known.open)(opening)
}

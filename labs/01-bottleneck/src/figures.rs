//! The live figure of the home page and of chapter 1.

use replay::{Known, figure};

use crate::{model, scene};

/// All of them.
pub const FIGURES: &[&Known] = &[&Known::figure::<Pipe>()];

figure! {
    /// The narrowest stage decides.
    Pipe of model::PipeModel, drawn by scene::Pipe {
        NAME: &'static str = "pipe",
        TITLE: &'static str = "The pipe",
        DESCRIPTION: &'static str = "Requests flow through three stages; each is as wide as what it can finish in a second. They pile up in front of the narrowest.",
        STEP_MS: u32 = 50,
        SPEED_PERCENT: u32 = 10,
    }
}

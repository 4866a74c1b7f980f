//! A lab's model as a figure: [`figure::Figure`] ties the model to its controls, its picture and its words, [`run::Run`]
//! is one that was opened with a seed, controls and actions, and goes back and ahead in time.
//!
//! The page (through the module in `labs/figures`), labbook and the command line of a lab open figures here in the same
//! way, so that the same seed, controls and actions give the same digest to all of them.
#![no_std]

extern crate alloc;

mod actions;
pub mod figure;
mod known;
mod living;
pub mod opening;
pub mod run;

pub use known::{Known, open};
// For the macro `figure`: whoever uses it need not import these.
#[doc(hidden)]
pub use alloc::string::String;
#[doc(hidden)]
pub use scene::{Picture, control::Control};

//! What every lab's program shares, so that a lab holds nothing but what its chapter teaches.

pub mod clock;
pub mod command_line;
pub mod dashboard;
pub mod engine;
pub mod exercise;
pub mod experiment;
pub mod http1;
mod incoming;
pub mod load;
pub mod origin;
pub mod port;

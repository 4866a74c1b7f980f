//! One file a figure: its name, its controls, and which of the lab's parts it puts together.

mod balancer;
mod detection;
mod pipe;
mod ring;

pub(crate) use balancer::Balancer;
pub(crate) use detection::Detection;
pub(crate) use pipe::Pipe;
pub(crate) use ring::Ring;

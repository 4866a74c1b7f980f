//! The whole lab in one process: [`system`] is the origins and the balancer, [`whole`] how the lab starts them, [`board`]
//! what its dashboard shows and pokes. [`replay`] brings the lab's figures to the command line.

pub mod board;
mod controls;
mod journal;
mod poking;
mod recent;
pub mod replay;
pub mod system;
mod trips;
pub mod whole;

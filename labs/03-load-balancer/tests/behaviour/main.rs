//! The load balancer as its users meet it, over real sockets.
#![allow(
    clippy::unwrap_used,
    reason = "what cannot be done in a test has failed, and says where"
)]

mod admin;
mod clients;
mod draining;
mod exercises;
mod experiments;
mod faults;
mod harness;
mod health;
mod lab;
mod layer4;
mod layer7;
mod programs;
mod running;
mod smuggling;
mod sticky;
mod system;
mod upgrade;

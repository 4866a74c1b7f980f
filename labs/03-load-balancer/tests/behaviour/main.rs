//! The load balancer as its users meet it, over real sockets.

mod admin;
mod draining;
mod exercises;
mod experiments;
mod faults;
mod harness;
mod health;
mod lab;
mod layer4;
mod layer7;
mod smuggling;
mod sticky;
mod system;

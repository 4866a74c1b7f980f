//! Chapter 3: a load balancer to poke at.

fn main() {}

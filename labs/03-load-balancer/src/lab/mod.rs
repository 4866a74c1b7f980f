//! The whole lab in one process: origins, balancer, clients, dashboard. And the lab's figures on the command line.

pub mod replay;
pub mod system;

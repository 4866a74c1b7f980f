//! The balancer over real sockets. [`pool`] knows the servers and asks the policy; [`layer7`] reads requests, [`layer4`]
//! passes bytes unread. [`clock`] is the only place that reads the time.

pub mod clock;
pub mod layer4;
pub mod layer7;
pub mod pool;

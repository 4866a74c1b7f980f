//! The balancer over real sockets. [`pool`] knows the servers and asks the policy; [`layer7`] reads requests, [`layer4`]
//! passes bytes unread.

pub mod layer4;
pub mod layer7;
pub mod pool;

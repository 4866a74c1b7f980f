//! The decisions of a load balancer, as pure functions of what it knows.

//! A balancer with servers behind it, as tests speak of them.

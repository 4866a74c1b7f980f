//! Layer 7: requests, read and passed on one by one.

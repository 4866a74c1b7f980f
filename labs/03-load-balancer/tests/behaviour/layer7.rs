//! Requests, read and passed on.

//! Production engines, started on loopback for a comparison.

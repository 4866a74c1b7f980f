//! A small origin: a server of which one can decide how long it works and how it fails.

//! Servers and clients that misbehave.

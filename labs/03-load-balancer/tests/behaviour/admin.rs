//! Changing the pool while it runs.

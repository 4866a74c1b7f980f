//! The chain in virtual time.

//! The systems of the figures in virtual time: they run the policies.

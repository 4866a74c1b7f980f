//! What the experiments claim.

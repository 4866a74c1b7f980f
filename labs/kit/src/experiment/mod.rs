//! Experiments and their claims; what was measured.

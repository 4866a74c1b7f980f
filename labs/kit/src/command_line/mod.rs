//! The four verbs of a lab.

//! Exercises, graded.

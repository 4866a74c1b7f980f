//! The policies against what theory and their sources say of them.

mod choosing;

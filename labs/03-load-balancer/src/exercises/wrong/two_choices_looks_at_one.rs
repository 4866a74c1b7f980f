//! One random choice: nobody is compared with anybody.

use simulation::Generator;

use crate::policy::{Random, Server};

/// Draws one.
pub fn choose(pool: &[Server], random: &mut Generator) -> Option<u32> {
    Random.choose(pool, random)
}

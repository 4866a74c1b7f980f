//! Two draws that may give the same server: then there is nothing to compare.

use simulation::Generator;

use crate::policy::{Server, pool};

/// Draws with replacement.
pub fn choose(servers: &[Server], random: &mut Generator) -> Option<u32> {
    let count = u64::from(pool::available_count(servers));
    let mut draw = || pool::nth_available(servers, random.below(count) as u32);
    let (first, second) = (draw()?, draw()?);
    let (one, other) = (&servers[first as usize], &servers[second as usize]);
    Some(if other.compare_load(one).is_lt() {
        second
    } else {
        first
    })
}

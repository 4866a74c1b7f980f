//! Random: each request is a throw of a die.

use simulation::Generator;

use super::{Server, pool};

/// Draws a server, all alike; weights are ignored. Knows nothing and remembers nothing, so any number of balancers can do it
/// side by side. But chance is uneven: of n throws at n servers the unluckiest gets about ln n ÷ ln ln n (Raab and Steger,
/// "Balls into Bins", RANDOM 1998), and its line is the one that clients complain about.
#[derive(Debug, Clone, Default, Hash)]
pub struct Random;

impl Random {
    // ANCHOR: random
    /// A server drawn at random; when it may not be chosen, one drawn from those that
    /// may.
    pub fn choose(&self, pool: &[Server], random: &mut Generator) -> Option<u32> {
        let drawn = random.below(pool.len() as u64) as u32;
        if pool.get(drawn as usize)?.takes_requests() {
            return Some(drawn);
        }
        let count = pool::available_count(pool);
        pool::nth_available(pool, random.below(u64::from(count)) as u32)
    }
    // ANCHOR_END: random
}

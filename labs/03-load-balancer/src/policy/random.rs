//! Random: each request is a throw of a die.

use simulation::Generator;

use super::{Server, pool};

/// Draws a server, each as likely as its weight. Knows nothing and remembers nothing, so any number of balancers can do it
/// side by side; but of n throws at n servers one server gets about ln n ÷ ln ln n (Raab and Steger, "Balls into Bins",
/// RANDOM 1998), and its queue is the one that its clients see.
#[derive(Debug, Clone, Default, Hash)]
pub struct Random;

impl Random {
    // ANCHOR: random
    /// A server drawn by weight.
    pub fn choose(&self, pool: &[Server], random: &mut Generator) -> Option<u32> {
        let total: u64 = pool::available(pool)
            .map(|(_, server)| server.share())
            .sum();
        if total == 0 {
            return None;
        }
        let mut ticket = random.below(total);
        for (place, server) in pool::available(pool) {
            if ticket < server.share() {
                return Some(place);
            }
            ticket -= server.share();
        }
        None
    }
    // ANCHOR_END: random
}

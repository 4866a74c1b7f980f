//! Two random choices: ask two, take the shorter line.

use simulation::Generator;

use super::{Random, Server};

/// Draws two different servers and takes the one with fewer open requests for its weight. Almost as good as knowing the
/// shortest line of all, for two looks; and many balancers with old news do not all run to the same server.
///
/// Sources: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE TPDS 12(10), 2001; the draw is
/// Finagle's (`P2CPick.scala`).
#[derive(Debug, Clone, Default, Hash)]
pub struct TwoChoices;

impl TwoChoices {
    // ANCHOR: two-choices
    /// The less loaded of two servers drawn at random.
    pub fn choose(&self, pool: &[Server], random: &mut Generator) -> Option<u32> {
        let (first, second) = draw_two(pool.len() as u32, random)?;
        let (one, other) = (&pool[first as usize], &pool[second as usize]);
        match (one.takes_requests(), other.takes_requests()) {
            (true, true) if other.compare_load(one).is_lt() => Some(second),
            (true, _) => Some(first),
            (false, true) => Some(second),
            (false, false) => Random.choose(pool, random),
        }
    }
    // ANCHOR_END: two-choices
}

// ANCHOR: draw-two
/// Two different numbers below `count`, every pair as likely as any other. Of one server it is twice that one.
pub fn draw_two(count: u32, random: &mut Generator) -> Option<(u32, u32)> {
    if count < 2 {
        return (count == 1).then_some((0, 0));
    }
    let first = random.below(u64::from(count)) as u32;
    let second = random.below(u64::from(count) - 1) as u32;
    Some((first, if second >= first { second + 1 } else { second }))
}
// ANCHOR_END: draw-two

//! Two random choices: look at two, take the shorter line.

use simulation::Generator;

use super::{Random, Server};

/// Draws two different servers and takes the one with fewer open requests for its weight. Nearly as good as knowing the
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
        better_of_two(pool, random, |first, second| {
            let (one, other) = (&pool[first as usize], &pool[second as usize]);
            other.compare_load(one).is_lt()
        })
    }
    // ANCHOR_END: two-choices
}

// ANCHOR: better-of-two
/// Draws two servers, and takes the second when it `is_better` than the first, or the
/// only one of them that may be chosen.
pub(super) fn better_of_two(
    pool: &[Server],
    random: &mut Generator,
    is_better: impl Fn(u32, u32) -> bool,
) -> Option<u32> {
    let (first, second) = draw_two(pool.len() as u32, random)?;
    let may_be_chosen = |place: u32| pool[place as usize].takes_requests();
    match (may_be_chosen(first), may_be_chosen(second)) {
        (true, true) if is_better(first, second) => Some(second),
        (true, _) => Some(first),
        (false, true) => Some(second),
        (false, false) => Random.choose(pool, random),
    }
}

/// Two different numbers below `count`, every pair as likely as any other. Of one
/// server it is twice that one.
pub fn draw_two(count: u32, random: &mut Generator) -> Option<(u32, u32)> {
    if count < 2 {
        return (count == 1).then_some((0, 0));
    }
    let first = random.below(u64::from(count)) as u32;
    let second = random.below(u64::from(count) - 1) as u32;
    // The second draw leaves the first number out: those from it on move up by one.
    Some((first, if second < first { second } else { second + 1 }))
}
// ANCHOR_END: better-of-two

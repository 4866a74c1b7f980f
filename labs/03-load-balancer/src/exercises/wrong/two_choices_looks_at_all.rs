//! Least connections: right for one balancer, but not what was asked, and not cheap.

use simulation::Generator;

use crate::policy::{Server, pool};

/// The shortest line of all.
pub fn choose(servers: &[Server], _: &mut Generator) -> Option<u32> {
    let shortest = pool::available(servers).min_by(|(_, one), (_, other)| one.compare_load(other));
    shortest.map(|(place, _)| place)
}

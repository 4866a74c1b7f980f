//! A pair is drawn from all servers, the dead ones too; and a dead server has the shortest line of all.

use simulation::Generator;

use crate::policy::{Server, draw_two};

/// Looks at the lines only.
pub fn choose(pool: &[Server], random: &mut Generator) -> Option<u32> {
    let (first, second) = draw_two(pool.len() as u32, random)?;
    let (one, other) = (&pool[first as usize], &pool[second as usize]);
    Some(if other.compare_load(one).is_lt() {
        second
    } else {
        first
    })
}

//! Which keys a change moves, and how many theory expects.

use alloc::vec::Vec;

use super::{KEYS, RingModel, SAMPLE};

impl RingModel {
    /// Gives each key its server anew and counts those that have another one. Theory speaks only of servers that come and
    /// go, not of another method.
    pub(super) fn move_keys(&mut self, before: &[u8], has_theory: bool) {
        let owners = self.assign();
        let has_moved: Vec<bool> = owners
            .iter()
            .zip(&self.owners)
            .map(|(now, then)| now != then)
            .collect();
        let moved = has_moved.iter().filter(|moved| **moved).count() as u32;
        self.moved_permille = Some((moved * 1_000 + KEYS / 2) / KEYS);
        self.moved = has_moved[..SAMPLE].to_vec();
        self.owners = owners;
        let after = self.present();
        self.moved_expected_permille = has_theory.then(|| match self.method {
            1 => by_modulo(before, &after),
            _ => at_least(before, &after),
        });
    }
}

/// The fewest keys that can move if each server is to have an equal share before and after, in thousandths: a key stays when
/// the server it falls to, of all that were or are there, is one that was and is. From N to N + 1 that is 1 ÷ (N + 1).
fn at_least(before: &[u8], after: &[u8]) -> u32 {
    let both = after.iter().filter(|place| before.contains(place)).count() as u32;
    let either = before.len() as u32 + after.len() as u32 - both;
    let stay = (both * 1_000 + either / 2).checked_div(either);
    1_000 - stay.unwrap_or(1_000)
}

/// The keys that modulo moves, in thousandths: each remainder of the division by N × M is as likely as the others.
fn by_modulo(before: &[u8], after: &[u8]) -> u32 {
    let (old, new) = (before.len(), after.len());
    let all = old * new;
    if all == 0 {
        return if old == new { 0 } else { 1_000 };
    }
    let moved = (0..all).filter(|rest| before[rest % old] != after[rest % new]);
    let moved = moved.count();
    ((moved * 1_000 + all / 2) / all) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theory_is_that_of_the_chapter() {
        // From 4 to 5 servers modulo moves four fifths, a ring one fifth (facts.md 3).
        assert_eq!(by_modulo(&[0, 1, 2, 3], &[0, 1, 2, 3, 4]), 800);
        assert_eq!(at_least(&[0, 1, 2, 3], &[0, 1, 2, 3, 4]), 200);
        assert_eq!(at_least(&[0, 1, 2, 3], &[0, 1, 3]), 250);
        assert_eq!(at_least(&[0, 1], &[0, 1]), 0);
        assert_eq!(at_least(&[], &[0]), 1_000);
        assert_eq!(at_least(&[], &[]), 0);
        assert_eq!(by_modulo(&[0], &[]), 1_000);
        // The same number of servers, but another one: modulo is lucky then.
        assert_eq!(by_modulo(&[0, 1], &[0, 2]), 500);
    }
}

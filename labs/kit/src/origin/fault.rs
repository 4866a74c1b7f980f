//! How a server may fail, and in which share of its answers.

use rand::Rng;
use rand::rngs::SmallRng;

/// How an answer fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is reset.
    Reset,
    /// The connection is closed without an answer.
    Empty,
    /// Bytes that are not HTTP.
    Garbage,
    /// The connection is closed after half of the body.
    CloseEarly,
    /// No answer ever; the connection stays.
    Stall,
    /// A whole answer with this status, such as 500.
    Status(u16),
}

/// Faults with their shares in percent.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    /// Gives a fault a share; 0 takes it away.
    pub(super) fn set(&mut self, fault: Fault, percent: u32) {
        self.0.retain(|(other, _)| *other != fault);
        if percent > 0 {
            self.0.push((fault, percent.min(100)));
        }
    }

    /// How the next answer fails, if it does. Shares above 100 together: the first set come first.
    pub(super) fn draw(&self, random: &mut SmallRng) -> Option<Fault> {
        if self.0.is_empty() {
            return None;
        }
        let mut left = random.random_range(0..100);
        for (fault, percent) in &self.0 {
            if left < *percent {
                return Some(*fault);
            }
            left -= percent;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn each_fault_has_its_share() {
        let mut faults = Faults::default();
        faults.set(Fault::Reset, 100);
        faults.set(Fault::Garbage, 20);
        faults.set(Fault::Reset, 10);
        let mut random = SmallRng::seed_from_u64(1);
        let drawn: Vec<Option<Fault>> = (0..10_000).map(|_| faults.draw(&mut random)).collect();
        let share = |fault| drawn.iter().filter(|drawn| **drawn == fault).count() as f64 / 10_000.0;
        assert!((share(Some(Fault::Reset)) - 0.1).abs() < 0.01);
        assert!((share(Some(Fault::Garbage)) - 0.2).abs() < 0.015);
        faults.set(Fault::Reset, 0);
        faults.set(Fault::Garbage, 0);
        assert_eq!(faults.draw(&mut random), None);
    }
}

//! How long answers took: counts in steps that double, and a picture of them.

use scene::{Element, Picture, Setting, Words, thousands, units};

/// The upper ends of all steps but the last, in milliseconds; what takes longer is in the last.
pub const EDGES_MS: [u32; 11] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

const STEPS: usize = EDGES_MS.len() + 1;

/// Counts of answers by how long they took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Latencies {
    counts: [u64; STEPS],
}

impl Latencies {
    /// Counts an answer that took so many microseconds.
    pub fn count(&mut self, micros: u64) {
        self.add(micros, 1);
    }

    /// Counts answers that took so many microseconds each.
    pub fn add(&mut self, micros: u64, answers: u64) {
        let is_within = |edge: &u32| micros <= u64::from(*edge) * 1_000;
        let step = EDGES_MS.iter().position(is_within).unwrap_or(STEPS - 1);
        self.counts[step] += answers;
    }

    /// Adds all that another has counted.
    pub fn extend(&mut self, other: &Latencies) {
        for (own, more) in self.counts.iter_mut().zip(other.counts) {
            *own += more;
        }
    }

    /// The counts, from the quickest answers to the slowest.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The picture: a bar for each step.
    pub(super) fn svg(&self) -> String {
        let description = self.in_words();
        let words = Words {
            id: "latencies",
            title: "How long answers took",
            description: &description,
        };
        let mut picture = Picture::new(words, SIZE);
        let most = self.counts.iter().copied().max().unwrap_or(0).max(1);
        for (step, count) in self.counts.iter().enumerate() {
            self.draw_step(&mut picture, (step, *count), most);
        }
        let (left, right) = (units(EDGE), units(SIZE.0 - EDGE));
        let ground = Element::line("s-rule", (left, units(GROUND)), (right, units(GROUND)));
        picture.draw(&ground.stroke(1));
        let below = (left, units(SIZE.1 - 6));
        let words = Setting::muted(below, units(400))
            .element("an answer took at most so many milliseconds");
        picture.draw(&words);
        picture.svg()
    }

    fn draw_step(&self, picture: &mut Picture, (step, count): (usize, u64), most: u64) {
        let left = units(EDGE) + step as i32 * WIDTH;
        let middle = left + WIDTH / 2;
        let height =
            (u128::from(units(HIGHEST) as u32) * u128::from(count) / u128::from(most)) as i32;
        // What was counted at all is seen.
        let height = if count > 0 { height.max(units(1)) } else { 0 };
        if count > 0 {
            let corner = (left + units(3), units(GROUND) - height);
            picture.draw(&Element::rectangle(
                "f-muted",
                corner,
                (WIDTH - units(6), height),
            ));
            let share = count * 1_000 / self.counts.iter().sum::<u64>().max(1);
            let text = match share {
                0..10 => "<1 %".into(),
                _ => format!("{} %", (share + 5) / 10),
            };
            let place = (middle, units(GROUND) - height - units(5));
            picture.draw(
                &Setting::number(place, WIDTH + units(4))
                    .middle()
                    .element(&text),
            );
        }
        let place = (middle, units(GROUND + 15));
        picture.draw(
            &Setting::muted(place, WIDTH + units(4))
                .middle()
                .element(&on_axis(step)),
        );
    }

    /// `Answers of the last seconds: 12 took at most 16 ms, 3 took longer.`
    fn in_words(&self) -> String {
        let counted = self
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        let parts: Vec<String> = counted
            .map(|(step, count)| match EDGES_MS.get(step) {
                Some(_) => format!("{} took at most {} ms", thousands(*count), on_axis(step)),
                None => format!("{} took longer", thousands(*count)),
            })
            .collect();
        match parts[..] {
            [] => "No answers in the last seconds.".into(),
            _ => format!("Answers of the last seconds: {}.", parts.join(", ")),
        }
    }
}

/// The upper end of a step as it stands below its bar, in milliseconds: `16`, `1,024`, `more`.
fn on_axis(step: usize) -> String {
    let edge = EDGES_MS.get(step);
    edge.map_or_else(|| "more".into(), |ms| thousands(u64::from(*ms)))
}

/// In whole user units: the picture, the room at its sides, where bars stand, how high they may be.
const SIZE: (i32, i32) = (448, 150);
const EDGE: i32 = 2;
const GROUND: i32 = 108;
const HIGHEST: i32 = 86;
const WIDTH: i32 = (SIZE.0 - 2 * EDGE) * 100 / STEPS as i32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_how_long_they_took() {
        let mut latencies = Latencies::default();
        for micros in [0, 1_000, 1_001, 18_000, 1_024_000, 1_024_001, u64::MAX] {
            latencies.count(micros);
        }
        assert_eq!(latencies.counts(), [2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2]);
    }

    #[test]
    fn the_picture_says_its_counts_in_words_too() {
        let mut latencies = Latencies::default();
        latencies.add(18_000, 1_200);
        latencies.add(4_000_000, 3);
        let svg = latencies.svg();
        assert!(
            svg.contains("1,200 took at most 32 ms, 3 took longer."),
            "{svg}"
        );
        assert!(Latencies::default().svg().contains("No answers"));
    }
}

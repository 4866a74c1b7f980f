//! Which words stand in the text of which sections, and how often.

use std::collections::HashMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::{Section, encode, words};

/// How often a word stands in a section, as one of eight steps: the least count of each.
const COUNT_STEPS: [usize; 8] = [1, 2, 3, 4, 6, 9, 14, 22];

/// Steps of a section's length for each doubling.
const LENGTH_STEPS: f64 = 4.0;

/// Where a word stands: sections in rising order, with how often.
type Places = Vec<(u32, u32)>;

/// The words of a book's text.
pub(super) struct Postings {
    /// Sorted by word.
    words: Vec<(String, Places)>,
    /// Words in each section.
    lengths: Vec<usize>,
}

impl Postings {
    pub(super) fn of(sections: &[Section]) -> Postings {
        let part = sections.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts: Vec<_> = sections
            .par_chunks(part)
            .enumerate()
            .map(|(index, sections)| count(sections, index * part))
            .collect();
        let mut places: HashMap<String, Places> = HashMap::new();
        let mut lengths = Vec::with_capacity(sections.len());
        for (part_places, part_lengths) in parts {
            lengths.extend(part_lengths);
            if places.is_empty() {
                places = part_places;
                continue;
            }
            for (word, more) in part_places {
                places.entry(word).or_default().extend(more);
            }
        }
        let mut words: Vec<(String, Places)> = places.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Postings { words, lengths }
    }

    /// Appends the members `lengths`, `words`, `spread`, `gaps` and `counts` of the index.
    ///
    /// `spread` has the number of sections of each word. `gaps` and `counts` begin with the words in the most sections:
    /// neighbours in these strings then look alike, which is what gzip lives from.
    pub(super) fn write(&self, out: &mut String) {
        let mut lengths = String::new();
        for length in &self.lengths {
            let step = ((*length + 1) as f64).log2() * LENGTH_STEPS;
            encode::number(step.round() as usize, &mut lengths);
        }
        let front_coded = encode::front_coded(self.words.iter().map(|(word, _)| word.as_str()));
        let mut order: Vec<&Places> = self.words.iter().map(|(_, places)| places).collect();
        let mut spread = String::new();
        for places in &order {
            encode::number(places.len(), &mut spread);
        }
        order.sort_by_key(|places| std::cmp::Reverse(places.len()));
        let (mut gaps, mut counts) = (String::new(), String::new());
        for places in order {
            let mut next = 0;
            for (section, count) in places {
                encode::number((section - next) as usize, &mut gaps);
                encode::number(step_of(*count as usize), &mut counts);
                next = section + 1;
            }
        }
        let members = [
            ("lengths", lengths),
            ("words", front_coded),
            ("spread", spread),
            ("gaps", gaps),
            ("counts", counts),
        ];
        for (name, value) in members {
            let _ = write!(out, ",\n{name}:{}", encode::literal(&value));
        }
    }
}

/// The words of some sections, of which the first is the book's number `first`, and how many words each has.
fn count(sections: &[Section], first: usize) -> (HashMap<String, Places>, Vec<usize>) {
    let mut places = HashMap::new();
    let mut lengths = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        let mut length = 0;
        words::each(section.text, |word| {
            length += 1;
            add(&mut places, word, (first + index) as u32);
        });
        lengths.push(length);
    }
    (places, lengths)
}

fn add(places: &mut HashMap<String, Places>, word: &str, section: u32) {
    let Some(known) = places.get_mut(word) else {
        places.insert(word.to_string(), vec![(section, 1)]);
        return;
    };
    match known.last_mut() {
        Some((last, count)) if *last == section => *count += 1,
        _ => known.push((section, 1)),
    }
}

/// The step of [`COUNT_STEPS`] that a count reaches.
fn step_of(count: usize) -> usize {
    COUNT_STEPS
        .iter()
        .rposition(|least| *least <= count)
        .unwrap_or(0)
}

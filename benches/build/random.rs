//! Numbers that look random and are the same in every run, and words made with them.

/// A generator with a seed: splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Random(u64);

impl Random {
    /// Starts at a seed.
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number below `end`, which is more than 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// How many different words a book has besides the frequent ones, and how many different names its code has: a technical
/// book has some thousands, and uses the same names again and again.
const VOCABULARY: usize = 6_000;
const NAMES: usize = 800;

const FREQUENT: [&str; 48] = [
    "the", "of", "and", "to", "a", "in", "is", "that", "it", "for", "we", "this", "as", "with",
    "be", "you", "are", "on", "can", "an", "by", "will", "or", "when", "have", "from", "not", "so",
    "which", "use", "each", "has", "if", "but", "at", "one", "its", "then", "more", "than", "our",
    "into", "because", "there", "same", "two", "would", "after",
];

/// The words of a book: a few that come often, and many that come the less often the further back they stand, as in any
/// text (Zipf's law). A search index is as large as its vocabulary, so it matters.
pub(crate) struct Words {
    rare: Vec<String>,
    variables: Vec<String>,
    types: Vec<String>,
}

impl Words {
    /// Makes them up from syllables.
    pub(crate) fn new(random: &mut Random) -> Words {
        let rare: Vec<String> = (0..VOCABULARY).map(|_| word(random)).collect();
        let variables = (0..NAMES).map(|_| match random.below(3) {
            0 => format!("{}s", word(random)),
            1 => word(random),
            _ => format!("{}_{}", word(random), word(random)),
        });
        let variables = variables.collect();
        let types = (0..NAMES).map(|_| capital(&word(random)) + &capital(&word(random)));
        Words {
            rare,
            variables,
            types: types.collect(),
        }
    }

    /// A word of prose.
    pub(crate) fn prose(&self, random: &mut Random) -> &str {
        if random.chance(50) {
            random.pick(&FREQUENT)
        } else {
            self.rare(random)
        }
    }

    /// A word that means something, as titles have.
    pub(crate) fn rare(&self, random: &mut Random) -> &str {
        by_rank(&self.rare, random)
    }

    /// `some_name`.
    pub(crate) fn variable(&self, random: &mut Random) -> &str {
        by_rank(&self.variables, random)
    }

    /// `SomeName`.
    pub(crate) fn type_name(&self, random: &mut Random) -> &str {
        by_rank(&self.types, random)
    }
}

/// Two or three syllables.
fn word(random: &mut Random) -> String {
    const STARTS: [&str; 18] = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl",
        "sh",
    ];
    const MIDDLES: [&str; 6] = ["a", "e", "i", "o", "u", "ea"];
    const ENDS: [&str; 6] = ["", "", "n", "r", "s", "t"];
    let syllables = 2 + random.below(2);
    (0..syllables)
        .map(|_| {
            let (start, middle) = (random.pick(&STARTS), random.pick(&MIDDLES));
            format!("{start}{middle}{}", random.pick(&ENDS))
        })
        .collect()
}

/// The first comes about twice as often as the second, that about twice as often as the fourth.
fn by_rank<'a>(words: &'a [String], random: &mut Random) -> &'a str {
    let exponent = random.below(10_000) as f64 / 10_000.0;
    let rank = (words.len() as f64).powf(exponent) as usize;
    &words[rank - 1]
}

/// The word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

//! One number for the whole state of a run, the same on every machine.
//!
//! [`Digest`] is a [`Hasher`] with a fixed recipe, so that a model says `#[derive(Hash)]` and [`Digest::of`] sees all
//! of it: no field can be forgotten. Each word is taken in by an exclusive or, a multiplication by an odd number and
//! a shift, as in the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014). Each of these steps can be undone: two runs that differ in one word never have the same
//! digest. It is no defence against somebody who looks for two states of one digest.

use core::hash::{Hash, Hasher};

/// 2⁶⁴ divided by the golden ratio, made odd: the increment of SplitMix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Takes in words and gives one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u64);

impl Digest {
    /// Before the first word.
    pub const fn new() -> Digest {
        Digest(GOLDEN)
    }

    /// The digest of a whole state.
    pub fn of<T: Hash + ?Sized>(state: &T) -> u64 {
        let mut digest = Digest::new();
        state.hash(&mut digest);
        digest.finish()
    }

    /// Takes in one word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(GOLDEN);
        self.0 = mixed ^ (mixed >> 32);
    }

    /// The number for all words so far.
    #[inline]
    pub fn value(&self) -> u64 {
        mix(self.0)
    }
}

impl Default for Digest {
    fn default() -> Self {
        Digest::new()
    }
}

/// The finaliser of SplitMix64: each bit of the input changes each bit of the output half of the time.
#[inline]
pub(crate) const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// Every integer is one word whatever its width, and signed ones keep their sign.
macro_rules! one_word_each {
    ($($method:ident: $integer:ty),*) => {
        $(
            #[inline]
            fn $method(&mut self, value: $integer) {
                self.word(value as u64);
            }
        )*
    };
}

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.value()
    }

    /// Bytes come in as little-endian words.
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let bytes = rest.iter().rev();
            self.word(bytes.fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    one_word_each!(write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64);
    one_word_each!(write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64);
    // These have 32 bits in the browser; `derive(Hash)` writes the variant of an enum as `isize`.
    one_word_each!(write_usize: usize, write_isize: isize);

    #[inline]
    fn write_u128(&mut self, value: u128) {
        self.word(value as u64);
        self.word((value >> 64) as u64);
    }

    #[inline]
    fn write_i128(&mut self, value: i128) {
        self.write_u128(value as u128);
    }
}

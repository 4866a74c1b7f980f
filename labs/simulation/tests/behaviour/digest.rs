//! The digest tells apart what differs, and nothing else.

use std::hash::Hasher;

use simulation::{Digest, Distribution, Duration, Exponential, Generator};

#[test]
fn one_bit_of_one_word_changes_the_digest() {
    let words: Vec<u64> = (0..32).collect();
    let straight = Digest::of(&words);
    for place in 0..words.len() {
        for bit in 0..64 {
            let mut other = words.clone();
            other[place] ^= 1 << bit;
            assert_ne!(Digest::of(&other), straight);
        }
    }
}

#[test]
fn the_order_of_words_counts() {
    assert_ne!(Digest::of(&[1_u64, 2]), Digest::of(&[2_u64, 1]));
    assert_ne!(Digest::of(&[0_u64]), Digest::of(&[0_u64, 0]));
}

#[test]
fn an_integer_counts_the_same_at_any_width() {
    let of = |write: &dyn Fn(&mut Digest)| {
        let mut digest = Digest::new();
        write(&mut digest);
        digest.value()
    };
    let wide = of(&|digest| digest.write_u64(5));
    assert_eq!(of(&|digest| digest.write_usize(5)), wide);
    assert_eq!(of(&|digest| digest.write_u8(5)), wide);
    assert_eq!(of(&|digest| digest.write_isize(5)), wide);
    let bytes = of(&|digest| digest.write(&[5, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(bytes, wide, "as in a slice of integers");
    let negative = of(&|digest| digest.write_i64(-1));
    assert_eq!(of(&|digest| digest.write_isize(-1)), negative);
    assert_eq!(of(&|digest| digest.write_i8(-1)), negative);
}

/// A change of the recipe changes every published digest: it must not happen unnoticed.
#[test]
fn the_digest_of_a_known_run_stays_as_it_is() {
    let mut random = Generator::new(42);
    let work = Exponential::new(Duration::from_millis(1));
    let drawn: Vec<Duration> = (0..1000).map(|_| work.draw(&mut random)).collect();
    assert_eq!(Digest::of(&(drawn, random)), 1_478_417_999_267_910_883);
}

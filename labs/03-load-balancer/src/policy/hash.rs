//! The hash of keys and servers: always the same, on every machine and in every run. A hasher that is seeded by the machine
//! would send a key elsewhere after each restart.
//!
//! Two parts: FNV-1a turns bytes into a number (Fowler, Noll, Vo; draft-eastlake-fnv), and the finalizer of SplitMix64 spreads
//! near numbers over the whole range (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
//! Neither resists an attacker who picks keys.

/// FNV-1a's start for 64 bits.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
/// FNV-1a's prime for 64 bits.
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
/// 2⁶⁴ ÷ golden ratio, made odd: SplitMix64's step. Without it 0 would stay 0.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number for any bytes: an address, a path, a cookie.
pub fn bytes(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(FNV_OFFSET, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
    });
    mix(fnv)
}

/// Spreads a number over all 64 bits. No two numbers meet.
pub fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(GOLDEN);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One number for two, in this order: a server and a key, a server and the number of its point.
pub fn pair(first: u64, second: u64) -> u64 {
    mix(mix(first) ^ second)
}

//! How often an LRU cache has what is asked for: Che's approximation.
//!
//! A key stays for a time T after it was asked for, the same for all keys; T is such that on average as many keys are
//! there as the cache holds. Source: Che, Tung, Wang, "Hierarchical Web Caching Systems", IEEE JSAC 20(7), 2002.

use std::vec::Vec;

/// The share of hits of a cache that holds so many of `keys` keys with Zipf's popularity.
pub(super) fn hit_share(keys: u32, exponent: f64, kept: f64) -> f64 {
    let weights = (1..=keys).map(|rank| f64::from(rank).powf(-exponent));
    let weights: Vec<f64> = weights.collect();
    let all: f64 = weights.iter().sum();
    let present = |time: f64| move |weight: &f64| 1.0 - (-weight / all * time).exp();
    // More requests than this between two of the rarest key's are not needed to find T.
    let (mut least, mut most) = (0.0, 1e3 * f64::from(keys) * all);
    for _ in 0..100 {
        let middle = (least + most) / 2.0;
        let there: f64 = weights.iter().map(present(middle)).sum();
        if there < kept {
            least = middle;
        } else {
            most = middle;
        }
    }
    let hit = |weight: &f64| weight / all * present(most)(weight);
    weights.iter().map(hit).sum()
}

#[cfg(test)]
mod tests {
    use super::hit_share;

    #[test]
    fn the_approximation_gives_the_known_shares() {
        // facts.md 14.
        for (exponent, kept, expected) in [
            (1.0, 100.0, 0.3905),
            (1.0, 500.0, 0.5867),
            (0.8, 500.0, 0.3312),
        ] {
            let share = hit_share(10_000, exponent, kept);
            assert!((share - expected).abs() < 2e-4, "{share} for {expected}");
        }
    }
}

//! A solution of `health-check`.

use crate::policy::health::{Probed, Thresholds};

/// One probe more or less against the belief.
pub fn after_probe(belief: Probed, answered: bool, thresholds: &Thresholds) -> Probed {
    let against = if answered == belief.is_up {
        0
    } else {
        belief.against + 1
    };
    let needed = if belief.is_up {
        thresholds.fall
    } else {
        thresholds.rise
    };
    if against >= needed {
        Probed {
            is_up: !belief.is_up,
            against: 0,
        }
    } else {
        Probed { against, ..belief }
    }
}

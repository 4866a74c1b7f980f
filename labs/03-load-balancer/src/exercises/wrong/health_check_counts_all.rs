//! Failures are counted, but an answer between them forgives nothing: in the end every server is out.

use crate::policy::health::{Probed, Thresholds};

/// Never sets the count back.
pub fn after_probe(belief: Probed, answered: bool, thresholds: &Thresholds) -> Probed {
    if answered == belief.is_up {
        return belief;
    }
    let against = belief.against + 1;
    let needed = if belief.is_up {
        thresholds.fall
    } else {
        thresholds.rise
    };
    if against < needed {
        return Probed { against, ..belief };
    }
    Probed {
        is_up: answered,
        against: 0,
    }
}

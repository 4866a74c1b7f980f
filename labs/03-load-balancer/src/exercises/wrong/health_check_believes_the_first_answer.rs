//! One answer brings a dead server back: one that is half dead comes and goes with every probe.

use crate::policy::health::{Probed, Thresholds};

/// Ignores `rise`.
pub fn after_probe(belief: Probed, answered: bool, thresholds: &Thresholds) -> Probed {
    if answered {
        return Probed::default();
    }
    belief.after(answered, thresholds)
}

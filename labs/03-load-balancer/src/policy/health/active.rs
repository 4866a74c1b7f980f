//! Active checks: the balancer asks, and believes a change only when it has heard it several times.

/// How many answers in a row change the balancer's mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thresholds {
    /// Answered probes in a row that bring a server back.
    pub rise: u32,
    /// Failed probes in a row that take a server out.
    pub fall: u32,
}

impl Default for Thresholds {
    /// HAProxy's: three failures, so that one lost packet is not a death; two answers, since coming back is checked again at
    /// once by the next request.
    fn default() -> Thresholds {
        Thresholds { rise: 2, fall: 3 }
    }
}

/// What the probes say of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Probed {
    /// What the balancer believes.
    pub is_up: bool,
    /// Probes in a row that said otherwise.
    pub against: u32,
}

impl Default for Probed {
    /// Believed to be up, as HAProxy and nginx start.
    fn default() -> Probed {
        Probed {
            is_up: true,
            against: 0,
        }
    }
}

impl Probed {
    // ANCHOR: probe
    /// The belief after one more probe.
    #[must_use]
    pub fn after(self, answered: bool, thresholds: &Thresholds) -> Probed {
        let against = if answered == self.is_up {
            0
        } else {
            self.against + 1
        };
        let needed = if self.is_up {
            thresholds.fall
        } else {
            thresholds.rise
        };
        if against >= needed.max(1) {
            Probed {
                is_up: answered,
                against: 0,
            }
        } else {
            Probed { against, ..self }
        }
    }
    // ANCHOR_END: probe
}

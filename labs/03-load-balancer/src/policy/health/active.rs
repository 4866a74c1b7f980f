//! Active checks: the balancer asks, and believes a change only when it has heard it several times.

/// How many answers in a row change the balancer's mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thresholds {
    /// Answered probes in a row that bring a server back, at least 1.
    pub rise: u32,
    /// Failed probes in a row that take a server out, at least 1.
    pub fall: u32,
}

impl Default for Thresholds {
    /// HAProxy's. A lost packet is no death, so more than one failure is needed; and whoever was dead should answer more than
    /// once before clients rely on it.
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
        if answered == self.is_up {
            return Probed { against: 0, ..self };
        }
        let Thresholds { rise, fall } = *thresholds;
        let needed = if self.is_up { fall } else { rise };
        let against = self.against + 1;
        if against < needed {
            return Probed { against, ..self };
        }
        Probed {
            is_up: answered,
            against: 0,
        }
    }
    // ANCHOR_END: probe
}

//! The live figures of chapter 3, each by its parts.

use replay::{Known, figure};

use crate::{model, scene};

/// All of them, in the order of the chapter.
pub const FIGURES: &[&Known] = &[
    &Known::figure::<Balancer>(),
    &Known::figure::<Lines>(),
    &Known::figure::<Detection>(),
    &Known::figure::<Ring>(),
];

figure! {
    /// Policies, slow servers, stopped servers.
    Balancer of model::BalancerModel, drawn by scene::Balancer {
        NAME: &'static str = "balancer",
        TITLE: &'static str = "Who gets the next request?",
        DESCRIPTION: &'static str = "Requests run from the clients through a load balancer to four servers. Each server shows how busy it is, and its line.",
        STEP_MS: u32 = 50,
        SPEED_PERCENT: u32 = 10,
    }
}

figure! {
    /// The same requests at one line and at four.
    Lines of model::LinesModel, drawn by scene::Lines {
        NAME: &'static str = "lines",
        TITLE: &'static str = "One line or many",
        DESCRIPTION: &'static str = "The same requests come to four servers with one line and to four with a line each. Bars compare how long an answer takes.",
        STEP_MS: u32 = 20,
        SPEED_PERCENT: u32 = 5,
    }
}

figure! {
    /// Probes, failed requests, and how long a death goes unnoticed.
    Detection of model::DetectionModel, drawn by scene::Detection {
        NAME: &'static str = "detection",
        TITLE: &'static str = "Noticing the dead",
        DESCRIPTION: &'static str = "A balancer sends requests and probes to four servers. Below, the last thirty seconds of each server: when it died, which probes and requests failed, when it was taken out.",
        STEP_MS: u32 = 250,
        SPEED_PERCENT: u32 = 100,
    }
}

figure! {
    /// Which keys move when a server comes or goes.
    Ring of model::RingModel, drawn by scene::Ring {
        NAME: &'static str = "ring",
        TITLE: &'static str = "The ring",
        DESCRIPTION: &'static str = "Keys stand on a ring; each belongs to the next server clockwise. When a server comes or goes, some keys get another server.",
        STEP_MS: u32 = 250,
        SPEED_PERCENT: u32 = 50,
    }
}

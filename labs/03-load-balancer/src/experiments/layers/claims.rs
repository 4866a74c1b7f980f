//! What the chapter says of the two layers.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings};

use super::super::judge::{Words, judged, shown};
use super::SERVERS;

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let claims = [
        one_connection(
            found,
            "layer-4-alone",
            1.0,
            "On layer 4 all requests of one connection go to one server",
        ),
        one_connection(
            found,
            "layer-7-alone",
            SERVERS.into(),
            "On layer 7 the requests of one connection go to all servers",
        ),
        balance(found),
        cost(found),
    ];
    claims.into_iter().flatten().collect()
}

fn one_connection(found: &Findings, variant: &str, servers: f64, sentence: &str) -> Option<Claim> {
    let words = Words {
        claim: sentence,
        theory: Some(servers.into()),
        tolerance: "none",
    };
    judged(found, words, |evidence| {
        let used = evidence.value(variant, "servers")?;
        Some((used.into(), used == servers))
    })
}

fn balance(found: &Findings) -> Option<Claim> {
    let least = found.value("theory-layer-4", "busiest_ratio_min")?;
    let words = Words {
        claim: "With twelve uneven clients the busiest server gets more than 1.25 times its part on layer 4, and hardly more than its part on layer 7",
        theory: Some(format!("≥ {} and 1", shown(least, "")).into()),
        tolerance: "simulated 3 %, measured 12 %: clients come at random",
    };
    judged(found, words, |evidence| {
        let busiest = |layer| evidence.value(layer, "busiest_ratio");
        let (four, seven) = (busiest("layer-4")?, busiest("layer-7")?);
        let off = evidence.tolerance(0.03, 0.12);
        let holds = four >= least * (1.0 - off) && seven <= 1.0 + off / 2.0;
        Some((format!("{four:.2} and {seven:.2}").into(), holds))
    })
}

/// Processor time is measured; nothing is simulated.
fn cost(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "Passing bytes on unread costs the balancer no more processor time than reading each request",
        theory: None,
        tolerance: "10 %: medians of interleaved runs on a machine that does other things as well",
    };
    judged(found, words, |evidence| {
        let cost = |layer| evidence.value(layer, "processor_us");
        let (four, seven) = (cost("layer-4")?, cost("layer-7")?);
        let text = format!("{four:.1} against {seven:.1} µs a request");
        Some((text.into(), four <= 1.1 * seven))
    })
}

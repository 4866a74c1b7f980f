//! What the chapter says of a deploy.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings, Source};

use super::super::judge::{Words, judged, near, shown};

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let claims = [
        none(
            found,
            "drained",
            "With draining, every server is restarted and no request fails",
        ),
        costs(found),
        fails_fast(found),
        none(
            found,
            "not-drained-retried",
            "Without draining, one retry on another server saves every request that may be sent twice",
        ),
    ];
    claims.into_iter().flatten().collect()
}

/// nginx drains by reading its configuration again, and closes the connections that clients have kept; a request that
/// comes at that very moment is lost.
const NGINX_LOSES: f64 = 0.005;

fn none(found: &Findings, variant: &str, sentence: &str) -> Option<Claim> {
    let words = Words {
        claim: sentence,
        theory: Some("0 failed".into()),
        tolerance: "none; nginx 0.5 %, as it drains by reading its configuration again, which closes the connections that clients have kept",
    };
    judged(found, words, |evidence| {
        let failed = evidence.value(variant, "failed")?;
        let sent = evidence.value(variant, "sent")?;
        let is_nginx = evidence.source == Source::Engine("nginx".into());
        let allowed = if is_nginx { NGINX_LOSES * sent } else { 0.0 };
        let text = format!("{failed} of {sent:.0} failed");
        Some((text.into(), failed <= allowed))
    })
}

/// A stopped server gets its share until two probes have failed.
fn costs(found: &Findings) -> Option<Claim> {
    let expected = found.value("theory-not-drained", "failed")?;
    let most = found.value("theory-not-drained", "failed_max")?;
    let words = Words {
        claim: "Without draining, and with nothing tried twice, each stopped server fails its share until two probes have failed",
        theory: Some(shown(expected, "")),
        tolerance: "simulated 10 %; measured from half of it to the most that is possible and 25 % for chance",
    };
    judged(found, words, |evidence| {
        let failed = evidence.value("not-drained", "failed")?;
        let is_near = near(failed, expected, 0.1);
        let is_between = (expected * 0.5..=most * 1.25).contains(&failed);
        let holds = evidence.tolerance(
            f64::from(u8::from(is_near)),
            f64::from(u8::from(is_between)),
        );
        Some((shown(failed, ""), holds == 1.0))
    })
}

/// Least connections and a server that fails fast.
fn fails_fast(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "A server that fails fast looks idle: least connections sends it more than round robin does",
        theory: None,
        tolerance: "none",
    };
    judged(found, words, |evidence| {
        let in_turn = evidence.value("not-drained", "failed")?;
        let least = evidence.value("not-drained-least-connections", "failed")?;
        let text = format!("{least:.0} against {in_turn:.0} failed");
        Some((text.into(), least > in_turn))
    })
}

//! What the chapter says of noticing.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings, Source};

use super::super::judge::{Evidence, Words, judged, near, shown};
use super::{Pace, RATE_PER_S, SERVERS, seconds};

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let claims = [
        bound(
            found,
            "chapter-active-silent",
            "Probes every 5 s that wait 2 s, three in a row, notice every death within 3 × 5 + 2 = 17 s",
            &Pace::CHAPTER,
        ),
        bound(
            found,
            "active-silent",
            "Probes every 0.5 s that wait 0.2 s, three in a row, notice every death within 1.7 s",
            &Pace::QUICK,
        ),
        on_average(found),
        lost(found),
        passive(found),
        both(found),
        retried(found),
    ];
    claims.into_iter().flatten().collect()
}

/// Timers and scheduling of a busy machine may add this much to a bound.
const LATE_S: f64 = 0.15;

fn bound(found: &Findings, variant: &str, sentence: &str, pace: &Pace) -> Option<Claim> {
    let words = Words {
        claim: sentence,
        theory: Some(format!("≤ {}", pace.noticed_max_s()).into()),
        tolerance: "simulated none; measured 0.15 s for late timers; HAProxy counts an interval from the end of a probe, which makes the bound longer by two time-outs",
    };
    judged(found, words, |evidence| {
        let longest = evidence.value(variant, "noticed_max_s")?;
        let bound_s = pace.noticed_max_s() + longer_s(evidence, pace);
        let holds = longest <= bound_s + evidence.tolerance(0.0, LATE_S);
        Some((shown(longest, "s"), holds))
    })
}

/// How much longer it takes where an interval begins when a probe has ended, as HAProxy's does: the time-out of every probe
/// but the last. This lab's intervals, and the formula's, are from the begin of a probe to the begin of the next.
fn longer_s(evidence: &Evidence, pace: &Pace) -> f64 {
    match evidence.source {
        Source::Engine(_) => f64::from(pace.fall - 1) * seconds(pace.timeout),
        _ => 0.0,
    }
}

fn on_average(found: &Findings) -> Option<Claim> {
    let expected = Pace::QUICK.noticed_mean_s();
    let words = Words {
        claim: "On average they notice half an interval earlier",
        theory: Some(shown(expected, "s")),
        tolerance: "simulated 5 %; measured 0.25 s, half an interval: there are only a few deaths; HAProxy two time-outs later, as above",
    };
    judged(found, words, |evidence| {
        let expected = expected + longer_s(evidence, &Pace::QUICK);
        let mean = evidence.value("active-silent", "noticed_mean_s")?;
        let off = evidence.tolerance(0.05 * expected, 0.25);
        Some((shown(mean, "s"), (mean - expected).abs() <= off))
    })
}

fn lost(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "Until then the dead server's share of the requests fails: rate ÷ servers × time unnoticed",
        theory: Some("1×".into()),
        tolerance: "simulated 10 %, measured 30 %: requests come at random moments",
    };
    judged(found, words, |evidence| {
        let noticed_s = evidence.value("active-silent", "noticed_mean_s")?;
        let failed = evidence.value("active-silent", "failed_mean")?;
        let expected = f64::from(RATE_PER_S) / f64::from(SERVERS) * noticed_s;
        let text = format!("{failed:.1} failed, {expected:.1} expected");
        Some((
            text.into(),
            near(failed, expected, evidence.tolerance(0.1, 0.3)),
        ))
    })
}

fn passive(found: &Findings) -> Option<Claim> {
    let (variant, key) = ("passive-refusing", "noticed_mean_s");
    let expected = found.value(&format!("theory-{variant}"), key)?;
    let words = Words {
        claim: "Passive checks notice a server that refuses after five failures at 30 requests a second: 0.17 s",
        theory: Some(shown(expected, "s")),
        tolerance: "simulated 15 %, measured 0.1 s",
    };
    judged(found, words, |evidence| {
        let mean = evidence.value(variant, key)?;
        let off = evidence.tolerance(0.15 * expected, 0.1);
        Some((shown(mean, "s"), (mean - expected).abs() <= off))
    })
}

fn both(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "Both together cost no more failed requests than the better of the two",
        theory: None,
        tolerance: "simulated 10 %, measured 40 % and two requests",
    };
    judged(found, words, |evidence| {
        let failed = |mode: &str| evidence.value(&format!("{mode}-silent"), "failed_mean");
        let (active, passive, both) = (failed("active")?, failed("passive")?, failed("both")?);
        let allowed = active.min(passive) * (1.0 + evidence.tolerance(0.1, 0.4));
        let text = format!("active {active:.1}, passive {passive:.1}, both {both:.1}");
        Some((text.into(), both <= allowed + evidence.tolerance(0.0, 2.0)))
    })
}

/// Only where retries are made: the simulation of this experiment has none.
fn retried(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "With one retry on another server, no client sees a death",
        theory: Some("0 failed".into()),
        tolerance: "none",
    };
    judged(found, words, |evidence| {
        let failed = evidence.value("retried-silent", "failed")?;
        let refused = evidence.value("retried-refusing", "failed")?;
        let text = format!("{} failed", failed + refused);
        Some((text.into(), failed + refused == 0.0))
    })
}

//! What the chapter says of the policies.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings};

use super::super::judge::{Evidence, Verdict, Words, judged, near, shown};
use super::WORK_MS;

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let theory = |variant: &str, key: &str| found.value(&format!("theory-{variant}"), key);
    let mean = |words: &str, key: &'static str, (exact, noisy): (f64, f64)| {
        let expected = theory("random", key)?;
        let tolerance = format!(
            "simulated {:.0} %; measured {:.0} %, which holds a thousand simulated runs of 30 s, and twice what the same way takes through an idle pool",
            exact * 100.0,
            noisy * 100.0
        );
        let words = Words {
            claim: words,
            theory: Some(shown(expected, "ms")),
            tolerance: &tolerance,
        };
        judged(found, words, |evidence| {
            let value = evidence.value("random", key)?;
            let extra_ms = 2.0 * late_ms(evidence);
            let above = expected * (1.0 + evidence.tolerance(exact, noisy)) + extra_ms;
            let below = expected * (1.0 - evidence.tolerance(exact, noisy));
            Some((shown(value, "ms"), (below..=above).contains(&value)))
        })
    };
    let claims = [
        mean(
            "Chosen by chance, servers that are 60 % busy answer equal requests of 15 ms in 26 ms on average",
            "equal_mean_ms",
            (0.03, 0.15),
        ),
        mean(
            "When requests are uneven, the same takes 37.5 ms on average",
            "uneven_mean_ms",
            (0.03, 0.45),
        ),
        grows(found),
        stays_short(found),
        many(
            found,
            "random",
            "By chance, a request at one of a hundred servers that are 90 % busy takes ten times its work",
        ),
        many(
            found,
            "two-choices",
            "With two choices it takes 2.6 times its work",
        ),
        orders(found),
    ];
    claims.into_iter().flatten().collect()
}

/// How much longer than its work a request takes when nobody else is there: the way, and a busy machine. With a millisecond
/// for what no measurement is exact to. Nothing in a simulation.
fn late_ms(evidence: &Evidence) -> f64 {
    let idle_ms = evidence.value("idle", "mean_ms");
    idle_ms.map_or(0.0, |idle_ms| (idle_ms - WORK_MS as f64).max(0.0) + 1.0)
}

/// Round robin and the slow server.
fn grows(found: &Findings) -> Option<Claim> {
    let (variant, key) = ("round-robin", "slow_growth_per_s");
    let expected = found.value(&format!("theory-{variant}"), key)?;
    let words = Words {
        claim: "Round robin lets the line of a server at half speed grow by 6.7 requests a second",
        theory: Some(shown(expected, "/s")),
        tolerance: "simulated 6 %; measured 2.2 a second: of a thousand simulated runs of 30 s, all lie within that",
    };
    judged(found, words, |evidence| {
        let value = evidence.value(variant, key)?;
        let holds = (value - expected).abs() <= evidence.tolerance(0.06 * expected, 2.2);
        Some((shown(value, "/s"), holds))
    })
}

/// Those that count have no such line.
fn stays_short(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "With one slow server, policies that count open requests keep the 99th percentile below a fifth of round robin's",
        theory: None,
        tolerance: "none: the gap is wider than chance",
    };
    judged(found, words, |evidence| {
        let p99 = |policy: &str| evidence.value(policy, "slow_p99_ms");
        let (round_robin, two) = (p99("round-robin")?, p99("two-choices")?);
        let worst = two.max(p99("least-connections")?);
        let text = format!(
            "{} against {}",
            shown(worst, "ms"),
            shown(round_robin, "ms")
        );
        Some((text.into(), worst < round_robin / 5.0))
    })
}

/// The supermarket model.
fn many(found: &Findings, policy: &str, sentence: &str) -> Option<Claim> {
    let key = "many_mean_works";
    let expected = found.value(&format!("theory-{policy}"), key)?;
    let words = Words {
        claim: sentence,
        theory: Some(shown(expected, "×")),
        tolerance: "6 %: a hundred servers are not very many, and a queue at 90 % is slow to settle",
    };
    judged(found, words, |evidence| {
        let value = evidence.value(policy, key)?;
        Some((shown(value, "×"), near(value, expected, 0.06)))
    })
}

/// Uneven requests: who is ahead of whom.
fn orders(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "With uneven requests the mean time falls from random to round robin to two choices",
        theory: None,
        tolerance: "none: of a thousand simulated runs of 30 s, all are in this order",
    };
    judged(found, words, |evidence: &Evidence| -> Option<Verdict> {
        let mean = |policy: &str| evidence.value(policy, "uneven_mean_ms");
        let (random, in_turn, two) = (mean("random")?, mean("round-robin")?, mean("two-choices")?);
        let text = format!("{random:.1}, {in_turn:.1}, {two:.1} ms");
        Some((text.into(), random > in_turn && in_turn > two))
    })
}

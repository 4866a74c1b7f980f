//! What the chapter says of old news.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings};

use super::super::judge::{Words, judged, shown};

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let claims = [
        herd(found),
        pair(found),
        worse_than_chance(found),
        own(found),
    ];
    claims.into_iter().flatten().collect()
}

/// The herd.
fn herd(found: &Findings) -> Option<Claim> {
    let expected = found.value("theory-least-connections", "longest")?;
    let words = Words {
        claim: "With news a quarter of a second old, least connections sends nearly everything of that time to one server",
        theory: Some(format!("a line of {}", shown(expected, "")).into()),
        tolerance: "from 60 % of it (several servers may look equally empty) to 140 % (some was there before, arrivals are uneven)",
    };
    judged(found, words, |evidence| {
        let longest = evidence.value("least-connections", "longest")?;
        let holds = (0.6 * expected..=1.4 * expected).contains(&longest);
        Some((shown(longest, ""), holds))
    })
}

/// The pair.
fn pair(found: &Findings) -> Option<Claim> {
    let expected = found.value("theory-two-choices", "longest")?;
    let words = Words {
        claim: "Two choices sends at most a tenth of it there: with twenty servers a pair holds any one of them in two draws of twenty",
        theory: Some(format!("{} more than were there", shown(expected, "")).into()),
        tolerance: "a longest line of less than a quarter of least connections'",
    };
    judged(found, words, |evidence| {
        let longest = |policy| evidence.value(policy, "longest");
        let (two, least) = (longest("two-choices")?, longest("least-connections")?);
        let text = format!("{two:.0} against {least:.0}");
        Some((text.into(), two < least / 4.0))
    })
}

fn worse_than_chance(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "With such old news the shortest line is worse advice than none: random is quicker than least connections",
        theory: None,
        tolerance: "a factor of 2 at least",
    };
    judged(found, words, |evidence| {
        let mean = |policy| evidence.value(policy, "mean_ms");
        let (random, least) = (mean("random")?, mean("least-connections")?);
        let text = format!("{random:.0} against {least:.0} ms");
        Some((text.into(), 2.0 * random < least))
    })
}

/// Balancers that count only what they send themselves.
fn own(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "Ten balancers that each count their own tenth do not herd: their news is incomplete, but fresh",
        theory: None,
        tolerance: "least connections below random's mean",
    };
    judged(found, words, |evidence| {
        let mean = |policy| evidence.value(policy, "mean_ms");
        let least = mean("least-connections-own-counts")?;
        let random = mean("random-own-counts")?;
        let text = format!("{least:.0} against {random:.0} ms");
        Some((text.into(), least < random))
    })
}

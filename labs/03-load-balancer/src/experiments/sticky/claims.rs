//! What the chapter says of stickiness.

use std::{format, vec::Vec};

use kit::experiment::{Claim, Findings};

use super::super::judge::{Words, judged, shown};

pub(super) fn claims(found: &Findings) -> Vec<Claim> {
    let claims = [
        balance(found),
        slower(found),
        cookie_moves(found),
        ring_moves(found),
    ];
    claims.into_iter().flatten().collect()
}

fn balance(found: &Findings) -> Option<Claim> {
    let least = found.value("theory-sticky-cookie", "busiest_ratio_min")?;
    let words = Words {
        claim: "Visitors who stay take their unevenness along: the server of the busiest one gets more than its part, where least connections shares alike",
        theory: Some(format!("≥ {} and 1", shown(least, "")).into()),
        tolerance: "simulated 3 %, measured 12 %: visitors come at random",
    };
    judged(found, words, |evidence| {
        let busiest = |policy| evidence.value(policy, "busiest_ratio");
        let (sticky, free) = (busiest("sticky-cookie")?, busiest("least-connections")?);
        let off = evidence.tolerance(0.03, 0.12);
        let holds = sticky >= least * (1.0 - off) && free <= 1.0 + off;
        Some((format!("{sticky:.2} and {free:.2}").into(), holds))
    })
}

fn slower(found: &Findings) -> Option<Claim> {
    let words = Words {
        claim: "So they wait longer on average than visitors who may go anywhere",
        theory: None,
        tolerance: "none",
    };
    judged(found, words, |evidence| {
        let mean = |policy| evidence.value(policy, "mean_ms");
        let (sticky, free) = (mean("sticky-cookie")?, mean("least-connections")?);
        Some((
            format!("{sticky:.1} against {free:.1} ms").into(),
            sticky > free,
        ))
    })
}

fn cookie_moves(found: &Findings) -> Option<Claim> {
    let most = found.value("theory-sticky-cookie", "moves_each")?;
    let words = Words {
        claim: "A deploy of four servers moves every session once, and some of them again: 1 to 1.6 times by cookie",
        theory: Some(format!("{} if the new home is drawn by chance, 1 if it is always one that has had its turn", shown(most, "")).into()),
        tolerance: "simulated 2 %, measured 15 %",
    };
    judged(found, words, |evidence| {
        let moves = evidence.value("sticky-cookie", "moves_each")?;
        let off = evidence.tolerance(0.02, 0.15);
        let holds = (1.0 - off..=most * (1.0 + off)).contains(&moves);
        Some((shown(moves, ""), holds))
    })
}

fn ring_moves(found: &Findings) -> Option<Claim> {
    let expected = found.value("theory-hash-ring", "moves_each")?;
    let words = Words {
        claim: "On the hash ring it moves every session twice: away from its home, and back",
        theory: Some(shown(expected, "")),
        tolerance: "simulated 3 %, measured 10 %: not every visitor comes at each step",
    };
    judged(found, words, |evidence| {
        let moves = evidence.value("hash-ring", "moves_each")?;
        let off = evidence.tolerance(0.03, 0.1) * expected;
        Some((shown(moves, ""), (moves - expected).abs() <= off))
    })
}

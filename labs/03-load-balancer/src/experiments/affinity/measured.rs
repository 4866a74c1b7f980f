//! Keys and caches over real sockets.

use std::{collections::BTreeMap, format, string::String, time::Duration, vec::Vec};

use anyhow::{Context, Result};
use kit::engine::Layer;
use kit::experiment::{Bench, Findings};
use kit::http1::client::{Client, Request};
use kit::load::{self, Closed, Paths, Requests};
use kit::origin::{Cache, OriginSettings, Work};

use super::super::numbers::Numbers;
use super::super::stage::{Setup, Stage, Who};
use super::{COUNTED, KEPT_PER_SERVER, KEYS, POLICIES, SERVERS, SKEW_PERCENT, SOON, WARM_UP};

/// Few at once: bounded loads are to see servers that are not full.
const CLIENTS: usize = 4;

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let mut numbers = Numbers::of(who.source());
    for policy in POLICIES
        .into_iter()
        .filter(|policy| who.has(policy, Layer::Seven))
    {
        let words = format!("{policy}: {KEYS} keys, then one more server");
        let _step = bench.step(&words, Duration::from_secs(4));
        one(&mut numbers, (who, policy), bench.seed()).await?;
    }
    Ok(numbers.findings())
}

async fn one(numbers: &mut Numbers, (who, policy): (Who, &'static str), seed: u64) -> Result<()> {
    let mut setup = Setup::new(SERVERS + 1, Work::Constant(Duration::ZERO), seed);
    setup.policy = policy;
    for origin in &mut setup.origins {
        origin.cache = Some(Cache {
            keys_max: KEPT_PER_SERVER as usize,
            miss: Duration::ZERO,
        });
    }
    let joins: Vec<OriginSettings> = setup.origins.drain(SERVERS as usize..).collect();
    let mut stage = Stage::start(who, setup)?;
    let before = homes(&stage).await?;
    ask(&stage, WARM_UP, seed).await?;
    let share = ask(&stage, COUNTED, seed.wrapping_add(1)).await?;
    numbers.put(policy, "hit_percent", share);
    for origin in joins {
        stage.join(origin)?;
    }
    let share = ask(&stage, SOON, seed.wrapping_add(2)).await?;
    numbers.put(policy, "hit_soon_percent", share);
    if policy == "round-robin" {
        return Ok(());
    }
    let after = homes(&stage).await?;
    let moved = before
        .iter()
        .filter(|(key, home)| after.get(*key) != Some(*home));
    let moved = moved.count() as f64 / f64::from(KEYS);
    numbers.put(policy, "moved_percent", 100.0 * moved);
    let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
    for home in before.values() {
        *counts.entry(home).or_default() += 1;
    }
    let fullest = counts.into_values().max().unwrap_or(0);
    let average = f64::from(KEYS) / f64::from(SERVERS);
    numbers.put(
        policy,
        "fullest_percent",
        100.0 * f64::from(fullest) / average,
    );
    Ok(())
}

/// The server that answers for each key.
async fn homes(stage: &Stage) -> Result<BTreeMap<u32, String>> {
    let client = Client::new(stage.address());
    let mut homes = BTreeMap::new();
    for key in 1..=KEYS {
        let request = Request::get(&format!("/key/{key}"), "lab");
        let answer = client.send(&request).await?;
        let home = answer
            .header("X-Server")
            .context("an answer without X-Server")?;
        homes.insert(key, String::from(home));
    }
    Ok(homes)
}

/// So many requests; the share of hits among them in percent.
async fn ask(stage: &Stage, count: u64, seed: u64) -> Result<f64> {
    let counted = || {
        let counts = stage.origins().iter().map(|origin| origin.counts());
        counts.fold((0, 0), |sum, counts| {
            (sum.0 + counts.hits, sum.1 + counts.misses)
        })
    };
    let before = counted();
    load::closed(Closed {
        requests: Requests {
            paths: Paths::Keys {
                prefix: String::from("/key/"),
                count: KEYS,
                exponent: f64::from(SKEW_PERCENT) / 100.0,
            },
            ..Requests::default()
        },
        count_max: count,
        duration: Duration::from_secs(60),
        seed,
        ..Closed::new(stage.address(), CLIENTS)
    })
    .await?;
    let after = counted();
    let (hits, misses) = (after.0 - before.0, after.1 - before.1);
    Ok(100.0 * hits as f64 / (hits + misses).max(1) as f64)
}

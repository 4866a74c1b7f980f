//! Visitors who stay, over real sockets.

use std::{format, string::String, sync::Arc, time::Duration, vec::Vec};

use anyhow::{Context, Result};
use kit::engine::Layer;
use kit::experiment::{Bench, Findings};
use kit::http1::client::{Client, Request};
use kit::load::{Arrivals, Open, Paths, Report, Requests, Running, Visitors};
use kit::origin::Work;
use simulation::{Distribution, Exponential, Generator};
use tokio::{task::JoinSet, time};

use super::super::numbers::Numbers;
use super::super::side_by_side::side_by_side;
use super::super::stage::{Setup, Stage, Who};
use super::{POLICIES, RATE_PER_S, SERVERS, SKEW_PERCENT, STEP_MS, VISITORS, WORK_MS};
use crate::lab::system::Deploy;

const RUN: Duration = Duration::from_secs(30);
/// A server's line may be long.
const PATIENCE: Duration = Duration::from_secs(20);
const STEP: Duration = Duration::from_millis(STEP_MS);

pub(super) async fn measured(who: Who, bench: &Bench) -> Result<Findings> {
    let policies = POLICIES
        .into_iter()
        .filter(|policy| who.has(policy, Layer::Seven));
    let policies: Vec<&'static str> = policies.collect();
    let words = format!(
        "{} policies with uneven visitors, and deploys, side by side",
        policies.len()
    );
    let _step = bench.step(&words, STEP * 9);
    let uneven = side_by_side(
        policies
            .iter()
            .map(|policy| uneven(who, policy, bench.seed())),
    );
    let moves = side_by_side(
        policies
            .iter()
            .map(|policy| deploy(who, policy, bench.seed())),
    );
    let (reports, moves) = tokio::join!(uneven, moves);
    let mut numbers = Numbers::of(who.source());
    for ((policy, report), moves) in policies.iter().zip(reports?).zip(moves?) {
        let most = report.by_server.values().max().copied().unwrap_or(0);
        let busiest = most as f64 * f64::from(SERVERS) / report.answered().max(1) as f64;
        numbers.put(policy, "busiest_ratio", busiest);
        numbers.put(policy, "mean_ms", report.latency.mean_ms());
        numbers.put(policy, "p99_ms", report.latency.quantile_ms(0.99));
        numbers.put(policy, "moves_each", moves as f64 / f64::from(VISITORS));
    }
    Ok(numbers.findings())
}

fn stage(who: Who, policy: &'static str, seed: u64) -> Result<Stage> {
    let work = Work::Exponential(Duration::from_millis(WORK_MS));
    let setup = Setup {
        policy,
        // A visitor of a stopped server goes elsewhere.
        retries: 1,
        answer_timeout: PATIENCE,
        ..Setup::new(SERVERS, work, seed)
    };
    Stage::start(who, setup)
}

/// A few visitors send most. By cookie, they bring theirs; by key, the path says who they are.
async fn uneven(who: Who, policy: &'static str, seed: u64) -> Result<Report> {
    let stage = stage(who, policy, seed)?;
    let exponent = f64::from(SKEW_PERCENT) / 100.0;
    let mut requests = Requests::default();
    if policy == "sticky-cookie" {
        requests.visitors = Some(Visitors {
            count: VISITORS,
            exponent,
        });
    } else {
        requests.paths = Paths::Keys {
            prefix: String::from("/visitor/"),
            count: VISITORS,
            exponent,
        };
    }
    let load = Running::open(Open {
        requests,
        arrivals: Arrivals::Poisson,
        duration: RUN,
        seed,
        connections_max: 1_000,
        timeout: PATIENCE,
        ..Open::new(stage.address(), RATE_PER_S as f64)
    })?;
    load.report().await
}

/// All servers are restarted while visitors, all alike, keep coming; how often one was answered by another server than
/// before.
async fn deploy(who: Who, policy: &'static str, seed: u64) -> Result<u64> {
    let mut stage = stage(who, policy, seed)?;
    let client = Arc::new(Client::new(stage.address()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut visitors = JoinSet::new();
    for number in 0..VISITORS {
        let visitor = Visitor {
            path: format!("/visitor/{number}"),
            cookie: None,
            server: None,
            moves: 0,
        };
        let random = Generator::new(seed).stream(number.into());
        let is_over = stopped.clone();
        visitors.spawn(visitor.visit(Arc::clone(&client), random, is_over));
    }
    // Everybody has been there before the first server goes.
    time::sleep(STEP / 2).await;
    let steps = Deploy {
        drains: true,
        restart: STEP,
        pause: STEP,
    };
    stage.deploy(&steps).await?;
    // They look at it before each visit.
    stop.send(true).ok();
    let mut moves = 0;
    while let Some(visitor) = visitors.join_next().await {
        moves += visitor??;
    }
    Ok(moves)
}

/// Somebody who comes again and again.
struct Visitor {
    path: String,
    cookie: Option<String>,
    server: Option<String>,
    moves: u64,
}

impl Visitor {
    /// Comes until it is over; how often the server was another one.
    async fn visit(
        mut self,
        client: Arc<Client>,
        mut random: Generator,
        is_over: tokio::sync::watch::Receiver<bool>,
    ) -> Result<u64> {
        let mean_ns = u64::from(VISITORS) * 1_000_000_000 / RATE_PER_S;
        let gap = Exponential::new(simulation::Duration::from_nanos(mean_ns));
        while !*is_over.borrow() {
            let pause = gap.draw(&mut random).as_nanos();
            time::sleep(Duration::from_nanos(pause)).await;
            self.ask(&client).await?;
        }
        Ok(self.moves)
    }

    async fn ask(&mut self, client: &Client) -> Result<()> {
        let mut headers = std::vec![("Host", "lab")];
        if let Some(cookie) = &self.cookie {
            headers.push(("Cookie", cookie));
        }
        let answer = client
            .send(&Request::new("GET", &self.path, &headers))
            .await;
        let answer = answer.context("a visitor got no answer")?;
        if let Some(set) = answer.header("Set-Cookie") {
            let pair = set.split(';').next().unwrap_or(set);
            self.cookie = Some(String::from(pair));
        }
        let server = answer.header("X-Server").map(String::from);
        let has_moved = self.server.is_some() && server.is_some() && self.server != server;
        self.moves += u64::from(has_moved);
        self.server = server.or(self.server.take());
        Ok(())
    }
}

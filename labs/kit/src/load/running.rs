//! A load on a thread of its own.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use tokio::runtime;
use tokio::sync::{oneshot, watch};
use tokio::task::LocalSet;

use super::connection::Tcp;
use super::connections::Connections;
use super::generator::{Generator, Orders};
use super::recorder::Recorder;
use super::report::Report;
use super::request::Requester;
use super::settings::{Closed, Open, check_rate};
use crate::clock::Clock;

/// A load that runs. Dropped, it sends no more.
pub struct Running {
    recorder: Arc<Mutex<Recorder>>,
    orders: watch::Sender<Orders>,
    ended: oneshot::Receiver<()>,
}

impl Running {
    /// Starts an open loop.
    pub fn open(open: Open) -> Result<Self> {
        open.check()?;
        Self::start(open.rate, move |recorder, orders| {
            let connections = Connections::new(Tcp(open.target), open.connections_max);
            let requester = Requester::new(open.requests.clone(), open.target, open.seed);
            let generator =
                Generator::new(connections, requester, open.timeout).with(recorder, Clock::Exact);
            async move { generator.open(&open, orders).await }
        })
    }

    /// Starts a closed loop.
    pub fn closed(closed: Closed) -> Result<Self> {
        closed.check()?;
        Self::start(0.0, move |recorder, orders| {
            let connections = Connections::new(Tcp(closed.target), closed.clients);
            let requester = Requester::new(closed.requests.clone(), closed.target, closed.seed);
            let generator =
                Generator::new(connections, requester, closed.timeout).with(recorder, Clock::Exact);
            async move { generator.closed(&closed, orders).await }
        })
    }

    /// From now on so many requests a second (open loop; a closed one takes no notice).
    pub fn set_rate(&self, rate: f64) -> Result<()> {
        check_rate(rate)?;
        self.orders.send_modify(|orders| orders.rate = rate);
        Ok(())
    }

    /// Sends no more; requests that are open end as they will.
    pub fn stop(&self) {
        self.orders.send_modify(|orders| orders.stop = true);
    }

    /// What has become of it so far.
    pub fn so_far(&self) -> Report {
        self.recorder
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .report()
    }

    /// Waits for the end, and says what became of it.
    pub async fn report(mut self) -> Result<Report> {
        (&mut self.ended)
            .await
            .context("the load's thread ended before its requests did")?;
        Ok(self.so_far())
    }

    fn start<M, F>(rate: f64, make: M) -> Result<Self>
    where
        M: FnOnce(Arc<Mutex<Recorder>>, watch::Receiver<Orders>) -> F + Send + 'static,
        F: Future<Output = ()> + 'static,
    {
        let recorder = Arc::new(Mutex::new(Recorder::default()));
        let (orders, receiver) = watch::channel(Orders { rate, stop: false });
        let (done, ended) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("can't start a load")?;
        let shared = Arc::clone(&recorder);
        let run = move || {
            runtime.block_on(LocalSet::new().run_until(async { make(shared, receiver).await }));
            // Nobody waits for the end of a load that was dropped.
            let _ = done.send(());
        };
        std::thread::Builder::new()
            .name("load".to_owned())
            .spawn(run)
            .context("can't start a thread for a load")?;
        Ok(Self {
            recorder,
            orders,
            ended,
        })
    }
}

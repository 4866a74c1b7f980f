//! One time limit per connection, moved from phase to phase. Moving it later costs nothing: the timer is set again only
//! when it rings too early, so that a busy connection touches it about once per shortest phase.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// When the phase that a connection is in must be over.
#[derive(Debug)]
pub struct Deadline {
    at: Instant,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    /// So long from now.
    pub fn after(limit: Duration) -> Deadline {
        Deadline {
            at: Instant::now() + limit,
            timer: None,
        }
    }

    /// Moves it to `limit` after `now`.
    pub fn set(&mut self, now: Instant, limit: Duration) {
        self.at = now + limit;
        if let Some(timer) = &mut self.timer
            && timer.deadline() > self.at
        {
            timer.as_mut().reset(self.at);
        }
    }

    /// Ready once it has passed.
    pub fn poll(&mut self, context: &mut Context) -> Poll<()> {
        let at = self.at;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(at)));
        loop {
            ready!(timer.as_mut().poll(context));
            if timer.deadline() >= at {
                return Poll::Ready(());
            }
            timer.as_mut().reset(at);
        }
    }

    /// Waits for `work`, at most until the deadline; `None`: it was not done in time.
    pub async fn limit<F: Future>(&mut self, work: F) -> Option<F::Output> {
        let mut work = std::pin::pin!(work);
        std::future::poll_fn(|context| {
            if let Poll::Ready(output) = work.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            self.poll(context).map(|()| None)
        })
        .await
    }
}

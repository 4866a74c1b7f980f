//! Measurements that run at the same time: servers that sleep leave the processor free for others.

use std::{boxed::Box, future::poll_fn, pin::Pin, task::Poll, vec::Vec};

use anyhow::Result;

/// Lets all of them run, and gives what they gave, in their order; or the first error.
pub(super) async fn side_by_side<T>(
    futures: impl IntoIterator<Item = impl Future<Output = Result<T>>>,
) -> Result<Vec<T>> {
    let running = futures
        .into_iter()
        .map(|future| (Some(Box::pin(future)), None));
    let mut running: Vec<(Option<Pin<Box<_>>>, Option<T>)> = running.collect();
    poll_fn(|context| {
        let mut is_over = true;
        for (future, result) in &mut running {
            let Some(waiting) = future else {
                continue;
            };
            match waiting.as_mut().poll(context) {
                Poll::Pending => is_over = false,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Ready(Ok(value)) => (*future, *result) = (None, Some(value)),
            }
        }
        if is_over {
            Poll::Ready(Ok(()))
        } else {
            Poll::Pending
        }
    })
    .await?;
    Ok(running
        .into_iter()
        .filter_map(|(_, result)| result)
        .collect())
}

//! The connections of a load: as many as needed up to a limit. A request that finds none waits, first come first served.

use std::cell::{Cell, RefCell};
use std::io;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::answer::Answer;
use super::connection::{Connection, Dial};
use super::report::Failure;
use super::request::Request;
use crate::http1::Buffers;
use crate::incoming::Incoming;

/// Connections, idle and in use.
pub(super) struct Connections<D: Dial> {
    dial: D,
    free: Semaphore,
    /// The last used first, so that those not needed stay unused.
    idle: RefCell<Vec<Connection<D::Stream>>>,
    buffers: Arc<Buffers>,
}

impl<D: Dial> Connections<D> {
    pub(super) fn new(dial: D, connections_max: usize) -> Self {
        Self {
            dial,
            free: Semaphore::new(connections_max),
            idle: RefCell::default(),
            buffers: Incoming::buffers(),
        }
    }

    /// Sends a request over one of them. It is made when it has its connection: it knows the cookies that came until
    /// then, and those that wait take no memory. `too_late` always holds the reason to give if time runs out now.
    pub(super) async fn exchange(
        &self,
        make: impl FnOnce() -> Request,
        too_late: &Cell<Failure>,
    ) -> Result<(Request, Answer), Failure> {
        too_late.set(Failure::Timeout);
        let _turn = self
            .free
            .acquire()
            .await
            .expect("the semaphore is never closed");
        too_late.set(Failure::ConnectTimeout);
        let mut connection = match self.quiet() {
            Some(connection) => connection,
            None => {
                let stream = self.dial.dial().await.map_err(reason_of)?;
                Connection::new(stream, Arc::clone(&self.buffers))
            }
        };
        too_late.set(Failure::Timeout);
        let request = make();
        let answer = connection.exchange(&request).await?;
        if answer.keep_alive && request.keep_alive {
            self.idle.borrow_mut().push(connection);
        }
        Ok((request, answer))
    }

    fn quiet(&self) -> Option<Connection<D::Stream>> {
        let mut idle = self.idle.borrow_mut();
        while let Some(mut connection) = idle.pop() {
            if connection.is_quiet() {
                return Some(connection);
            }
        }
        None
    }
}

fn reason_of(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::ConnectRefused,
        io::ErrorKind::ConnectionReset => Failure::Reset,
        io::ErrorKind::TimedOut => Failure::ConnectTimeout,
        _ => Failure::ConnectFailed,
    }
}

//! Both directions of a connection, until both have ended. One task does both: bytes of either side wake it, it moves what
//! is there, and sleeps again.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    net::TcpStream,
    time::{self, Sleep},
};

use super::direction::{Direction, Side};

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Both sides have said all they had to say.
    Closed,
    /// The client cut it off.
    ClientReset,
    /// The server cut it off.
    ServerReset,
    /// Neither side has sent anything for a long time.
    Idle,
}

/// The idle time is looked at so many times: what nobody uses is closed after it, and at most a quarter later. So a byte
/// that passes has no clock to read and no timer to set.
const LOOKS: u32 = 4;

/// Passes bytes both ways.
pub(super) struct Pump {
    client: TcpStream,
    server: TcpStream,
    to_server: Direction,
    to_client: Direction,
    clock: Pin<std::boxed::Box<Sleep>>,
    look_every: Duration,
    /// Bytes that had passed when it was last looked, and how often that number was the same.
    seen: (u64, u32),
}

impl Pump {
    pub(super) fn new(client: TcpStream, server: TcpStream, idle: Duration) -> Pump {
        let look_every = idle / LOOKS;
        Pump {
            client,
            server,
            to_server: Direction::default(),
            to_client: Direction::default(),
            clock: std::boxed::Box::pin(time::sleep(look_every)),
            look_every,
            seen: (0, 0),
        }
    }

    /// Bytes from the client to the server, and back.
    pub(super) fn passed(&self) -> (u64, u64) {
        (self.to_server.passed(), self.to_client.passed())
    }

    /// Whether nothing has passed for the idle time.
    fn is_idle(&mut self, context: &mut Context) -> bool {
        while self.clock.as_mut().poll(context).is_ready() {
            let passed = self.to_server.passed() + self.to_client.passed();
            let (before, looks) = self.seen;
            let looks = if passed == before { looks + 1 } else { 0 };
            if looks >= LOOKS {
                return true;
            }
            self.seen = (passed, looks);
            self.to_server.rest();
            self.to_client.rest();
            let next = time::Instant::now() + self.look_every;
            self.clock.as_mut().reset(next);
        }
        false
    }
}

impl Future for Pump {
    type Output = End;

    fn poll(self: Pin<&mut Self>, context: &mut Context) -> Poll<End> {
        let this = self.get_mut();
        let to_server = this
            .to_server
            .poll(context, &mut this.client, &mut this.server);
        let to_client = this
            .to_client
            .poll(context, &mut this.server, &mut this.client);
        let failed = match (&to_server, &to_client) {
            (Poll::Ready(Ok(())), Poll::Ready(Ok(()))) => return Poll::Ready(End::Closed),
            (Poll::Ready(Err(Side::From)), _) | (_, Poll::Ready(Err(Side::To))) => {
                Some(End::ClientReset)
            }
            (Poll::Ready(Err(Side::To)), _) | (_, Poll::Ready(Err(Side::From))) => {
                Some(End::ServerReset)
            }
            _ => None,
        };
        let end = failed.or_else(|| this.is_idle(context).then_some(End::Idle));
        let Some(end) = end else { return Poll::Pending };
        // Half a message must not look like a whole one: who was not at fault hears of it by a reset, too.
        let _ = this.client.set_zero_linger();
        let _ = this.server.set_zero_linger();
        Poll::Ready(end)
    }
}

//! Why a request, or a connection, came to no good end.

use serde::Serialize;

/// One reason for each request that was not answered. What the client did wrong is never held against the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The server's machine said that nobody listens there.
    ConnectRefused,
    /// No connection in time.
    ConnectTimeout,
    /// No connection for another reason, such as no way to the machine.
    ConnectFailed,
    /// The request could not be written, or its answer did not begin, in time.
    ResponseTimeout,
    /// The answer began and then stalled.
    BodyTimeout,
    /// The server reset the connection.
    Reset,
    /// The server closed the connection without a byte of an answer.
    EmptyResponse,
    /// The server closed the connection in the middle of an answer.
    Truncated,
    /// The answer was no HTTP that may be passed on.
    Malformed,
    /// The server answered with a status of 500 or more. It did answer: this is held against it only by
    /// [`server_errors_count`](super::PoolSettings::server_errors_count).
    ServerError,
    /// A kept connection turned out to be closed when the next request was written to it. Nobody's fault: the server may close
    /// an idle connection whenever it likes.
    StaleConnection,
    /// The client went away before its answer was complete.
    ClientGone,
    /// The client was too slow.
    ClientTimeout,
    /// The rest of the client's request made no sense, or was too long.
    ClientMalformed,
    /// Layer 4: the server cut off a connection that stood. Nobody knows what was said on it, so nobody knows whose fault it was.
    StreamReset,
    /// Layer 4: neither side sent anything for a long time.
    StreamIdle,
    /// The balancer stopped, and its deadline was over.
    Stopped,
}

impl Failure {
    /// Every reason, in the order of statistics.
    pub const ALL: [Failure; 17] = [
        Failure::ConnectRefused,
        Failure::ConnectTimeout,
        Failure::ConnectFailed,
        Failure::ResponseTimeout,
        Failure::BodyTimeout,
        Failure::Reset,
        Failure::EmptyResponse,
        Failure::Truncated,
        Failure::Malformed,
        Failure::ServerError,
        Failure::StaleConnection,
        Failure::ClientGone,
        Failure::ClientTimeout,
        Failure::ClientMalformed,
        Failure::StreamReset,
        Failure::StreamIdle,
        Failure::Stopped,
    ];

    /// The reason's name in statistics and logs.
    pub fn name(self) -> &'static str {
        match self {
            Failure::ConnectRefused => "connect-refused",
            Failure::ConnectTimeout => "connect-timeout",
            Failure::ConnectFailed => "connect-failed",
            Failure::ResponseTimeout => "response-timeout",
            Failure::BodyTimeout => "body-timeout",
            Failure::Reset => "reset",
            Failure::EmptyResponse => "empty-response",
            Failure::Truncated => "truncated",
            Failure::Malformed => "malformed",
            Failure::ServerError => "server-error",
            Failure::StaleConnection => "stale-connection",
            Failure::ClientGone => "client-gone",
            Failure::ClientTimeout => "client-timeout",
            Failure::ClientMalformed => "client-malformed",
            Failure::StreamReset => "stream-reset",
            Failure::StreamIdle => "stream-idle",
            Failure::Stopped => "stopped",
        }
    }

    /// What it says of the server: `Some(false)` speaks against it, `Some(true)` for it, `None` says nothing.
    pub(super) fn speaks_for_server(self, server_errors_count: bool) -> Option<bool> {
        match self {
            Failure::ConnectRefused
            | Failure::ConnectTimeout
            | Failure::ConnectFailed
            | Failure::ResponseTimeout
            | Failure::BodyTimeout
            | Failure::Reset
            | Failure::EmptyResponse
            | Failure::Truncated
            | Failure::Malformed => Some(false),
            Failure::ServerError => Some(!server_errors_count),
            Failure::StaleConnection
            | Failure::ClientGone
            | Failure::ClientTimeout
            | Failure::ClientMalformed
            | Failure::StreamReset
            | Failure::StreamIdle
            | Failure::Stopped => None,
        }
    }
}

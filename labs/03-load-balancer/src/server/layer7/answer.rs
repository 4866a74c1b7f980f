//! Answers of the balancer itself: a status and a line that says why.

use std::format;
use std::prelude::v1::*;

use kit::http1::Refusal;

use crate::server::pool::Failure;

/// A status with its reason, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    status: u16,
    why: &'static str,
}

impl Answer {
    /// The head of the request came too slowly.
    pub(super) const HEAD_TIMEOUT: Answer = Answer {
        status: 408,
        why: "the request did not come in time",
    };
    /// No server takes requests.
    pub(super) const NO_SERVER: Answer = Answer {
        status: 503,
        why: "no server takes requests now",
    };

    /// For a request that is refused.
    pub(super) fn of_refusal(refusal: Refusal) -> Answer {
        Answer {
            status: refusal.status(),
            why: refusal.reason(),
        }
    }

    /// For a request that failed.
    pub(super) fn of_failure(failure: Failure) -> Answer {
        let (status, why) = match failure {
            Failure::ConnectRefused => (502, "the server refused the connection"),
            Failure::ConnectFailed => (502, "no connection to the server"),
            Failure::ConnectTimeout => (504, "no connection to the server in time"),
            Failure::ResponseTimeout => (504, "the server did not answer in time"),
            Failure::BodyTimeout => (504, "the server's answer stalled"),
            Failure::Reset => (502, "the server reset the connection"),
            Failure::EmptyResponse => (502, "the server closed the connection without an answer"),
            Failure::Truncated => (502, "the server's answer ended too early"),
            Failure::Malformed => (502, "the server's answer is not proper HTTP"),
            Failure::ServerError => (502, "the server failed"),
            Failure::StaleConnection => {
                (502, "the server closed the connection as the request came")
            }
            Failure::ClientGone => (400, "the request ended too early"),
            Failure::ClientTimeout => (408, "the request did not come in time"),
            Failure::ClientMalformed => (400, "the request is not proper HTTP"),
            Failure::StreamReset => (502, "the server cut off the stream"),
            Failure::StreamIdle => (504, "nothing was said for a long time"),
            Failure::Stopped => (503, "the balancer stops"),
        };
        Answer { status, why }
    }

    /// As bytes. To HEAD it says how long the body would be; `closes`: it is the last on its connection.
    pub(super) fn message(self, is_head: bool, closes: bool) -> Vec<u8> {
        let Answer { status, why } = self;
        let reason = reason(status);
        let body = format!("{status} {reason}: {why}\n");
        let close = if closes { "Connection: close\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n{close}\r\n",
            body.len()
        );
        let body = if is_head { "" } else { &body };
        (head + body).into_bytes()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        408 => "Request Timeout",
        413 => "Content Too Large",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    }
}

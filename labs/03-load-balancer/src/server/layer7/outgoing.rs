//! A request on its way to a server: checked, with a head of our own, and as much of the body as came with it.

use std::prelude::v1::*;

use kit::http1::{
    BodyDecoder, Connection, Framing, HeaderSlots, Refusal, RequestHead, Version, has_token,
};

use super::cookie;
use super::forwarded::Lists;
use super::front::Front;
use super::headers::{Fate, is_named, of_request, put, put_number};
use crate::policy::hash;
use crate::server::settings::Key;

/// A request on its way.
#[derive(Debug)]
pub(super) struct Outgoing {
    /// The head as the server gets it, and what is kept of the body.
    pub(super) out: Vec<u8>,
    /// So much of `out` is written to the server.
    pub(super) sent: usize,
    /// Nothing that was written has left `out`: it can be written again.
    pub(super) is_whole: bool,
    /// Follows the client's body.
    pub(super) body: BodyDecoder,
    /// The server takes no more of it.
    pub(super) is_cut: bool,
    pub(super) is_chunked: bool,
    pub(super) is_idempotent: bool,
    pub(super) is_head: bool,
    pub(super) asks_upgrade: bool,
    pub(super) version: Version,
    pub(super) connection: Connection,
    /// For policies that keep a key on one server.
    pub(super) key: u64,
    /// What the client brought of ours.
    pub(super) cookie: Option<u64>,
    /// Bytes that were written to servers.
    pub(super) bytes_sent: u64,
}

impl Outgoing {
    /// Of the head of `end` bytes in the client's input, which is consumed together with what follows of its body.
    ///
    /// # Errors
    /// The request must not reach a server.
    pub(super) fn new(front: &mut Front, end: usize) -> Result<Outgoing, Refusal> {
        let mut slots = HeaderSlots::new();
        let head = RequestHead::parse(&front.filled()[..end], &mut slots, &front.worker.requests)?;
        let mut request = Outgoing {
            out: front.worker.output(),
            sent: 0,
            is_whole: true,
            body: BodyDecoder::new(head.framing, &front.worker.requests),
            is_cut: false,
            is_chunked: head.framing == Framing::Chunked,
            is_idempotent: head.is_idempotent(),
            is_head: head.method == "HEAD",
            // Nothing else may be switched to: inside HTTP/2, say, nobody would look at requests any more.
            asks_upgrade: head.asks_upgrade
                && head
                    .header("upgrade")
                    .is_some_and(|value| has_token(value, b"websocket")),
            version: head.version,
            connection: head.connection,
            key: key(&head, front),
            cookie: None,
            bytes_sent: 0,
        };
        request.put_head(&head, front);
        front.consume(end);
        request.take_body(front)?;
        Ok(request)
    }

    fn put_head(&mut self, head: &RequestHead, front: &Front) {
        let out = &mut self.out;
        for part in [head.method, " ", head.path, " HTTP/1.1\r\n"] {
            out.extend_from_slice(part.as_bytes());
        }
        // HTTP/1.0 may name no host; HTTP/1.1 must.
        put(
            "Host",
            head.host.unwrap_or(front.origin.reached()).as_bytes(),
            out,
        );
        let cookie_name = &front.worker.shared.settings.cookie.name;
        let mut lists = Lists::default();
        for header in head.headers {
            match of_request(header.name) {
                Fate::Dropped => {}
                _ if head.connection.names_others && is_named(head.headers, header.name) => {}
                Fate::Passed => put(header.name, header.value, out),
                Fate::Extended(list) => lists.note(list),
                Fate::Cookie => match cookie::value(header.value, cookie_name) {
                    None => put(header.name, header.value, out),
                    Some(value) => {
                        self.cookie = cookie::number(value);
                        cookie::put_without(header.value, cookie_name, out);
                    }
                },
            }
        }
        match head.framing {
            Framing::Length(length) => {
                out.extend_from_slice(b"Content-Length: ");
                put_number(length, out);
                out.extend_from_slice(b"\r\n");
            }
            Framing::Chunked => put("Transfer-Encoding", b"chunked", out),
            _ => {}
        }
        if head.expects_continue {
            put("Expect", b"100-continue", out);
        }
        if self.asks_upgrade {
            put("Connection", b"upgrade", out);
            put("Upgrade", b"websocket", out);
        }
        front.origin.put(head, lists, out);
        out.extend_from_slice(b"\r\n");
    }

    /// Whether the client may send another request on this connection.
    pub(super) fn client_persists(&self) -> bool {
        self.connection.persists(self.version) && self.body.is_complete()
    }
}

/// What the policy knows the request by.
fn key(head: &RequestHead, front: &Front) -> u64 {
    let value = match &front.worker.shared.settings.key {
        Key::Client => None,
        Key::Target => Some(head.path.as_bytes()),
        Key::Path => head.path.as_bytes().split(|byte| *byte == b'?').next(),
        Key::Header(name) => head.header(name),
        Key::Cookie(name) => head
            .header("cookie")
            .and_then(|line| cookie::value(line, name)),
    };
    value.map_or(front.client_key, hash::bytes)
}

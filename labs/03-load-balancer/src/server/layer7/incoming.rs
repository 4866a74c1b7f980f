//! An answer on its way to the client: checked, with a head of our own, and as much of the body as came with it.

use std::prelude::v1::*;

use kit::http1::{
    BodyDecoder, Framing, HeaderSlots, Refusal, ResponseHead, Version, put_chunk, put_last_chunk,
};

use super::cookie;
use super::headers::{is_named, passes_back, put, put_number};
use super::outgoing::Outgoing;
use super::server::Server;
use super::worker::Worker;

/// An answer on its way.
#[derive(Debug)]
pub(super) struct Incoming {
    /// What the client gets next: the head, chunks.
    pub(super) out: Vec<u8>,
    /// So much of `out` is written to the client.
    pub(super) written: usize,
    /// So many bytes at the start of the server's input are data that go to the client as they are, after `out`.
    pub(super) plain: usize,
    /// Follows the server's body.
    pub(super) body: BodyDecoder,
    pub(super) is_chunked: bool,
    pub(super) status: u16,
    /// The server reads another request after this.
    pub(super) server_persists: bool,
    /// The client's connection ends with this answer.
    pub(super) closes: bool,
    /// Bytes that were written to the client.
    pub(super) bytes_written: u64,
}

/// What a head turned out to be.
#[derive(Debug)]
pub(super) enum Head {
    /// 1xx: as the client gets it; another head follows.
    Interim(Vec<u8>),
    /// The answer.
    Final(Incoming),
}

impl Head {
    /// Of the head of `end` bytes in the server's input, which is consumed together with what follows of its body.
    ///
    /// # Errors
    /// It must not reach the client.
    pub(super) fn new(
        worker: &Worker,
        request: &Outgoing,
        (server, end): (&mut Server, usize),
        cookie_to_set: Option<u64>,
    ) -> Result<Head, Refusal> {
        let mut slots = HeaderSlots::new();
        let head = ResponseHead::parse(&server.filled()[..end], &mut slots, &worker.responses)?;
        let mut out = worker.output();
        if head.is_interim() {
            put_head(&head, &mut out);
            out.extend_from_slice(b"\r\n");
            worker.buffers.consume(&mut server.input, end);
            return Ok(Head::Interim(out));
        }
        let framing = head.framing_for(request.is_head);
        if framing == Framing::Upgrade && !request.asks_upgrade {
            return Err(Refusal::UnaskedSwitch);
        }
        let is_11 = request.version == Version::Http11;
        let is_endless = matches!(framing, Framing::Chunked | Framing::UntilClose);
        let is_stopping = worker.shared.stopping.has_begun();
        let mut incoming = Incoming {
            out,
            written: 0,
            plain: 0,
            body: BodyDecoder::new(framing, &worker.responses),
            is_chunked: is_endless && is_11,
            status: head.status,
            server_persists: head.connection.persists(head.version)
                && !matches!(framing, Framing::UntilClose | Framing::Upgrade),
            closes: !request.client_persists() || (is_endless && !is_11) || is_stopping,
            bytes_written: 0,
        };
        put_head(&head, &mut incoming.out);
        incoming.put_framing(&head, framing);
        if let Some(cookie) = cookie_to_set {
            cookie::put_set(cookie, &worker.shared.settings.cookie, &mut incoming.out);
        }
        incoming.put_connection(request, framing);
        incoming.out.extend_from_slice(b"\r\n");
        worker.buffers.consume(&mut server.input, end);
        incoming.take_first(worker, server)?;
        Ok(Head::Final(incoming))
    }
}

impl Incoming {
    fn put_framing(&mut self, head: &ResponseHead, framing: Framing) {
        let out = &mut self.out;
        match framing {
            Framing::Length(length) => {
                out.extend_from_slice(b"Content-Length: ");
                put_number(length, out);
                out.extend_from_slice(b"\r\n");
            }
            // To HEAD, and with 304, it says how long the body would be.
            Framing::None if head.status != 204 => {
                if let Some(length) = head.header("content-length") {
                    put("Content-Length", length, out);
                }
            }
            _ if self.is_chunked => put("Transfer-Encoding", b"chunked", out),
            _ => {}
        }
    }

    fn put_connection(&mut self, request: &Outgoing, framing: Framing) {
        let out = &mut self.out;
        if framing == Framing::Upgrade {
            put("Connection", b"upgrade", out);
            put("Upgrade", b"websocket", out);
        } else if self.closes {
            put("Connection", b"close", out);
        } else if request.version == Version::Http10 {
            put("Connection", b"keep-alive", out);
        }
    }

    /// The part of the body that came with the head travels with it, in one write.
    fn take_first(&mut self, worker: &Worker, server: &mut Server) -> Result<(), Refusal> {
        if self.status == 101 {
            // What follows is for the tunnel.
            return Ok(());
        }
        self.take_body(worker, server)?;
        let plain = self.plain;
        self.out.extend_from_slice(&server.filled()[..plain]);
        self.plain = 0;
        worker.buffers.consume(&mut server.input, plain);
        Ok(())
    }

    /// Looks at what has come of the body. Afterwards `out` or `plain` have something, or more has to come.
    ///
    /// # Errors
    /// Chunks that are none.
    pub(super) fn take_body(
        &mut self,
        worker: &Worker,
        server: &mut Server,
    ) -> Result<(), Refusal> {
        while self.plain == 0 && server.input.is_some() && !self.body.is_complete() {
            let filled = server.filled();
            let step = self.body.step(filled)?;
            if self.is_chunked || step.consumed != step.data.len() {
                self.put_data(&filled[step.data.clone()]);
                worker.buffers.consume(&mut server.input, step.consumed);
            } else {
                self.plain = step.data.len();
            }
            if step.is_end && self.is_chunked {
                put_last_chunk(&mut self.out);
            }
        }
        Ok(())
    }

    fn put_data(&mut self, data: &[u8]) {
        if self.is_chunked {
            put_chunk(data, &mut self.out);
        } else {
            self.out.extend_from_slice(data);
        }
    }

    /// The server has closed: the end of a body that has no other.
    ///
    /// # Errors
    /// The body had another end.
    pub(super) fn end(&mut self) -> Result<(), Refusal> {
        self.body.end_of_input()?;
        if self.is_chunked {
            put_last_chunk(&mut self.out);
        }
        self.body = BodyDecoder::new(Framing::None, &kit::http1::Limits::default());
        Ok(())
    }

    /// Whether all of it is written.
    pub(super) fn is_written(&self) -> bool {
        self.body.is_complete() && self.plain == 0 && self.written == self.out.len()
    }
}

fn put_head(head: &ResponseHead, out: &mut Vec<u8>) {
    out.extend_from_slice(b"HTTP/1.1 ");
    put_number(u64::from(head.status), out);
    out.extend_from_slice(b" ");
    out.extend_from_slice(head.reason.as_bytes());
    out.extend_from_slice(b"\r\n");
    for header in head.headers {
        let is_named = head.connection.names_others && is_named(head.headers, header.name);
        if passes_back(header.name) && !is_named {
            put(header.name, header.value, out);
        }
    }
}

//! Who asked, and through whom: X-Forwarded-For, X-Forwarded-Proto, Forwarded and Via.
//!
//! Lists that a request brings are kept and added to at their end, as nginx, haproxy and Envoy do; a server that wants to
//! know a client for certain counts from the right. With `forwarded.trusted` in the settings, only lists of those proxies are
//! kept. X-Forwarded-Proto is believed of those alone; otherwise it says what was spoken here.

use std::net::{IpAddr, SocketAddr};
use std::prelude::v1::*;

use kit::http1::{Header, RequestHead, Version};

use super::headers::{Extended, Fate, of_request};
use crate::server::settings::ForwardedSettings;
use crate::server::shared::Client;

/// The name in `Via`. Pseudonyms are allowed there, so that no address is told.
const PSEUDONYM: &str = "lab-03";

/// What is told of one client; the same for all requests of a connection.
#[derive(Debug)]
pub(super) struct Origin {
    address: Box<str>,
    reached: Box<str>,
    keeps_lists: bool,
    believes_scheme: bool,
}

impl Origin {
    pub(super) fn new(client: &Client, settings: &ForwardedSettings) -> Origin {
        let is_trusted = settings.trusted.contains(&ip(client.peer));
        Origin {
            address: ip(client.address).to_string().into_boxed_str(),
            reached: client.reached.to_string().into_boxed_str(),
            keeps_lists: is_trusted || settings.trusted.is_empty(),
            believes_scheme: is_trusted,
        }
    }

    /// Where the client connected to: the host of those that name none.
    pub(super) fn reached(&self) -> &str {
        &self.reached
    }

    /// Appends the lines; `lists` says which of them the request has already.
    pub(super) fn put(&self, head: &RequestHead, lists: Lists, out: &mut Vec<u8>) {
        out.extend_from_slice(b"X-Forwarded-For: ");
        self.put_list(head, (Extended::ForwardedFor, lists.forwarded_for), out);
        out.extend_from_slice(self.address.as_bytes());
        out.extend_from_slice(b"\r\nX-Forwarded-Proto: ");
        let said = self
            .believes_scheme
            .then(|| head.header("x-forwarded-proto"))
            .flatten();
        let scheme = said
            .filter(|scheme| matches!(*scheme, b"http" | b"https"))
            .unwrap_or(b"http");
        out.extend_from_slice(scheme);
        out.extend_from_slice(b"\r\nForwarded: ");
        self.put_list(head, (Extended::Forwarded, lists.forwarded), out);
        self.put_forwarded(head.host, out);
        out.extend_from_slice(b"\r\nVia: ");
        if lists.via {
            put_values(head.headers, Extended::Via, out);
        }
        let version = if head.version == Version::Http10 {
            "1.0 "
        } else {
            "1.1 "
        };
        out.extend_from_slice(version.as_bytes());
        out.extend_from_slice(PSEUDONYM.as_bytes());
        out.extend_from_slice(b"\r\n");
    }

    fn put_list(&self, head: &RequestHead, (list, is_there): (Extended, bool), out: &mut Vec<u8>) {
        if is_there && self.keeps_lists {
            put_values(head.headers, list, out);
        }
    }

    fn put_forwarded(&self, host: Option<&str>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"for=");
        let is_v6 = self.address.contains(':');
        out.extend_from_slice(if is_v6 { b"\"[" } else { b"" });
        out.extend_from_slice(self.address.as_bytes());
        out.extend_from_slice(if is_v6 { b"]\"" } else { b"" });
        if let Some(host) = host {
            // A checked host has neither quotes nor backslashes.
            out.extend_from_slice(b";host=\"");
            out.extend_from_slice(host.as_bytes());
            out.extend_from_slice(b"\"");
        }
        out.extend_from_slice(b";proto=http");
    }
}

/// Which lists a request brings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lists {
    forwarded_for: bool,
    forwarded: bool,
    via: bool,
}

impl Lists {
    pub(super) fn note(&mut self, list: Extended) {
        match list {
            Extended::ForwardedFor => self.forwarded_for = true,
            Extended::Forwarded => self.forwarded = true,
            Extended::Via => self.via = true,
        }
    }
}

/// Appends the values of all lines of this list, each with a comma behind it.
fn put_values(headers: &[Header], list: Extended, out: &mut Vec<u8>) {
    let lines = headers
        .iter()
        .filter(|header| of_request(header.name) == Fate::Extended(list));
    for line in lines.filter(|line| !line.value.is_empty()) {
        out.extend_from_slice(line.value);
        out.extend_from_slice(b", ");
    }
}

/// An IPv4 address that came in an IPv6 one is told as what it is.
fn ip(address: SocketAddr) -> IpAddr {
    address.ip().to_canonical()
}

//! The requests that a framer is tried on: good ones first, then those that could smuggle another.

use super::{Body, Case};

const fn good(name: &'static str, head: &'static [u8], body: Body, lesson: &'static str) -> Case {
    Case {
        name,
        head,
        body: Some(body),
        lesson,
    }
}

const fn bad(name: &'static str, head: &'static [u8], lesson: &'static str) -> Case {
    Case {
        name,
        head,
        body: None,
        lesson,
    }
}

/// Good requests, then bad ones, from the plain to the sly. The rules are those of RFC 9112, sections 2.2, 3.2, 5.1, 5.2
/// and 6.
pub const CASES: &[Case] = &[
    good(
        "a plain GET",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        Body::None,
        "Without Content-Length and Transfer-Encoding a request has no body.",
    ),
    good(
        "a body of five bytes",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
        Body::Length(5),
        "Content-Length says how many bytes follow.",
    ),
    good(
        "a body of no bytes",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        Body::Length(0),
        "A length of 0 is a length.",
    ),
    good(
        "chunks",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        Body::Chunked,
        "Transfer-Encoding: chunked says that the body brings its own sizes.",
    ),
    good(
        "small letters and spare spaces",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length:  \t5 \r\n\r\n",
        Body::Length(5),
        "Names of headers have no case, and spaces and tabs around a value are not part of it.",
    ),
    good(
        "chunks in capitals",
        b"POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: Chunked\r\n\r\n",
        Body::Chunked,
        "Neither names of headers nor names of codings have a case.",
    ),
    good(
        "a header that only looks like one",
        b"POST / HTTP/1.1\r\nHost: a\r\nX-Content-Length: 7\r\nContent-Length: 5\r\n\r\n",
        Body::Length(5),
        "Compare whole names.",
    ),
    good(
        "an old request without Host",
        b"GET / HTTP/1.0\r\n\r\n",
        Body::None,
        "HTTP/1.0 knows no Host.",
    ),
    bad(
        "a length and chunks",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n",
        "This is the classic smuggle: who counts six bytes and who reads chunks find different ends, and what one takes for the body is the other's next request.",
    ),
    bad(
        "chunks and a length",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n",
        "The order does not matter: two answers to one question are one too many.",
    ),
    bad(
        "two lengths",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 44\r\n\r\n",
        "One server takes the first, another the last: 39 bytes are smuggled.",
    ),
    bad(
        "two lengths in one line",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n",
        "A list is not a number; servers read it differently.",
    ),
    bad(
        "a length with a sign",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
        "Rust's `parse` accepts a plus sign, HTTP knows digits only.",
    ),
    bad(
        "a length with nothing in it",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
        "Who takes this for 0 reads the body as a request.",
    ),
    bad(
        "a length in base 16",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x10\r\n\r\n",
        "Digits only: one server stops at the x and finds 0, another finds 16.",
    ),
    bad(
        "a length that no machine can hold",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\n",
        "With 64 bits that wraps round to 1 for somebody who does not check.",
    ),
    bad(
        "a coding that is not known",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "Who skips it sees no body, who searches for `chunked` in it sees chunks.",
    ),
    bad(
        "two codings",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "`chunked` must be the last and, for us, the only one.",
    ),
    bad(
        "chunks said twice",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n\r\n",
        "One server takes the first, another the last. Refuse the second.",
    ),
    bad(
        "chunks in HTTP/1.0",
        b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.0 knows no chunks: an old server does not look at the header and sees no body.",
    ),
    bad(
        "a space before the colon",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding : chunked\r\n\r\n",
        "Some servers trim the name and see chunks, others do not know the header. RFC 9112, 5.1: refuse.",
    ),
    bad(
        "a folded line",
        b"POST / HTTP/1.1\r\nHost: a\r\nX: 1\r\n Content-Length: 5\r\n\r\n",
        "A line that begins with a space once continued the one before; for others it is a header.",
    ),
    bad(
        "lines that end with a line feed alone",
        b"POST / HTTP/1.1\r\nHost: a\r\nX: 1\nContent-Length: 5\r\n\r\n",
        "One server sees two headers, another sees one with a strange value.",
    ),
    bad(
        "a carriage return inside a value",
        b"POST / HTTP/1.1\r\nHost: a\r\nX: 1\rContent-Length: 5\r\n\r\n",
        "A bare carriage return ends the line for some.",
    ),
    bad(
        "a zero byte",
        b"POST / HTTP/1.1\r\nHost: a\r\nX: 1\0\r\nContent-Length: 5\r\n\r\n",
        "Where text ends at a zero byte, the head ends here.",
    ),
    bad(
        "a tab of another kind before the coding",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n",
        "Only space and tab may stand around a value. Whoever trims more sees chunks, whoever does not sees an unknown coding.",
    ),
    bad(
        "a header without a colon",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length 5\r\n\r\n",
        "Skipping what one does not understand is how smuggling works.",
    ),
    bad(
        "a header without a name",
        b"POST / HTTP/1.1\r\nHost: a\r\n: 5\r\n\r\n",
        "A name has at least one letter.",
    ),
    bad(
        "no Host",
        b"GET / HTTP/1.1\r\nX: 1\r\n\r\n",
        "HTTP/1.1 wants exactly one Host: without it the server guesses which site is meant.",
    ),
    bad(
        "two Hosts",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "The balancer checks whether you may see site a, the server behind it shows site b.",
    ),
];

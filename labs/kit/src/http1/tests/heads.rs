//! Heads: a table of what is refused, and why.

use proptest::prelude::*;

use super::super::*;

fn request(bytes: &[u8]) -> Result<(Framing, Option<String>), Refusal> {
    let limits = Limits::default();
    let Some(end) = head_end(bytes, &mut Scan::default(), &limits)? else {
        return Err(Refusal::Truncated);
    };
    let mut slots = HeaderSlots::new();
    let head = RequestHead::parse(&bytes[..end], &mut slots, &limits)?;
    Ok((head.framing, head.host.map(str::to_owned)))
}

fn response(bytes: &[u8]) -> Result<(u16, Framing, bool), Refusal> {
    let limits = Limits::default();
    let Some(end) = head_end(bytes, &mut Scan::default(), &limits)? else {
        return Err(Refusal::Truncated);
    };
    let mut slots = HeaderSlots::new();
    let head = ResponseHead::parse(&bytes[..end], &mut slots, &limits)?;
    Ok((head.status, head.framing, head.persists))
}

/// A POST with these lines beside Host.
fn with(lines: &str) -> Vec<u8> {
    format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\n").into_bytes()
}

#[test]
fn a_plain_request_is_read() {
    let read = request(b"GET /path?query HTTP/1.1\r\nHost: example.com:80\r\n\r\n");
    assert_eq!(read, Ok((Framing::None, Some("example.com:80".into()))));
    assert_eq!(
        request(&with("Content-Length: 12")).unwrap().0,
        Framing::Length(12)
    );
    assert_eq!(
        request(&with("transfer-encoding:CHUNKED")).unwrap().0,
        Framing::Chunked
    );
    assert_eq!(
        request(b"GET / HTTP/1.0\r\n\r\n"),
        Ok((Framing::None, None))
    );
}

#[test]
fn targets_have_four_forms_and_three_are_served() {
    let of = |line: &str| request(format!("{line} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
    assert!(of("GET http://a/path").is_ok());
    assert!(of("GET http://A").is_ok());
    assert!(of("OPTIONS *").is_ok());
    assert_eq!(of("GET http://b/path"), Err(Refusal::HostDiffers));
    assert_eq!(of("CONNECT a:80"), Err(Refusal::Method));
    for wrong in [
        "GET *",
        "GET path",
        "GET ftp://a/",
        "GET http://",
        "GET http:///path",
        "GET http://user@a/",
        "GET /\u{e9}",
        "GET /#fragment",
        "GET http://a?query",
        "GET a:80",
    ] {
        assert_eq!(of(wrong), Err(Refusal::Target), "{wrong}");
    }
}

/// Lines of a head, and why it is refused.
const AMBIGUOUS: &[(&str, Refusal)] = {
    use Refusal::*;
    &[
        (
            "Content-Length: 1\r\nContent-Length: 2",
            ContentLengthRepeated,
        ),
        (
            "Content-Length: 1\r\nContent-Length: 1",
            ContentLengthRepeated,
        ),
        ("Content-Length: 1, 1", ContentLengthInvalid),
        ("Content-Length: 1,1", ContentLengthInvalid),
        ("Content-Length: +1", ContentLengthInvalid),
        ("Content-Length: -1", ContentLengthInvalid),
        ("Content-Length: 0x1", ContentLengthInvalid),
        ("Content-Length: 1 1", ContentLengthInvalid),
        ("Content-Length:", ContentLengthInvalid),
        ("Content-Length: 1.0", ContentLengthInvalid),
        ("Content-Length: 1_000", ContentLengthInvalid),
        ("Content-Length: \u{661}", ContentLengthInvalid),
        ("Content-Length: 18446744073709551616", ContentLengthInvalid),
        (
            "Content-Length: 99999999999999999999999",
            ContentLengthInvalid,
        ),
        ("Content-Length: 18446744073709551615", BodyTooLarge),
        (
            "Content-Length: 1\r\nTransfer-Encoding: chunked",
            TransferEncodingWithLength,
        ),
        (
            "Transfer-Encoding: chunked\r\nContent-Length: 1",
            TransferEncodingWithLength,
        ),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            TransferEncodingRepeated,
        ),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            TransferEncodingRepeated,
        ),
        ("Transfer-Encoding: identity", TransferEncodingUnknown),
        ("Transfer-Encoding: gzip, chunked", TransferEncodingUnknown),
        (
            "Transfer-Encoding: chunked, identity",
            TransferEncodingUnknown,
        ),
        ("Transfer-Encoding: chunked,", TransferEncodingUnknown),
        ("Transfer-Encoding: xchunked", TransferEncodingUnknown),
        ("Transfer-Encoding: \"chunked\"", TransferEncodingUnknown),
        ("Transfer-Encoding: chunked;a=b", TransferEncodingUnknown),
        ("Transfer-Encoding:", TransferEncodingUnknown),
        ("Transfer-Encoding : chunked", HeaderName),
        (" Transfer-Encoding: chunked", HeaderName),
        ("Transfer\u{0}-Encoding: chunked", HeaderName),
        ("Transfer-Encoding: chunked\u{0}", HeaderValue),
        ("Transfer-Encoding: \u{b}chunked", HeaderValue),
        ("A: b\r\n Transfer-Encoding: chunked", HeaderName),
        ("A: b\r\n\tfolded", HeaderName),
        ("Content-Length : 5", HeaderName),
        ("Content-Length\t: 5", HeaderName),
        ("Content Length: 5", HeaderName),
        (": 5", HeaderName),
        ("no colon", HeaderName),
        ("A: b\nContent-Length: 5", BareLineFeed),
        ("A: b\rContent-Length: 5", BareCarriageReturn),
        ("A: b\r\rContent-Length: 5", BareCarriageReturn),
        ("A: b\n\rContent-Length: 5", BareLineFeed),
        ("Host: a", HostRepeated),
        ("Host: b", HostRepeated),
        ("Expect: 200-ok", Expectation),
    ]
};

#[test]
fn framing_that_could_be_understood_in_two_ways_is_refused() {
    for (lines, refusal) in AMBIGUOUS {
        assert_eq!(request(&with(lines)), Err(*refusal), "{lines:?}");
    }
}

#[test]
fn a_host_is_one_name() {
    use Refusal::*;
    let with = |host: &str| request(format!("GET / HTTP/1.1\r\n{host}\r\n\r\n").as_bytes());
    assert_eq!(with("A: b"), Err(HostMissing));
    for right in [
        "a",
        "a.example:8080",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:80",
        "a_b",
        "a:",
    ] {
        assert!(with(&format!("Host: {right}")).is_ok(), "{right}");
    }
    for wrong in [
        "", "a b", "a,b", "a, a", "user@a", "a/b", "a\\b", "a:b", "a:123456", "[::1", "::1", "[a]",
        "a:80:80", "http://a", "a?b", "a#b", "[::1]80", "<a>", "\u{e9}",
    ] {
        assert_eq!(with(&format!("Host: {wrong}")), Err(HostInvalid), "{wrong}");
    }
}

#[test]
fn first_lines_have_three_parts_and_two_versions() {
    use Refusal::*;
    for (line, refusal) in [
        ("GET / HTTP/2.0", Version),
        ("GET / HTTP/1.2", Version),
        ("GET / HTTP/0.9", Version),
        ("GET / HTTP/1", RequestLine),
        ("GET / HTTP/1.10", RequestLine),
        ("GET / http/1.1", RequestLine),
        ("GET /", RequestLine),
        ("GET", RequestLine),
        ("GET  / HTTP/1.1", RequestLine),
        ("GET /  HTTP/1.1", RequestLine),
        (" GET / HTTP/1.1", RequestLine),
        ("GET\t/ HTTP/1.1", RequestLine),
        ("GET / HTTP/1.1 ", RequestLine),
        ("GET / a HTTP/1.1", RequestLine),
        ("G(T / HTTP/1.1", RequestLine),
        ("G\u{0}T / HTTP/1.1", RequestLine),
    ] {
        let read = request(format!("{line}\r\nHost: a\r\n\r\n").as_bytes());
        assert_eq!(read, Err(refusal), "{line:?}");
    }
    let old = b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(request(old), Err(TransferEncodingInVersion10));
}

#[test]
fn heads_have_limits() {
    let long = with(&format!("A: {}", "b".repeat(16 << 10)));
    assert_eq!(request(&long), Err(Refusal::HeadTooLarge));
    assert_eq!(request(&long[..16 << 10 | 1]), Err(Refusal::HeadTooLarge));
    let many = with(&"A: b\r\n".repeat(99).trim_end().replace("\r\n\r\n", "\r\n"));
    assert!(request(&many).is_ok());
    let too_many = with("A: b\r\n".repeat(100).trim_end());
    assert_eq!(request(&too_many), Err(Refusal::TooManyHeaders));
}

#[test]
fn responses_are_read_as_strictly() {
    use Refusal::*;
    let ok = |rest: &str| response(format!("HTTP/1.1 {rest}\r\n\r\n").as_bytes());
    assert_eq!(
        ok("200 OK\r\nContent-Length: 2"),
        Ok((200, Framing::Length(2), true))
    );
    assert_eq!(ok("200 OK"), Ok((200, Framing::UntilClose, false)));
    assert_eq!(
        ok("200\r\nTransfer-Encoding: chunked"),
        Ok((200, Framing::Chunked, true))
    );
    assert_eq!(ok("204 No Content"), Ok((204, Framing::None, true)));
    assert_eq!(
        ok("304 Not Modified\r\nContent-Length: 9"),
        Ok((304, Framing::None, true))
    );
    assert_eq!(ok("103 Early Hints"), Ok((103, Framing::None, true)));
    let close = "200 OK\r\nContent-Length: 2\r\nConnection: close";
    assert_eq!(ok(close), Ok((200, Framing::Length(2), false)));
    for (rest, refusal) in [
        (
            "200 OK\r\nContent-Length: 1\r\nContent-Length: 1",
            ContentLengthRepeated,
        ),
        (
            "200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
            TransferEncodingWithLength,
        ),
        ("200 OK\r\nTransfer-Encoding: gzip", TransferEncodingUnknown),
        ("200 OK\r\nTransfer-Encoding : chunked", HeaderName),
        ("200 OK\r\nA: b\r\n folded", HeaderName),
        ("200 OK\nA: b", BareLineFeed),
        ("20 OK", StatusLine),
        ("099 No", StatusLine),
        ("2000 OK", StatusLine),
        ("abc", StatusLine),
    ] {
        assert_eq!(ok(rest), Err(refusal), "{rest:?}");
    }
    assert_eq!(response(b"HTP/1.1 200 OK\r\n\r\n"), Err(StatusLine));
    let old = b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(response(old), Err(TransferEncodingInVersion10));
    let old = b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n";
    assert_eq!(response(old), Ok((200, Framing::Length(1), false)));
}

proptest! {
    #[test]
    fn where_a_head_is_cut_does_not_matter(
        bytes in "[a:\r\n ]{0,60}",
        cuts in proptest::collection::vec(0_usize..60, 0..6),
    ) {
        let bytes = bytes.as_bytes();
        let limits = Limits::default();
        let whole = head_end(bytes, &mut Scan::default(), &limits);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.push(bytes.len());
        cuts.sort_unstable();
        let mut scan = Scan::default();
        let steps = cuts.iter().map(|cut| head_end(&bytes[..*cut], &mut scan, &limits));
        let found = steps.into_iter().find(|step| *step != Ok(None)).unwrap_or(Ok(None));
        prop_assert_eq!(found, whole);
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let limits = Limits::default();
        let _ = RequestHead::parse(&bytes, &mut HeaderSlots::new(), &limits);
        let _ = ResponseHead::parse(&bytes, &mut HeaderSlots::new(), &limits);
    }
}

//! Both versions, whole and cut at every place, and what is none.

use std::{format, string::String};

use super::*;
use crate::server::settings::ProxyVersion;

fn complete(bytes: &[u8]) -> Header {
    match parse(bytes) {
        Ok(Parsed::Complete(header, length)) if length == bytes.len() => header,
        other => panic!("{other:?} for {:?}", String::from_utf8_lossy(bytes)),
    }
}

fn client(source: &str, destination: &str) -> Header {
    Header::Client {
        source: source.parse().unwrap(),
        destination: destination.parse().unwrap(),
    }
}

#[test]
fn a_line_names_the_client() {
    let header = complete(b"PROXY TCP4 192.0.2.1 192.0.2.2 5678 80\r\n");
    assert_eq!(header, client("192.0.2.1:5678", "192.0.2.2:80"));
    let header = complete(b"PROXY TCP6 2001:db8::1 2001:db8::2 5678 443\r\n");
    assert_eq!(header, client("[2001:db8::1]:5678", "[2001:db8::2]:443"));
    assert_eq!(complete(b"PROXY UNKNOWN\r\n"), Header::Own);
    assert_eq!(complete(b"PROXY UNKNOWN what ever 1 2\r\n"), Header::Own);
}

#[test]
fn what_is_written_is_read_again() {
    for (source, destination) in [
        ("192.0.2.1:5678", "192.0.2.2:80"),
        ("[2001:db8::1]:1", "[2001:db8::2]:65535"),
    ] {
        for version in [ProxyVersion::V1, ProxyVersion::V2] {
            let bytes = header(
                version,
                source.parse().unwrap(),
                destination.parse().unwrap(),
            );
            assert_eq!(complete(&bytes), client(source, destination));
        }
    }
    let mixed = header(
        ProxyVersion::V2,
        "192.0.2.1:5".parse().unwrap(),
        "[::1]:6".parse().unwrap(),
    );
    assert_eq!(complete(&mixed), client("[::ffff:192.0.2.1]:5", "[::1]:6"));
}

#[test]
fn the_balancers_own_connections_name_no_client() {
    for version in [ProxyVersion::V1, ProxyVersion::V2] {
        assert_eq!(complete(own_header(version)), Header::Own);
    }
}

#[test]
fn a_header_cut_anywhere_asks_for_more_and_never_for_too_much() {
    for version in [ProxyVersion::V1, ProxyVersion::V2] {
        let (source, destination) = ("192.0.2.1:5678", "192.0.2.2:80");
        let bytes = header(
            version,
            source.parse().unwrap(),
            destination.parse().unwrap(),
        );
        for cut in 0..bytes.len() {
            match parse(&bytes[..cut]) {
                Ok(Parsed::NeedsAtLeast(length)) => {
                    assert!((cut + 1..=bytes.len()).contains(&length))
                }
                other => panic!("cut at {cut}: {other:?}"),
            }
        }
        let followed = [&bytes[..], b"GET / HTTP/1.1\r\n"].concat();
        assert!(
            matches!(parse(&followed), Ok(Parsed::Complete(_, length)) if length == bytes.len())
        );
    }
}

#[test]
fn what_is_no_line_is_refused() {
    let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(107));
    let cases: [(&[u8], Mistake); 15] = [
        (b"GET / HTTP/1.1\r\n", Mistake::Signature),
        (b"PROXX", Mistake::Signature),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 5678 80\n", Mistake::Line),
        (long.as_bytes(), Mistake::Line),
        (
            b"PROXY TCP5 192.0.2.1 192.0.2.2 5678 80\r\n",
            Mistake::Fields,
        ),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 5678\r\n", Mistake::Fields),
        (
            b"PROXY TCP4 192.0.2.1 192.0.2.2 5678 80 90\r\n",
            Mistake::Fields,
        ),
        (
            b"PROXY  TCP4 192.0.2.1 192.0.2.2 5678 80\r\n",
            Mistake::Fields,
        ),
        (b"PROXY TCP4 ::1 192.0.2.2 5678 80\r\n", Mistake::Address),
        (
            b"PROXY TCP6 192.0.2.1 192.0.2.2 5678 80\r\n",
            Mistake::Address,
        ),
        (
            b"PROXY TCP4 192.0.2.01 192.0.2.2 5678 80\r\n",
            Mistake::Address,
        ),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 +678 80\r\n", Mistake::Port),
        (
            b"PROXY TCP4 192.0.2.1 192.0.2.2 05678 80\r\n",
            Mistake::Port,
        ),
        (
            b"PROXY TCP4 192.0.2.1 192.0.2.2 65536 80\r\n",
            Mistake::Port,
        ),
        (b"PROXY TCP4 192.0.2.1 192.0.2.2 1 \r\n", Mistake::Port),
    ];
    for (bytes, mistake) in cases {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(parse(bytes), Err(mistake), "{text}");
    }
}

#[test]
fn what_is_no_binary_header_is_refused() {
    let good = header(
        ProxyVersion::V2,
        "192.0.2.1:5678".parse().unwrap(),
        "192.0.2.2:80".parse().unwrap(),
    );
    let with = |place: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[place] = byte;
        parse(&bytes)
    };
    assert_eq!(with(11, b'!'), Err(Mistake::Signature));
    assert_eq!(with(12, 0x11), Err(Mistake::Command));
    assert_eq!(with(12, 0x22), Err(Mistake::Command));
    assert_eq!(with(13, 0x12), Err(Mistake::Family));
    assert_eq!(with(13, 0x21), Err(Mistake::Length), "too short for IPv6");
    assert_eq!(with(14, 0x80), Err(Mistake::Length), "32 KiB");
    assert_eq!(with(12, 0x20), Ok(Parsed::Complete(Header::Own, 28)));
    assert_eq!(
        with(15, 20),
        Ok(Parsed::NeedsAtLeast(36)),
        "extensions to come"
    );
}

#[test]
fn whatever_comes_is_a_header_a_beginning_or_a_mistake() {
    let mut random = simulation::Generator::new(1);
    let (source, destination) = ("192.0.2.1:5678", "[2001:db8::2]:80");
    for round in 0..200_000_u64 {
        let version = if round % 2 == 0 {
            ProxyVersion::V1
        } else {
            ProxyVersion::V2
        };
        let mut bytes = header(
            version,
            source.parse().unwrap(),
            destination.parse().unwrap(),
        );
        for _ in 0..random.below(4) {
            let place = random.below(bytes.len() as u64) as usize;
            match random.below(3) {
                0 => bytes[place] = random.next_u64() as u8,
                1 => bytes.insert(place, b" \r\n:9"[random.below(5) as usize]),
                _ => bytes.truncate(place.max(1)),
            }
        }
        match parse(&bytes) {
            Ok(Parsed::Complete(_, length)) => assert!((15..=bytes.len()).contains(&length)),
            Ok(Parsed::NeedsAtLeast(length)) => {
                assert!(bytes.len() < length && length <= HEADER_BYTES_MAX);
            }
            Err(_) => {}
        }
    }
}

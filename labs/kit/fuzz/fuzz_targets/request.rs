//! Any bytes as a request: no panic; where they are cut changes nothing; and what is accepted means one thing only, as a
//! reader that knows nothing of httparse finds out line by line.
#![no_main]

use kit_fuzz::http1::{BodyDecoder, Framing, HeaderSlots, Limits, RequestHead, Scan, Version, head_end};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let whole = head_end(bytes, &mut Scan::default(), &limits);
    let mut scan = Scan::default();
    let mut found = Ok(None);
    for cut in 0..=bytes.len() {
        found = head_end(&bytes[..cut], &mut scan, &limits);
        if found != Ok(None) {
            break;
        }
    }
    assert_eq!(found, whole, "a head does not depend on how it comes");
    let Ok(Some(end)) = whole else {
        return;
    };
    let mut slots = HeaderSlots::new();
    let Ok(head) = RequestHead::parse(&bytes[..end], &mut slots, &limits) else {
        return;
    };
    check_lines(&bytes[..end], &head);
    check_body(&bytes[end..], head.framing, &limits);
});

/// Reads the head again, in the most simple-minded way.
fn check_lines(bytes: &[u8], head: &RequestHead) {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let text = text.trim_start_matches("\r\n");
    assert!(
        !text.replace("\r\n", "").contains(['\r', '\n', '\0']),
        "a bare end of line"
    );
    let lines: Vec<&str> = text
        .trim_end_matches("\r\n")
        .split("\r\n")
        .skip(1)
        .collect();
    let values = |name: &str| -> Vec<&str> {
        let pairs = lines.iter().filter_map(|line| line.split_once(':'));
        pairs
            .filter(|(own, _)| own.trim() == name)
            .map(|(_, value)| value.trim())
            .collect()
    };
    let (lengths, codings, hosts) = (
        values("content-length"),
        values("transfer-encoding"),
        values("host"),
    );
    assert!(lengths.len() + codings.len() <= 1, "two framings");
    assert!(hosts.len() <= 1 && (hosts.len() == 1 || head.version == Version::Http10));
    match head.framing {
        Framing::Length(length) => assert_eq!(lengths[0].parse(), Ok(length)),
        Framing::Chunked => assert_eq!(codings, ["chunked"]),
        _ => assert!(lengths.is_empty() && codings.is_empty()),
    }
}

/// Byte by byte, a body means the same as at once.
fn check_body(bytes: &[u8], framing: Framing, limits: &Limits) {
    let decode = |size: usize| {
        let mut decoder = BodyDecoder::new(framing, limits);
        let (mut data, mut at, mut room) = (Vec::new(), 0, size.min(bytes.len()));
        while at < bytes.len() && !decoder.is_complete() {
            let step = decoder.step(&bytes[at..room])?;
            assert!(step.consumed > 0 && step.data.end <= step.consumed);
            data.extend_from_slice(&bytes[at..room][step.data]);
            at += step.consumed;
            if at == room {
                room = (room + size).min(bytes.len());
            }
        }
        Ok::<_, kit_fuzz::http1::Refusal>((data, decoder.is_complete(), at))
    };
    assert_eq!(decode(1), decode(usize::MAX / 2));
}

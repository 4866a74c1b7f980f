//! Any bytes as a response: no panic, and what is accepted has one framing.
#![no_main]

use kit_fuzz::http1::{Framing, HeaderSlots, Limits, ResponseHead, Scan, head_end};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let Ok(Some(end)) = head_end(bytes, &mut Scan::default(), &limits) else {
        return;
    };
    let mut slots = HeaderSlots::new();
    let Ok(head) = ResponseHead::parse(&bytes[..end], &mut slots, &limits) else {
        return;
    };
    assert!((100..=999).contains(&head.status));
    let named = |name: &str| {
        head.headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .count()
    };
    let (lengths, codings) = (named("content-length"), named("transfer-encoding"));
    assert!(lengths + codings <= 1, "two framings");
    match head.framing {
        Framing::Length(_) => assert_eq!(lengths, 1),
        Framing::Chunked => assert_eq!(codings, 1),
        Framing::UntilClose => assert!(lengths + codings == 0 && !head.persists),
        Framing::Upgrade => assert_eq!(head.status, 101),
        Framing::None => assert!(matches!(head.status, 100..=199 | 204 | 304)),
    }
    assert_eq!(
        head.framing_for(true) == Framing::Upgrade,
        head.status == 101
    );
});

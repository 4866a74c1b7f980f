//! Any bytes as chunks: no panic, no step that does nothing, the same data however they are cut; and data put into chunks
//! comes out again.
#![no_main]

use kit_fuzz::http1::{BodyDecoder, Framing, Limits, Refusal, put_chunk, put_last_chunk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (cut, bytes) = input;
    let cut = usize::from(cut).min(bytes.len());
    assert_eq!(decode(&[&bytes]), decode(&[&bytes[..cut], &bytes[cut..]]));
    let mut wire = Vec::new();
    put_chunk(&bytes[..cut], &mut wire);
    put_chunk(&bytes[cut..], &mut wire);
    put_last_chunk(&mut wire);
    assert_eq!(decode(&[&wire]), Ok((bytes, Some(0))));
});

/// The data, and the bytes that are left when the body is complete.
fn decode(pieces: &[&[u8]]) -> Result<(Vec<u8>, Option<usize>), Refusal> {
    let mut decoder = BodyDecoder::new(Framing::Chunked, &Limits::default());
    let (mut data, mut held, mut left) = (Vec::new(), Vec::new(), None);
    for piece in pieces {
        held.extend_from_slice(piece);
        while !held.is_empty() && !decoder.is_complete() {
            let step = decoder.step(&held)?;
            assert!(step.consumed > 0 && step.data.end <= step.consumed);
            data.extend_from_slice(&held[step.data]);
            held.drain(..step.consumed);
        }
        if decoder.is_complete() {
            left = Some(held.len());
        }
    }
    Ok((data, left))
}

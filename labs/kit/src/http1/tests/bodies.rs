//! Bodies: chunks that are taken, chunks that are refused, and every cut of both.

use proptest::prelude::*;

use super::super::*;

/// Decodes bytes that come in these pieces: the data, and the bytes that are left when the body is complete.
fn decode(framing: Framing, pieces: &[&[u8]]) -> Result<(Vec<u8>, Option<usize>), Refusal> {
    let limits = Limits {
        trailer_bytes_max: 64,
        ..Limits::default()
    };
    let mut decoder = BodyDecoder::new(framing, &limits);
    let mut data = Vec::new();
    let mut buffered: Vec<u8> = Vec::new();
    let mut left = None;
    for piece in pieces {
        buffered.extend_from_slice(piece);
        while !buffered.is_empty() && !decoder.is_complete() {
            let step = decoder.step(&buffered)?;
            data.extend_from_slice(&buffered[step.data.clone()]);
            assert!(
                step.consumed > 0,
                "a step that consumes nothing would turn for ever"
            );
            assert_eq!(step.is_end, decoder.is_complete());
            buffered.drain(..step.consumed);
        }
        if decoder.is_complete() {
            left = Some(buffered.len());
        }
    }
    Ok((data, left))
}

/// The data, and how many bytes are left behind the body.
type Meant = Result<(&'static str, usize), Refusal>;

const CHUNKED: [(&str, Meant); 45] = [
    ("0\r\n\r\n", Ok(("", 0))),
    ("5\r\nhello\r\n0\r\n\r\n", Ok(("hello", 0))),
    ("5\r\nhello\r\n0\r\n\r\nGET", Ok(("hello", 3))),
    ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", Ok(("abc", 0))),
    ("A\r\n0123456789\r\n000\r\n\r\n", Ok(("0123456789", 0))),
    (
        "a;b=c\r\n0123456789\r\n0;d=\"e f\"\r\n\r\n",
        Ok(("0123456789", 0)),
    ),
    ("0\r\nTrailer: value\r\nOther:\r\n\r\n", Ok(("", 0))),
    ("0000000000000005\r\nhello\r\n0\r\n\r\n", Ok(("hello", 0))),
    ("\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("g\r\n", Err(Refusal::ChunkSize)),
    ("-1\r\n", Err(Refusal::ChunkSize)),
    ("+5\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("0x5\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    (" 5\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5 \r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5 ;a\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("\t5\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5_0\r\n", Err(Refusal::ChunkSize)),
    (";a\r\n", Err(Refusal::ChunkSize)),
    ("5\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5\rhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5\r\rhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5\0\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    (
        "00000000000000005\r\nhello\r\n0\r\n\r\n",
        Err(Refusal::ChunkSize),
    ),
    ("ffffffffffffffffff\r\n", Err(Refusal::ChunkSize)),
    ("5;a\nb\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkExtension)),
    ("5;a\0\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkExtension)),
    ("5;a\rb\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("5\r\nhello0\r\n\r\n", Err(Refusal::ChunkEnd)),
    ("5\r\nhello\n0\r\n\r\n", Err(Refusal::ChunkEnd)),
    ("5\r\nhello\r0\r\n\r\n", Err(Refusal::ChunkEnd)),
    ("4\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkEnd)),
    ("6\r\nhello\r\n0\r\n\r\n", Err(Refusal::ChunkEnd)),
    ("5\r\nhello\r\n\r\n0\r\n\r\n", Err(Refusal::ChunkSize)),
    ("0\r\nno colon\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\nA : b\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\n A: b\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\n: b\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\nA: b\n\r\n", Err(Refusal::Trailer)),
    ("0\r\nA: b\rC: d\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\nA: \0\r\n\r\n", Err(Refusal::Trailer)),
    ("0\r\n\n", Err(Refusal::Trailer)),
    ("0\r\n\r\r\n", Err(Refusal::Trailer)),
    ("0\n\r\n", Err(Refusal::ChunkSize)),
    (
        "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        Err(Refusal::Trailer),
    ),
];

#[test]
fn chunks_mean_one_thing_wherever_they_are_cut() {
    for (bytes, meant) in CHUNKED {
        let bytes = bytes.as_bytes();
        let meant = meant.map(|(data, left)| (data.as_bytes().to_vec(), Some(left)));
        assert_eq!(
            decode(Framing::Chunked, &[bytes]),
            meant,
            "{:?}",
            bytes.escape_ascii().to_string()
        );
        for cut in 0..bytes.len() {
            let (first, rest) = bytes.split_at(cut);
            assert_eq!(
                decode(Framing::Chunked, &[first, rest]),
                meant,
                "cut at {cut}"
            );
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(Framing::Chunked, &single), meant);
    }
}

#[test]
fn chunked_bodies_have_limits() {
    let line = format!("5;{}\r\nhello\r\n", "a".repeat(300));
    assert_eq!(
        decode(Framing::Chunked, &[line.as_bytes()]),
        Err(Refusal::ChunkLineTooLarge)
    );
    let lines = format!("1;{}\r\na\r\n", "a".repeat(250)).repeat(70);
    assert_eq!(
        decode(Framing::Chunked, &[lines.as_bytes()]),
        Err(Refusal::ChunkLineTooLarge)
    );
    let trailer = format!("0\r\nA: {}\r\n\r\n", "b".repeat(64));
    assert_eq!(
        decode(Framing::Chunked, &[trailer.as_bytes()]),
        Err(Refusal::TrailerTooLarge)
    );
    let limits = Limits {
        body_bytes_max: 4,
        ..Limits::default()
    };
    let mut decoder = BodyDecoder::new(Framing::Chunked, &limits);
    assert_eq!(decoder.step(b"5\r\nhello"), Err(Refusal::BodyTooLarge));
}

#[test]
fn a_length_counts_and_an_end_ends() {
    assert_eq!(
        decode(Framing::Length(3), &[b"ab", b"cd"]),
        Ok((b"abc".to_vec(), Some(1)))
    );
    assert_eq!(decode(Framing::None, &[b"x"]), Ok((Vec::new(), Some(1))));
    assert_eq!(
        decode(Framing::UntilClose, &[b"ab", b"c"]),
        Ok((b"abc".to_vec(), None))
    );
    let limits = Limits::default();
    let ends = |framing| BodyDecoder::new(framing, &limits).end_of_input();
    assert_eq!(ends(Framing::UntilClose), Ok(()));
    assert_eq!(ends(Framing::None), Ok(()));
    assert_eq!(ends(Framing::Length(1)), Err(Refusal::Truncated));
    assert_eq!(ends(Framing::Chunked), Err(Refusal::Truncated));
}

proptest! {
    #[test]
    fn what_is_put_into_chunks_comes_out(
        pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..400), 0..6),
        cut in 0_usize..3_000,
    ) {
        let mut wire = Vec::new();
        for piece in &pieces {
            put_chunk(piece, &mut wire);
        }
        put_last_chunk(&mut wire);
        let (first, rest) = wire.split_at(cut.min(wire.len()));
        prop_assert_eq!(decode(Framing::Chunked, &[first, rest]), Ok((pieces.concat(), Some(0))));
    }

    #[test]
    fn no_cut_changes_what_chunks_mean(bytes in "[05af;\r\n: ]{0,40}", cut in 0_usize..40) {
        let bytes = bytes.as_bytes();
        let (first, rest) = bytes.split_at(cut.min(bytes.len()));
        prop_assert_eq!(decode(Framing::Chunked, &[first, rest]), decode(Framing::Chunked, &[bytes]));
    }
}

//! Changes as records of little-endian 32-bit words: kind, node, arguments. Lengths are hundredths of a user unit.

use alloc::vec::Vec;

use crate::Point;
use crate::picture::State;

/// x, y: the attribute `transform="translate(x y)"`.
pub(crate) const MOVE: u8 = 1;
/// The index of a string of classes: the attribute `class`.
pub(crate) const CLASS: u8 = 2;
/// Length in bytes, then the UTF-8 bytes, filled up to whole words: the node's text.
pub(crate) const TEXT: u8 = 3;
/// 1 or 0: the attribute `display="none"` goes or comes.
pub(crate) const SHOWN: u8 = 4;
/// The attribute `width`.
pub(crate) const WIDTH: u8 = 5;
/// The attribute `height`.
pub(crate) const HEIGHT: u8 = 6;
/// The number of points, then their x and y: the attribute `points`.
pub(crate) const POINTS: u8 = 7;

/// Appends one record for each kind of change of a node.
pub(crate) fn push_records(out: &mut Vec<u8>, node: u16, state: &State) {
    for kind in MOVE..=POINTS {
        if state.changes & (1 << kind) != 0 {
            push(out, i32::from(kind));
            push(out, i32::from(node));
            push_arguments(out, kind, state);
        }
    }
}

fn push_arguments(out: &mut Vec<u8>, kind: u8, state: &State) {
    match kind {
        MOVE => push_point(out, state.place.unwrap_or_default()),
        CLASS => push(out, i32::from(state.class)),
        TEXT => push_text(out, &state.text),
        SHOWN => push(out, i32::from(state.is_shown)),
        WIDTH => push(out, state.width.unwrap_or_default()),
        HEIGHT => push(out, state.height.unwrap_or_default()),
        _ => {
            push(out, state.points.len() as i32);
            for point in &state.points {
                push_point(out, *point);
            }
        }
    }
}

fn push(out: &mut Vec<u8>, word: i32) {
    out.extend_from_slice(&word.to_le_bytes());
}

fn push_point(out: &mut Vec<u8>, (x, y): Point) {
    push(out, x);
    push(out, y);
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push(out, text.len() as i32);
    out.extend_from_slice(text.as_bytes());
    while !out.len().is_multiple_of(4) {
        out.push(0);
    }
}

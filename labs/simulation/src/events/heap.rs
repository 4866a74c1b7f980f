//! A heap of plain 128-bit keys with four children a node: the same code for every model, whatever its events are.
//!
//! A key holds time, order of scheduling and the event's place from its high bits to its low ones, so that one
//! comparison of integers decides. Four children make the heap half as deep as two, and a node's children lie in one
//! cache line (LaMarca and Ladner, "The influence of caches on the performance of heaps", ACM Journal of Experimental
//! Algorithmics 1, 1996).

use alloc::vec::Vec;

use crate::Time;

const CHILDREN: usize = 4;
const PLACE_BITS: u32 = 24;

/// So many events have a place at once.
pub(super) const PLACES_MAX: usize = 1 << PLACE_BITS;

/// Time, order and place of one pending event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u128);

impl Key {
    /// `order` counts what was ever scheduled, up to 2⁴⁰ (a million million); `place` is below 2²⁴.
    #[inline]
    pub(super) fn new(time: Time, order: u64, place: u32) -> Key {
        let low = order << PLACE_BITS | u64::from(place);
        Key(u128::from(time.as_nanos()) << 64 | u128::from(low))
    }

    #[inline]
    pub(super) fn time(self) -> Time {
        Time::from_nanos((self.0 >> 64) as u64)
    }

    #[inline]
    pub(super) fn order(self) -> u64 {
        self.0 as u64 >> PLACE_BITS
    }

    #[inline]
    pub(super) fn place(self) -> u32 {
        self.0 as u32 & ((1 << PLACE_BITS) - 1)
    }

    /// The same event at another time.
    pub(super) fn at(self, time: Time) -> Key {
        Key::new(time, self.order(), self.place())
    }
}

/// The smallest key first.
#[derive(Debug, Clone)]
pub(super) struct Heap {
    keys: Vec<Key>,
}

impl Heap {
    pub(super) const fn new() -> Heap {
        Heap { keys: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    #[inline]
    pub(super) fn first(&self) -> Option<Key> {
        self.keys.first().copied()
    }

    /// All keys, in the heap's own order.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().copied()
    }

    pub(super) fn push(&mut self, key: Key) {
        let mut hole = self.keys.len();
        self.keys.push(key);
        while hole > 0 {
            let parent = (hole - 1) / CHILDREN;
            if self.keys[parent] <= key {
                break;
            }
            self.keys[hole] = self.keys[parent];
            hole = parent;
        }
        self.keys[hole] = key;
    }

    pub(super) fn pop(&mut self) -> Option<Key> {
        let last = self.keys.pop()?;
        let Some(first) = self.first() else {
            return Some(last);
        };
        let mut hole = 0;
        while let Some(child) = self.least_child(hole) {
            if last <= self.keys[child] {
                break;
            }
            self.keys[hole] = self.keys[child];
            hole = child;
        }
        self.keys[hole] = last;
        Some(first)
    }

    /// Where the least of a node's children stands. Which of four it is cannot be guessed, so a full family is compared
    /// without branches, in pairs.
    #[inline]
    fn least_child(&self, node: usize) -> Option<usize> {
        let begin = node * CHILDREN + 1;
        let children = self.keys.get(begin..)?;
        let Some(family) = children.first_chunk::<CHILDREN>() else {
            let least = children.iter().enumerate().min_by_key(|(_, key)| **key);
            return least.map(|(index, _)| begin + index);
        };
        let left = usize::from(family[1] < family[0]);
        let right = 2 + usize::from(family[3] < family[2]);
        let is_right = usize::from(family[right] < family[left]);
        Some(begin + left + (right - left) * is_right)
    }
}

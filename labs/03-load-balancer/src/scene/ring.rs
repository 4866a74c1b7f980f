//! The ring, as a picture: where the servers stand, which keys moved, and what each server keeps. Methods without points
//! show each server's keys in a row of their own.

use alloc::string::String;

use scene::{Picture, Words, units};

use super::keys::Keys;
use super::numbers::Numbers;
use super::shares::Shares;
use crate::snapshot;

const SIZE: (i32, i32) = (448, 306);
/// Where the right column begins and ends.
pub(super) const COLUMN: (i32, i32) = (units(284), units(442));

/// The picture of [`snapshot::Ring`].
#[derive(Debug, Clone)]
pub struct Ring {
    picture: Picture,
    keys: Keys,
    shares: Shares,
    numbers: Numbers,
    text: String,
}

impl Ring {
    /// Draws it, without servers. All ids start with `id`.
    #[must_use]
    pub fn new(id: &str, title: &str, description: &str) -> Self {
        let words = Words {
            id,
            title,
            description,
        };
        let mut picture = Picture::new(words, SIZE);
        Self {
            keys: Keys::new(&mut picture),
            shares: Shares::new(&mut picture),
            numbers: Numbers::new(&mut picture),
            text: String::new(),
            picture,
        }
    }

    /// The picture.
    #[must_use]
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    /// The picture, to take its frames.
    pub const fn picture_mut(&mut self) -> &mut Picture {
        &mut self.picture
    }

    /// Shows a moment.
    pub fn show(&mut self, now: &snapshot::Ring) {
        self.keys.show(&mut self.picture, now, &mut self.text);
        self.shares.show(&mut self.picture, now, &mut self.text);
        self.numbers.show(&mut self.picture, now, &mut self.text);
    }
}

//! Numbers that must stay within bounds, with a message that names them.

use std::{format, prelude::v1::*};

use serde::{Deserialize, Deserializer, de::Error};

/// The longest length of time that may be set: a day.
const DAY_MS: u64 = 86_400_000;

/// A number from `LEAST` to `MOST`.
pub(super) fn between<'de, const LEAST: u64, const MOST: u64, T, D>(
    deserializer: D,
) -> Result<T, D::Error>
where
    T: TryFrom<u64>,
    D: Deserializer<'de>,
{
    let number = i128::deserialize(deserializer)?;
    let inside = u64::try_from(number)
        .ok()
        .filter(|n| (LEAST..=MOST).contains(n));
    let converted = inside.and_then(|number| T::try_from(number).ok());
    converted.ok_or_else(|| {
        let advice = format!("{number} is out of bounds: write a number from {LEAST} to {MOST}");
        D::Error::custom(advice)
    })
}

/// A length of time that is not nothing: from 1 ms to a day.
pub(super) fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    between::<1, DAY_MS, u64, D>(deserializer)
}

/// A length of time that may be nothing: from 0 to a day.
pub(super) fn milliseconds_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<u64, D::Error> {
    between::<0, DAY_MS, u64, D>(deserializer)
}

/// A limit that can be left out, but not 0.
pub(super) fn at_least_one<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    between::<1, { u32::MAX as u64 }, u32, D>(deserializer).map(Some)
}

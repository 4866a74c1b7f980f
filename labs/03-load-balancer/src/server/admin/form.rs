//! What `curl -d key=value -d other=value` sends.

use std::{format, string::String, vec::Vec};

use super::Refused;

/// Keys and values.
#[derive(Debug)]
pub(super) struct Form<'a>(Vec<(&'a str, &'a str)>);

/// Reads `key=value&key=value`; only these keys may be there, each once. Nothing that belongs here needs percent signs, so
/// none are decoded.
pub(super) fn read<'a>(text: &'a str, keys: &[&str]) -> Result<Form<'a>, Refused> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for pair in text.trim().split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_new = pairs.iter().all(|(other, _)| *other != key);
        if !keys.contains(&key) || !is_new {
            let advice = format!(
                "`{key}` has no meaning here, or has been given twice. Give {}.",
                keys.join(", ")
            );
            return Err(Refused::new(400, advice));
        }
        pairs.push((key, value));
    }
    Ok(Form(pairs))
}

impl Form<'_> {
    /// The value of this key, if it was given.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs.find(|(own, _)| *own == key).map(|(_, value)| *value)
    }

    /// The value of this key.
    pub(super) fn needs(&self, key: &str) -> Result<&str, Refused> {
        self.get(key).ok_or_else(|| {
            let advice: String = format!("`{key}` is missing, as in curl -d {key}=…");
            Refused::new(400, advice)
        })
    }

    /// The number of this key, if it was given.
    pub(super) fn number(&self, key: &str) -> Result<Option<u64>, Refused> {
        let Some(text) = self.get(key) else {
            return Ok(None);
        };
        let number = text.parse().map_err(|_| {
            Refused::new(
                400,
                format!("`{key}={text}` is no number: write digits only"),
            )
        });
        number.map(Some)
    }
}

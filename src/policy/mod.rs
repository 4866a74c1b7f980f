//! The content security policy of a book's pages, and what in a book it would forbid.
//!
//! A browser enforces the policy without telling the reader; so a build finds out beforehand and names each thing.
//! Source of the rules: W3C, Content Security Policy Level 3, <https://www.w3.org/TR/CSP3/>.

mod uses;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use uses::{in_style, in_tag, in_template, of_image};

/// The policy that labbook's own pages need: everything from the site itself, and WebAssembly for live figures.
pub const OWN: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/// `content-security-policy` in `[output.labbook]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicySetting {
    /// `true`: [`OWN`]; `false`: none.
    Switch(bool),
    /// A policy of the author's.
    Text(String),
}

impl Serialize for PolicySetting {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            PolicySetting::Switch(on) => out.serialize_bool(*on),
            PolicySetting::Text(text) => out.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for PolicySetting {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<PolicySetting, D::Error> {
        value.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl Visitor<'_> for SettingVisitor {
    type Value = PolicySetting;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("`true`, `false` or a policy in quotes")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<PolicySetting, E> {
        Ok(PolicySetting::Switch(on))
    }

    /// A policy goes into a header of HTTP, which has no room for line breaks and letters beyond ASCII.
    fn visit_str<E: Error>(self, text: &str) -> Result<PolicySetting, E> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(E::custom("an empty policy: write `false` for none"));
        }
        if let Some(wrong) = text
            .chars()
            .find(|character| !character.is_ascii_graphic() && *character != ' ')
        {
            return Err(E::custom(format!(
                "`{wrong}` may not stand in a policy: write it in ASCII"
            )));
        }
        Ok(PolicySetting::Text(text))
    }
}

/// Something that a page does and that a policy may forbid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The 1-based line, in the text that the use was found in.
    pub line: usize,
    /// As a message names it: `the attribute style="…" of <img>`.
    pub shown: String,
    /// What it needs.
    pub need: Need,
}

/// What a use needs to be allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// A style in the page itself: an attribute, or an element.
    InlineStyle,
    /// A script in the page itself: an element, an `on…` attribute, a `javascript:` address.
    InlineScript,
    /// Code of a live figure's module.
    WebAssembly,
    /// A script from an address that is not the site's.
    Script(String),
    /// A style sheet from such an address.
    Style(String),
    /// An image from such an address.
    Image(String),
    /// A font, or another thing that a style sheet loads, from such an address.
    Font(String),
    /// A video, a sound or a track from such an address.
    Media(String),
    /// A page inside the page, from such an address.
    Frame(String),
    /// A plug-in's content from such an address.
    Object(String),
}

impl Need {
    /// The directives that decide, the first that a policy has being the one, and the address in question.
    fn asked(&self) -> (&'static [&'static str], Option<&str>) {
        match self {
            Need::InlineStyle => (&["style-src", "default-src"], None),
            Need::InlineScript | Need::WebAssembly => (&["script-src", "default-src"], None),
            Need::Script(address) => (&["script-src", "default-src"], Some(address)),
            Need::Style(address) => (&["style-src", "default-src"], Some(address)),
            Need::Image(address) => (&["img-src", "default-src"], Some(address)),
            Need::Font(address) => (&["font-src", "default-src"], Some(address)),
            Need::Media(address) => (&["media-src", "default-src"], Some(address)),
            Need::Frame(address) => (&["frame-src", "child-src", "default-src"], Some(address)),
            Need::Object(address) => (&["object-src", "default-src"], Some(address)),
        }
    }
}

/// A policy, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Directive to its sources, all in lower case.
    directives: BTreeMap<String, Vec<String>>,
}

impl Policy {
    /// Reads a policy as a browser does: of a directive that stands twice, the first holds.
    pub fn parse(text: &str) -> Policy {
        let mut directives = BTreeMap::new();
        for directive in text.to_lowercase().split(';') {
            let mut words = directive.split_whitespace().map(str::to_string);
            if let Some(name) = words.next() {
                directives.entry(name).or_insert_with(|| words.collect());
            }
        }
        Policy { directives }
    }

    /// Whether a page under this policy may do what `need` says.
    pub fn allows(&self, need: &Need) -> bool {
        let (directives, address) = need.asked();
        let Some(sources) = directives
            .iter()
            .find_map(|name| self.directives.get(*name))
        else {
            return true;
        };
        match address {
            None if *need == Need::WebAssembly => sources
                .iter()
                .any(|source| source == "'wasm-unsafe-eval'" || source == "'unsafe-eval'"),
            None => allows_inline(sources),
            Some(address) => sources.iter().any(|source| matches(source, address)),
        }
    }
}

/// `'unsafe-inline'` counts for nothing beside a nonce or a digest.
fn allows_inline(sources: &[String]) -> bool {
    let is_exact = |source: &String| source.starts_with("'nonce-") || source.starts_with("'sha");
    sources.iter().any(|source| source == "'unsafe-inline'") && !sources.iter().any(is_exact)
}

/// Whether one source of a directive covers an address that is not the site's: `data:…`, `https://…`, `//…`.
fn matches(source: &str, address: &str) -> bool {
    let address = address.trim().to_lowercase();
    let (scheme, rest) = match address.split_once(':') {
        Some((scheme, rest)) if !scheme.contains('/') => (scheme, rest),
        // An address without a scheme takes the page's, which for a published book is https.
        _ => ("https", address.as_str()),
    };
    let is_network = matches!(scheme, "http" | "https");
    if let Some(allowed) = source.strip_suffix(':') {
        return allowed == scheme || (allowed == "http" && scheme == "https");
    }
    if source == "*" {
        return is_network;
    }
    if !is_network || source.starts_with('\'') {
        return false;
    }
    let (wanted, source) = source
        .split_once("://")
        .map_or((None, source), |(scheme, rest)| (Some(scheme), rest));
    let fits =
        wanted.is_none_or(|wanted| wanted == scheme || (wanted == "http" && scheme == "https"));
    fits && covers(source, rest.trim_start_matches('/'))
}

/// Whether `host/path` of a source covers `host/path` of an address: `*.` stands for any names before the rest, a path that
/// ends in `/` for everything below it.
fn covers(source: &str, address: &str) -> bool {
    let (source_host, source_path) = source.split_once('/').unwrap_or((source, ""));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host_fits = match source_host.strip_prefix("*.") {
        Some(end) => host
            .strip_suffix(end)
            .is_some_and(|before| before.ends_with('.')),
        None => source_host == host,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    host_fits
        && (source_path.is_empty()
            || source_path == path
            || (source_path.ends_with('/') && path.starts_with(source_path)))
}

#[cfg(test)]
mod tests;

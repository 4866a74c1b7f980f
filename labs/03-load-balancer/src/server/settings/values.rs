//! Values that are more than a number: addresses, names of policies, keys. What is no such value is refused with a message
//! that says what would be.

use std::{
    format,
    net::{SocketAddr, ToSocketAddrs},
    prelude::v1::*,
    str::FromStr,
};

use serde::{Deserialize, Deserializer, de::Error};

use super::numbers;
use crate::{
    policy::Policy,
    server::pool::{NewServer, WEIGHT_MAX},
};

/// The address that a text names: `127.0.0.1:9001`, `[::1]:9001`, or `name:9001` as the machine resolves it now.
///
/// # Errors
/// It is none; the message says how one is written.
pub fn resolve(text: &str) -> Result<SocketAddr, String> {
    let advice =
        || format!("`{text}` is no address: write IP:PORT or NAME:PORT, as in 127.0.0.1:9001");
    let text = text.trim();
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let (name, port) = text.rsplit_once(':').ok_or_else(advice)?;
    if name.is_empty() || port.parse::<u16>().is_err() {
        return Err(advice());
    }
    let found = text.to_socket_addrs().map_err(|error| {
        format!(
            "`{name}` cannot be resolved ({error}): write an IP address, as in 127.0.0.1:{port}"
        )
    })?;
    // A name like localhost has two; servers that listen on one of them mostly chose the older kind.
    let found: Vec<SocketAddr> = found.collect();
    let preferred = found.iter().find(|address| address.is_ipv4());
    preferred.or(found.first()).copied().ok_or_else(advice)
}

pub(super) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    resolve(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// One of this machine only.
pub(super) fn admin_address<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SocketAddr>, D::Error> {
    let address = address(deserializer)?;
    check_admin(address).map(Some).map_err(D::Error::custom)
}

/// Whoever reaches the admin address may change the pool, so it must not leave the machine.
pub(in crate::server) fn check_admin(address: SocketAddr) -> Result<SocketAddr, String> {
    match address.ip().is_loopback() {
        true => Ok(address),
        false => Err(format!(
            "{address} can be reached from elsewhere: the admin address must be of this machine, as in 127.0.0.1:{}",
            address.port()
        )),
    }
}

/// One server: where it listens, and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerSettings {
    /// Where it listens.
    #[serde(deserialize_with = "address")]
    pub address: SocketAddr,
    /// How much of the work it should get, next to the others: 0 (nothing) to 256. Default 1.
    #[serde(
        default = "one",
        deserialize_with = "numbers::between::<0, { WEIGHT_MAX as u64 }, _, _>"
    )]
    pub weight: u32,
}

fn one() -> u32 {
    1
}

impl ServerSettings {
    pub(super) fn server(&self) -> NewServer {
        NewServer {
            address: self.address,
            weight: self.weight,
        }
    }
}

impl From<SocketAddr> for ServerSettings {
    /// One of weight 1.
    fn from(address: SocketAddr) -> ServerSettings {
        ServerSettings { address, weight: 1 }
    }
}

impl FromStr for ServerSettings {
    type Err = String;

    /// `ADDRESS`, or `ADDRESS=WEIGHT`.
    fn from_str(text: &str) -> Result<ServerSettings, String> {
        let (address, weight) = text.split_once('=').unwrap_or((text, "1"));
        let weight = weight
            .trim()
            .parse()
            .ok()
            .filter(|weight| *weight <= WEIGHT_MAX);
        Ok(ServerSettings {
            address: resolve(address)?,
            weight: weight.ok_or_else(|| {
                format!(
                    "`{text}`: a weight is a number from 0 to {WEIGHT_MAX}, as in 127.0.0.1:9001=3"
                )
            })?,
        })
    }
}

/// 4 or 7, as the layers of the OSI model are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    /// Passes bytes on, whatever they mean.
    Four,
    /// Reads HTTP requests.
    #[default]
    Seven,
}

impl TryFrom<u64> for Layer {
    type Error = String;

    fn try_from(number: u64) -> Result<Layer, String> {
        match number {
            4 => Ok(Layer::Four),
            7 => Ok(Layer::Seven),
            _ => Err(format!(
                "there is no layer {number} here: write 4 (passes bytes) or 7 (reads requests)"
            )),
        }
    }
}

impl FromStr for Layer {
    type Err = String;

    fn from_str(text: &str) -> Result<Layer, String> {
        let number: Option<u64> = text.parse().ok();
        Layer::try_from(number.ok_or_else(|| format!("`{text}` is no layer: write 4 or 7"))?)
    }
}

impl<'de> Deserialize<'de> for Layer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Layer, D::Error> {
        Layer::try_from(u64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The name of a policy that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyName(&'static str);

impl PolicyName {
    /// The name.
    pub fn as_str(&self) -> &'static str {
        self.0
    }

    /// The policy as it starts.
    pub fn policy(&self) -> Policy {
        Policy::named(self.0).expect("only names of policies are kept")
    }
}

impl Default for PolicyName {
    fn default() -> PolicyName {
        PolicyName("least-connections")
    }
}

impl FromStr for PolicyName {
    type Err = String;

    fn from_str(text: &str) -> Result<PolicyName, String> {
        let names = || Policy::NAMES.iter().map(|(name, _)| *name);
        names()
            .find(|name| *name == text)
            .map(PolicyName)
            .ok_or_else(|| {
                let names: Vec<&str> = names().collect();
                format!(
                    "there is no policy `{text}`: write one of {}",
                    names.join(", ")
                )
            })
    }
}

impl<'de> Deserialize<'de> for PolicyName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PolicyName, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// What a request is known by, for policies that keep it on one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// `client`: the client's IP address. All behind one router share it.
    Client,
    /// `path`: the path, without what follows a question mark.
    Path,
    /// `target`: the path with what follows a question mark.
    Target,
    /// `header:NAME`: what that header says; without it, as `client`.
    Header(String),
    /// `cookie:NAME`: what that cookie says; without it, as `client`.
    Cookie(String),
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Key, String> {
        let named = |name: &str| (!name.is_empty()).then(|| name.to_ascii_lowercase());
        let key = match text.split_once(':') {
            None if text == "client" => Some(Key::Client),
            None if text == "path" => Some(Key::Path),
            None if text == "target" => Some(Key::Target),
            Some(("header", name)) => named(name).map(Key::Header),
            Some(("cookie", name)) if !name.is_empty() => Some(Key::Cookie(name.into())),
            _ => None,
        };
        key.ok_or_else(|| {
            format!("`{text}` is no key: write client, path, target, header:NAME or cookie:NAME")
        })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

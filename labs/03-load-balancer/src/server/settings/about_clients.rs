//! The sections of the settings file about what servers are told of clients, and the cookie by which a client says its server.

use std::{net::IpAddr, prelude::v1::*};

use serde::Deserialize;

/// `[cookie]`: what the policy sticky-cookie sets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CookieSettings {
    /// Its name. Default `lab03`.
    pub name: String,
    /// Whether browsers send it over HTTPS only. Default false: this balancer speaks plain HTTP.
    pub secure: bool,
}

impl Default for CookieSettings {
    fn default() -> CookieSettings {
        CookieSettings {
            name: "lab03".into(),
            secure: false,
        }
    }
}

/// `[forwarded]`: X-Forwarded-For, Forwarded and Via.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForwardedSettings {
    /// Proxies in front whose X-Forwarded-For, X-Forwarded-Proto and Forwarded are believed; others' lists are
    /// dropped. Default: none named; every list is kept and added to, as nginx does, and servers count from the right.
    pub trusted: Vec<IpAddr>,
}

/// Versions of the PROXY protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyVersion {
    /// Nothing is sent.
    #[default]
    Off,
    /// One line of text.
    V1,
    /// Binary.
    V2,
}

/// `[proxy_protocol]`: the client's address, before the first byte of its connection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProxyProtocolSettings {
    /// Whether connections from the `trusted` must begin with it. Default false.
    pub accept: bool,
    /// Proxies in front that are believed. A connection from anybody else is taken as a client's own.
    pub trusted: Vec<IpAddr>,
    /// What servers are sent, `off`, `v1` or `v2`: on layer 4 only, as layer 7 has headers for it. Default off.
    pub send: ProxyVersion,
}

//! From addresses to a header.

use std::{
    format,
    net::{IpAddr, SocketAddr},
    vec::Vec,
};

use super::parse::SIGNATURE;
use crate::server::settings::ProxyVersion;

/// The header that tells a server of a client; empty for [`ProxyVersion::Off`]. When one address is IPv4 and the other IPv6,
/// the IPv4 one is written as IPv6 writes it (`::ffff:192.0.2.1`).
pub fn header(version: ProxyVersion, source: SocketAddr, destination: SocketAddr) -> Vec<u8> {
    let (source, destination) = same_family(source, destination);
    match version {
        ProxyVersion::Off => Vec::new(),
        ProxyVersion::V1 => line(source, destination),
        ProxyVersion::V2 => binary(source, destination),
    }
}

/// The header of a connection that is the balancer's own, such as a probe.
pub fn own_header(version: ProxyVersion) -> &'static [u8] {
    match version {
        ProxyVersion::Off => b"",
        ProxyVersion::V1 => b"PROXY UNKNOWN\r\n",
        ProxyVersion::V2 => b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0",
    }
}

fn same_family(source: SocketAddr, destination: SocketAddr) -> (SocketAddr, SocketAddr) {
    if source.is_ipv4() == destination.is_ipv4() {
        return (source, destination);
    }
    let mapped = |address: SocketAddr| match address.ip() {
        IpAddr::V4(ip) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
        IpAddr::V6(_) => address,
    };
    (mapped(source), mapped(destination))
}

fn line(source: SocketAddr, destination: SocketAddr) -> Vec<u8> {
    let family = if source.is_ipv4() { "TCP4" } else { "TCP6" };
    let (from, to) = (source.ip(), destination.ip());
    let (from_port, to_port) = (source.port(), destination.port());
    format!("PROXY {family} {from} {to} {from_port} {to_port}\r\n").into_bytes()
}

fn binary(source: SocketAddr, destination: SocketAddr) -> Vec<u8> {
    let (family, addresses_length) = if source.is_ipv4() {
        (0x11, 12_u16)
    } else {
        (0x21, 36)
    };
    let mut header = SIGNATURE.to_vec();
    header.extend([0x21, family]);
    header.extend(addresses_length.to_be_bytes());
    for address in [source, destination] {
        match address.ip() {
            IpAddr::V4(ip) => header.extend(ip.octets()),
            IpAddr::V6(ip) => header.extend(ip.octets()),
        }
    }
    for address in [source, destination] {
        header.extend(address.port().to_be_bytes());
    }
    header
}

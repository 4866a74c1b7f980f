//! Names of hosts, as they stand in Host and in absolute request targets.

use super::Refusal;

/// Checks `name`, `name:port`, `[v6]` or `[v6]:port`. Stricter than RFC 3986: no user information, no comma, not empty.
pub(super) fn check(host: &[u8]) -> Result<&str, Refusal> {
    let host = std::str::from_utf8(host).map_err(|_| Refusal::HostInvalid)?;
    let is_valid = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').is_some_and(|(address, port)| {
            address.parse::<std::net::Ipv6Addr>().is_ok()
                && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
        }),
        None => match host.split_once(':') {
            Some((name, port)) => is_name(name) && is_port(port),
            None => is_name(host),
        },
    };
    is_valid.then_some(host).ok_or(Refusal::HostInvalid)
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+;=".contains(&byte);
    !name.is_empty() && name.bytes().all(allowed)
}

fn is_port(port: &str) -> bool {
    port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
}

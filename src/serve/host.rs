//! Under which names a server answers.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::header;

/// Whether `Host` names this machine, or what the user asked for.
pub(super) fn host_is_ours(request: &Request, hostname: &str) -> bool {
    let header = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let Some(host) = header.or_else(|| request.uri().host()) else {
        return false;
    };
    let name = host
        .parse::<SocketAddr>()
        .map_or_else(|_| without_port(host), |address| address.ip().to_string());
    let loopback = name == "localhost"
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    // Bound to all addresses, the machine's own names are not known here, and the user asked for it.
    loopback || name == hostname || matches!(hostname, "0.0.0.0" | "::")
}

fn without_port(host: &str) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_matches(['[', ']']).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_port() {
        assert_eq!(without_port("LocalHost:3000"), "localhost");
        assert_eq!(without_port("[::1]:3000"), "::1");
        assert_eq!(without_port("example.org"), "example.org");
    }
}

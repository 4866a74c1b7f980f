//! Which requests are sent: paths, visitors with their cookies, GET or POST, all decided by a seed.

use std::collections::HashMap;
use std::net::SocketAddr;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_distr::Zipf;

use super::settings::{Paths, Requests};

/// Bytes of cookies that a visitor keeps, at most; what goes beyond is not kept.
const COOKIE_BYTES_MAX: usize = 4096;
/// Visitors that may hold cookies at the same time.
const VISITORS_WITH_COOKIES_MAX: usize = 100_000;

/// One request as it goes over the connection.
pub(super) struct Request {
    pub(super) bytes: Vec<u8>,
    /// Whose cookies it carries.
    pub(super) visitor: Option<u32>,
    /// Whether the connection may be used again after it.
    pub(super) keep_alive: bool,
}

/// A name and a value.
type Cookie = (Vec<u8>, Vec<u8>);

/// Makes requests, one after the other.
pub(super) struct Requester {
    settings: Requests,
    host: String,
    random: SmallRng,
    keys: Option<Zipf<f64>>,
    visitors: Option<Zipf<f64>>,
    cookies: HashMap<u32, Vec<Cookie>>,
}

impl Requester {
    pub(super) fn new(settings: Requests, target: SocketAddr, seed: u64) -> Self {
        let popularity = |count: u32, exponent: f64| {
            Zipf::new(f64::from(count), exponent)
                .expect("the settings were checked: count from 1, exponent from 0")
        };
        let keys = match &settings.paths {
            Paths::One(_) => None,
            Paths::Keys {
                count, exponent, ..
            } => Some(popularity(*count, *exponent)),
        };
        let visitors = settings
            .visitors
            .map(|visitors| popularity(visitors.count, visitors.exponent));
        Self {
            settings,
            host: target.to_string(),
            // Another stream than the arrivals', which begin with the seed itself.
            random: SmallRng::seed_from_u64(seed ^ 0x005e_ed0f_7e9e),
            keys,
            visitors,
            cookies: HashMap::new(),
        }
    }

    /// The next request.
    pub(super) fn next(&mut self) -> Request {
        let visitor = self
            .visitors
            .map(|visitors| self.random.sample(visitors) as u32);
        let is_post =
            self.settings.post_share > 0.0 && self.random.random_bool(self.settings.post_share);
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(if is_post { b"POST " } else { b"GET " });
        match &self.settings.paths {
            Paths::One(path) => bytes.extend_from_slice(path.as_bytes()),
            Paths::Keys { prefix, .. } => {
                let key = self.keys.map_or(1, |keys| self.random.sample(keys) as u64);
                bytes.extend_from_slice(prefix.as_bytes());
                bytes.extend_from_slice(key.to_string().as_bytes());
            }
        }
        bytes.extend_from_slice(b" HTTP/1.1\r\nHost: ");
        bytes.extend_from_slice(self.host.as_bytes());
        self.add_cookies(visitor, &mut bytes);
        if !self.settings.keep_alive {
            bytes.extend_from_slice(b"\r\nConnection: close");
        }
        if is_post {
            bytes.extend_from_slice(
                format!("\r\nContent-Length: {}", self.settings.post_body_bytes).as_bytes(),
            );
        }
        bytes.extend_from_slice(b"\r\n\r\n");
        if is_post {
            bytes.resize(bytes.len() + self.settings.post_body_bytes, b'x');
        }
        Request {
            bytes,
            visitor,
            keep_alive: self.settings.keep_alive,
        }
    }

    /// A visitor was given a cookie: the value of a header `Set-Cookie`.
    pub(super) fn keep_cookie(&mut self, visitor: u32, set_cookie: &[u8]) {
        let pair = set_cookie
            .split(|byte| *byte == b';')
            .next()
            .unwrap_or_default()
            .trim_ascii();
        let Some(equals) = pair.iter().position(|byte| *byte == b'=') else {
            return;
        };
        let (name, value) = (pair[..equals].to_vec(), pair[equals + 1..].to_vec());
        if self.cookies.len() >= VISITORS_WITH_COOKIES_MAX && !self.cookies.contains_key(&visitor) {
            return;
        }
        let jar = self.cookies.entry(visitor).or_default();
        jar.retain(|(other, _)| *other != name);
        let bytes: usize = jar
            .iter()
            .map(|(name, value)| name.len() + value.len())
            .sum();
        if bytes + pair.len() <= COOKIE_BYTES_MAX {
            jar.push((name, value));
        }
    }

    fn add_cookies(&self, visitor: Option<u32>, bytes: &mut Vec<u8>) {
        let Some(jar) = visitor.and_then(|visitor| self.cookies.get(&visitor)) else {
            return;
        };
        for (place, (name, value)) in jar.iter().enumerate() {
            bytes.extend_from_slice(if place == 0 { b"\r\nCookie: " } else { b"; " });
            bytes.extend_from_slice(name);
            bytes.push(b'=');
            bytes.extend_from_slice(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::settings::Visitors;

    fn requester(settings: Requests) -> Requester {
        Requester::new(settings, "127.0.0.1:80".parse().unwrap(), 1)
    }

    fn text(request: &Request) -> String {
        String::from_utf8(request.bytes.clone()).unwrap()
    }

    #[test]
    fn the_plain_request_is_a_get_with_a_host() {
        let request = requester(Requests::default()).next();
        assert_eq!(
            text(&request),
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"
        );
    }

    #[test]
    fn a_post_has_its_body_and_close_is_said_when_connections_are_not_kept() {
        let settings = Requests {
            post_share: 1.0,
            post_body_bytes: 3,
            keep_alive: false,
            ..Requests::default()
        };
        let text = text(&requester(settings).next());
        assert!(text.starts_with("POST / HTTP/1.1\r\n"), "{text}");
        assert!(
            text.ends_with("\r\nConnection: close\r\nContent-Length: 3\r\n\r\nxxx"),
            "{text}"
        );
    }

    #[test]
    fn popular_keys_come_as_often_as_zipf_says() {
        let paths = Paths::Keys {
            prefix: "/key/".to_owned(),
            count: 100,
            exponent: 1.0,
        };
        let mut requester = requester(Requests {
            paths,
            ..Requests::default()
        });
        let first = (0..10_000)
            .filter(|_| text(&requester.next()).starts_with("GET /key/1 "))
            .count();
        let harmonic: f64 = (1..=100).map(|k| 1.0 / f64::from(k)).sum();
        assert!(
            (first as f64 / 10_000.0 - 1.0 / harmonic).abs() < 0.02,
            "{first}"
        );
    }

    #[test]
    fn a_visitor_sends_its_cookies_back_and_nobody_elses() {
        let settings = Requests {
            visitors: Some(Visitors {
                count: 2,
                exponent: 0.0,
            }),
            ..Requests::default()
        };
        let mut requester = requester(settings);
        requester.keep_cookie(1, b"LAB=first; Path=/; HttpOnly");
        requester.keep_cookie(1, b"LAB=second");
        requester.keep_cookie(1, b"other=1");
        let requests: Vec<Request> = (0..50).map(|_| requester.next()).collect();
        assert!(requests.iter().any(|request| request.visitor == Some(2)));
        for request in requests {
            let has_cookies = text(&request).contains("\r\nCookie: LAB=second; other=1\r\n");
            assert_eq!(
                has_cookies,
                request.visitor == Some(1),
                "{}",
                text(&request)
            );
        }
    }
}

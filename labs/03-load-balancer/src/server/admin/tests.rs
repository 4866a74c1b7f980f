//! Who is answered, and what a change must say.

use super::*;

#[test]
fn only_names_of_this_machine_are_answered() {
    for host in [
        "localhost",
        "localhost:7103",
        "127.0.0.1:7103",
        "[::1]:7103",
        "127.8.8.8",
    ] {
        assert!(is_loopback(host), "{host}");
    }
    for host in [
        "",
        "example.org",
        "example.org:7103",
        "127.0.0.1.example.org",
        "192.0.2.1",
        "localhost.",
    ] {
        assert!(!is_loopback(host), "{host}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_advice() {
    let cases = [
        (
            "POST",
            "/servers",
            "adress=127.0.0.1:1",
            "Give address, weight",
        ),
        ("POST", "/servers", "weight=1", "`address` is missing"),
        ("POST", "/servers", "address=here", "no address"),
        (
            "POST",
            "/servers",
            "address=127.0.0.1:1&weight=900",
            "from 0 to 256",
        ),
        (
            "POST",
            "/servers",
            "address=127.0.0.1:1&weight=x",
            "write digits only",
        ),
        ("POST", "/servers/x/drain", "", "`x` is no server's id"),
        ("POST", "/servers/1/weight", "", "`weight` is missing"),
        ("POST", "/policy", "name=best", "write one of random"),
        ("POST", "/servers/1/sleep", "", "Changes are POST /servers"),
        ("DELETE", "/servers", "", "Changes are POST /servers"),
    ];
    for (method, path, body, advice) in cases {
        let refused = Change::of(method, path, body.as_bytes()).unwrap_err();
        assert!(
            refused.advice.contains(advice),
            "{path} {body}: {refused:?}"
        );
    }
}

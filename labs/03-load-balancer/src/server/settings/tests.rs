//! What a reader may write, and what is said of mistakes.

use super::*;

fn refused(text: &str) -> String {
    from_text(text, "balancer.toml").unwrap_err()
}

#[test]
fn nothing_written_is_the_defaults() {
    let settings = from_text("", "balancer.toml").unwrap();
    assert_eq!(settings, Settings::default());
    assert_eq!(settings.rules(), Rules::default());
    let retries = settings.pool().retries;
    assert_eq!(retries, BudgetRules::default());
}

#[test]
fn a_whole_file_is_read() {
    let text = r#"
        listen = "127.0.0.1:0"
        layer = 4
        policy = "maglev"
        [[servers]]
        address = "127.0.0.1:9001"
        [[servers]]
        address = "[::1]:9002"
        weight = 3
        [probes]
        kind = "tcp"
        interval_ms = 50
        timeout_ms = 20
        [proxy_protocol]
        accept = true
        trusted = ["127.0.0.1"]
        send = "v2"
    "#;
    let settings = from_text(text, "balancer.toml").unwrap();
    assert_eq!(settings.layer, Layer::Four);
    assert_eq!(settings.policy.as_str(), "maglev");
    assert_eq!(settings.servers[1].weight, 3);
    assert_eq!(settings.proxy_protocol.send, ProxyVersion::V2);
}

#[test]
fn a_mistake_is_named_with_file_line_and_advice() {
    let cases = [
        (
            "\npolcy = \"random\"",
            "balancer.toml, line 2, `polcy = \"random\"`: unknown field",
        ),
        (
            "policy = \"randm\"",
            "there is no policy `randm`: write one of random, round-robin",
        ),
        ("layer = 5", "write 4 (passes bytes) or 7 (reads requests)"),
        ("listen = \"8080\"", "`8080` is no address: write IP:PORT"),
        (
            "threads = 0",
            "0 is out of bounds: write a number from 1 to 64",
        ),
        (
            "admin = \"0.0.0.0:7003\"",
            "the admin address must be of this machine, as in 127.0.0.1:7003",
        ),
        (
            "key = \"user\"",
            "write client, path, target, header:NAME or cookie:NAME",
        ),
        (
            "[[servers]]\naddress = \"127.0.0.1:1\"\nweight = 257",
            "line 3, `weight = 257`: 257 is out of bounds",
        ),
        (
            "[timeouts]\nconnect_ms = -1",
            "line 2, `connect_ms = -1`: -1 is out of bounds",
        ),
        (
            "layer = 4\npolicy = \"sticky-cookie\"",
            "line 2, `policy = \"sticky-cookie\"`: policy: sticky-cookie needs layer = 7",
        ),
        (
            "[probes]\ntimeout_ms = 5000",
            "line 2, `timeout_ms = 5000`: probes.timeout_ms: must not be longer",
        ),
        (
            "[proxy_protocol]\naccept = true",
            "write trusted = [\"127.0.0.1\"]",
        ),
        ("listen = ", "line 1"),
    ];
    for (text, expected) in cases {
        let message = refused(text);
        assert!(message.contains(expected), "{text:?} gave: {message}");
        assert!(message.starts_with("balancer.toml"), "{message}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let message = from_file("/nowhere/balancer.toml".as_ref()).unwrap_err();
    assert!(message.starts_with("/nowhere/balancer.toml cannot be read"));
}

#[test]
fn a_server_on_the_command_line_may_have_a_weight() {
    let server: ServerSettings = "127.0.0.1:9001=3".parse().unwrap();
    assert_eq!((server.address.port(), server.weight), (9001, 3));
    assert!(
        "127.0.0.1:9001=x"
            .parse::<ServerSettings>()
            .unwrap_err()
            .contains("from 0 to 256")
    );
    assert!(
        "9001"
            .parse::<ServerSettings>()
            .unwrap_err()
            .contains("no address")
    );
    let named: ServerSettings = "localhost:9001".parse().unwrap();
    assert!(named.address.ip().is_loopback());
}

/// The file that shows readers every setting.
const SHOWN: &str = include_str!("../../../balancer.toml");

#[test]
fn the_file_that_shows_all_settings_holds_the_defaults() {
    assert_eq!(from_text(SHOWN, "balancer.toml"), Ok(Settings::default()));
}

#[test]
fn the_file_that_shows_all_settings_leaves_none_out() {
    let mut sections = vec![""];
    sections.extend(
        SHOWN
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')),
    );
    for section in sections {
        let head = if section.is_empty() {
            String::new()
        } else {
            format!("[{section}]\n")
        };
        // Whoever writes a key that is not known is told those that are.
        let message = refused(&format!("{head}unheard_of = 1"));
        let known = message.split_once("expected ").unwrap().1;
        for key in known.split('`').skip(1).step_by(2) {
            let stands = SHOWN.lines().any(|line| {
                let line = line.trim_start_matches("# ");
                line.strip_prefix(key)
                    .is_some_and(|rest| rest.starts_with(" ="))
                    || line == format!("[{key}]")
            });
            assert!(stands, "{section} has {key}");
        }
    }
}

//! Requests that could be understood in two ways.

/// What an attacker wants a server to take for a request of its own.
pub(super) const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

/// Every spelling of Content-Length that is not one number.
const LENGTHS: &[&str] = &[
    "",
    " ",
    "a",
    "+5",
    "-5",
    "-0",
    "5 5",
    "5,5",
    "5, 5",
    "5;5",
    "0x5",
    "5h",
    "5.0",
    "5e0",
    "0b1",
    "\"5\"",
    "'5'",
    "5\u{0}",
    "\u{0}5",
    "5\u{b}",
    "5\u{c}",
    "\u{a0}5",
    "\u{feff}5",
    "\u{665}",
    "18446744073709551616",
    "99999999999999999999",
    "NaN",
    "true",
    "5\t5",
    "(5)",
    "5/5",
    "%35",
    "5%20",
    "chunked",
];

/// Every spelling of Transfer-Encoding that is not `chunked`.
const CODINGS: &[&str] = &[
    "",
    " ",
    "identity",
    "gzip",
    "chunked, identity",
    "identity, chunked",
    "gzip, chunked",
    "chunked, chunked",
    "chunked,",
    ",chunked",
    "chunked;q=1",
    "chunked; a=b",
    "xchunked",
    "chunkedx",
    "chunk",
    "\"chunked\"",
    "'chunked'",
    "chunked\u{0}",
    "\u{0}chunked",
    "\u{b}chunked",
    "chunked\u{b}",
    "chunked\u{c}",
    "\u{a0}chunked",
    "chun\u{0}ked",
    "chunKed x",
    "[chunked]",
    "chunked chunked",
    "chunked\t,identity",
    "cow",
    "deflate",
    "compress, chunked",
    "tr\u{fc}nked",
];

/// Names that are nearly one, with something around or inside them.
fn bent(name: &str) -> Vec<String> {
    let (front, back) = name.split_at(4);
    vec![
        format!("{name} "),
        format!("{name}\t"),
        format!(" {name}"),
        format!("\t{name}"),
        format!("{front} {back}"),
        format!("{name}\u{0}"),
        format!("\u{0}{name}"),
        format!("{front}\u{0}{back}"),
        format!("{name}\u{b}"),
        format!("{name}("),
        format!("\"{name}\""),
        format!("{name};a"),
        format!("{name}\u{e9}"),
        format!("X: y\r\n {name}"),
        format!("X: y\r\n\t{name}"),
    ]
}

/// Ends of line that are none.
const ENDS: &[&str] = &["\n", "\r", "\r\r\n", "\n\r", "\r\n\n", "\n\r\n", "\r\r"];

/// Requests with a second one inside, for a server that understands the first another way than we do.
pub(super) fn table() -> Vec<String> {
    let mut table = Vec::new();
    let mut add = |lines: &str| {
        table.push(format!(
            "POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\n0\r\n\r\n{HIDDEN}"
        ))
    };
    for length in LENGTHS {
        add(&format!("Content-Length: {length}"));
        add(&format!("Content-Length: 5\r\nContent-Length: {length}"));
        add(&format!(
            "Content-Length: {length}\r\nTransfer-Encoding: chunked"
        ));
    }
    for coding in CODINGS {
        add(&format!("Transfer-Encoding: {coding}"));
        add(&format!(
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: {coding}"
        ));
        add(&format!("Transfer-Encoding: {coding}\r\nContent-Length: 5"));
    }
    for name in bent("Transfer-Encoding") {
        add(&format!("Content-Length: 5\r\n{name}: chunked"));
        add(&format!("{name}: chunked"));
    }
    for name in bent("Content-Length") {
        add(&format!("{name}: 5"));
        add(&format!("Content-Length: 5\r\n{name}: 6"));
    }
    for name in bent("Host") {
        add(&format!("{name}: b"));
    }
    for end in ENDS {
        add(&format!("A: b{end}Content-Length: 5"));
        add(&format!("Content-Length: 5{end}A: b"));
        add(&format!("Transfer-Encoding: chunked{end}A: b"));
    }
    for lines in [
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\ncontent-length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 0",
        "Host: a",
        "Host: b",
        "host: a",
        "Host:",
        "Expect: 100-continue, other",
        "no colon at all",
        ": no name",
        "A\u{7f}: b",
        "A: \u{7f}",
        "A: \u{1}",
    ] {
        add(lines);
    }
    table.extend(first_lines());
    table.extend(bodies());
    table
}

/// First lines that are none, or that another reader might split elsewhere.
const FIRST_LINES: &[&str] = &[
    "GET /",
    "GET / HTTP/1.1 ",
    "GET  / HTTP/1.1",
    " GET / HTTP/1.1",
    "GET /  HTTP/1.1",
    "GET / HTTP/1.1\u{0}",
    "GET\t/\tHTTP/1.1",
    "GET / HTTP/2.0",
    "GET / HTTP/1.2",
    "GET / HTTP/0.9",
    "GET / HTTP/11",
    "GET / HTTP/1.1.1",
    "GET / HTTP/01.1",
    "GET / HTTP/1.01",
    "GET / http/1.1",
    "GET / XTTP/1.1",
    "GET / HTTP /1.1",
    "GET /a b HTTP/1.1",
    "GET /\u{0} HTTP/1.1",
    "GET /\u{7f} HTTP/1.1",
    "GET /\u{e9} HTTP/1.1",
    "GET /#a HTTP/1.1",
    "GET a HTTP/1.1",
    "GET * HTTP/1.1",
    "GET a:80 HTTP/1.1",
    "CONNECT a:80 HTTP/1.1",
    "GET http://b/ HTTP/1.1",
    "GET http:// HTTP/1.1",
    "GET http://a@a/ HTTP/1.1",
    "GET https://a/ HTTP/1.1",
    "GET http:/a HTTP/1.1",
    "G(T / HTTP/1.1",
    "G\u{0}T / HTTP/1.1",
    "GET, / HTTP/1.1",
    "\"GET\" / HTTP/1.1",
    "\u{e9} / HTTP/1.1",
    "GET / HTTP/1.1, HTTP/1.1",
];

/// Hosts that are no single name.
const HOSTS: &[&str] = &[
    "",
    "a b",
    "a,b",
    "a@b",
    "a/b",
    "a\\b",
    "a:b",
    "[::1",
    "::1",
    "a?b",
    "a#b",
    "a:1:2",
    "\u{e9}",
    "a\u{0}",
    "a;b\u{7f}",
    "<a>",
];

fn first_lines() -> Vec<String> {
    let mut table: Vec<String> = FIRST_LINES
        .iter()
        .map(|line| format!("{line}\r\nHost: a\r\n\r\n{HIDDEN}"))
        .collect();
    for end in ENDS {
        table.push(format!("GET / HTTP/1.1{end}Host: a\r\n\r\n{HIDDEN}"));
        table.push(format!("GET / HTTP/1.1\r\nHost: a{end}\r\n{HIDDEN}"));
    }
    for host in HOSTS {
        table.push(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n{HIDDEN}"));
    }
    table.push(format!("GET / HTTP/1.1\r\n\r\n{HIDDEN}"));
    table.push(format!("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n{HIDDEN}"));
    table.push(format!("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n{HIDDEN}"));
    table.push(format!(
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}"
    ));
    table
}

/// Chunks that are none, behind a proper head.
fn bodies() -> Vec<String> {
    let sizes = [
        "",
        " ",
        "g",
        "-1",
        "+1",
        "0x1",
        " 1",
        "1 ",
        "\t1",
        "1\t",
        "1 ;a",
        "1,1",
        "1.0",
        "1\u{0}",
        "\u{0}1",
        "1;\u{0}",
        "1;a\u{7f}",
        "1;\u{b}",
        "ffffffffffffffff1",
        "00000000000000001",
        "1\r",
        "1;a\r",
        ";a",
        "_1",
        "1_0",
        "\u{661}",
        "1\"",
        "(1)",
    ];
    let mut bodies: Vec<String> = sizes
        .iter()
        .map(|size| format!("{size}\r\na\r\n0\r\n\r\n"))
        .collect();
    for end in ENDS {
        bodies.push(format!("1{end}a\r\n0\r\n\r\n"));
        bodies.push(format!("1;b{end}a\r\n0\r\n\r\n"));
        bodies.push(format!("1\r\na{end}0\r\n\r\n"));
        bodies.push(format!("0{end}\r\n"));
    }
    for rest in [
        "2\r\na\r\n0\r\n\r\n",
        "0\r\nno colon\r\n\r\n",
        "0\r\nA : b\r\n\r\n",
        "0\r\n A: b\r\n\r\n",
        "0\r\n\n",
        "1\r\nab\r\n0\r\n\r\n",
    ] {
        bodies.push(rest.to_owned());
    }
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    bodies
        .iter()
        .map(|body| format!("{head}{body}{HIDDEN}"))
        .collect()
}

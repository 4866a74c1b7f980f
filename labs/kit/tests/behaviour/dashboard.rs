//! The dashboard over real sockets: its page, its stream, its pokes, and whom it refuses.

use std::net::SocketAddr;

use kit::dashboard::{self, Board, Happening, Page, Seen};
use scene::control::{Choice, Control, Kind};
use scene::{Label, Picture, Setting, Words, units};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// No wait of a test lasts longer: what hangs fails.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A board with one number.
struct Number {
    picture: Picture,
    label: Label,
    value: i32,
    words: String,
    log: Vec<Happening>,
}

const CONTROLS: &[Control] = &[Control {
    name: "stop",
    label: "Stopped <servers>",
    kind: Kind::Several {
        options: &[
            Choice {
                value: "1",
                label: "1",
            },
            Choice {
                value: "2",
                label: "2",
            },
        ],
        default: 0,
    },
}];

impl Board for Number {
    fn controls(&self) -> &'static [Control] {
        CONTROLS
    }

    fn value(&self, _control: usize) -> i32 {
        self.value
    }

    fn set(&mut self, _control: usize, value: i32) {
        self.value = value;
        self.log.push(Happening {
            at_ms: 1_250,
            what: format!("set to {value} & kept"),
        });
    }

    fn look(&mut self) -> Seen {
        let text = format!("value {}", self.value);
        self.label.set(&mut self.picture, &text);
        Seen {
            summary: format!("The {text}.{}", self.words),
            table: format!("Now\nName\tValue\nvalue\t{}", self.value),
            log: self.log.clone(),
            ..Seen::default()
        }
    }

    fn picture(&mut self) -> &mut Picture {
        &mut self.picture
    }
}

/// A dashboard that runs until this is dropped.
struct Running {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

async fn start() -> Running {
    start_with(String::new()).await
}

/// A dashboard that also says these words.
async fn start_with(said: String) -> Running {
    let words = Words {
        id: "board",
        title: "A number",
        description: "A number.",
    };
    let mut picture = Picture::new(words, (100, 50));
    let setting = Setting::words((units(5), units(20)), units(90));
    let label = Label::new(&mut picture, "value", setting, "");
    let board = Number {
        label,
        picture,
        value: 0,
        words: said,
        log: Vec::new(),
    };
    let page = Page {
        lab: "lab-42".into(),
        title: "Numbers & more".into(),
        pokes: vec!["Try `stop`.".into()],
        listening: vec![("service".into(), "http://127.0.0.1:8042/".into())],
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async {
        stopped.await.ok();
    };
    tokio::spawn(dashboard::run(listener, page, (board, stopped)));
    Running {
        address,
        _stop: stop,
    }
}

impl Running {
    /// What a whole request is answered with.
    async fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it reads");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .await
            .expect("it answers");
        answer
    }

    async fn get(&self, path: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        self.ask(&request).await
    }

    async fn poke(&self, headers: &str, body: &str) -> String {
        let length = body.len();
        let request = format!(
            "POST /set HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}",
            self.address
        );
        self.ask(&request).await
    }

    /// Opens the stream of events.
    async fn listen(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        let request = format!(
            "GET /events HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it reads");
        stream
    }
}

/// Reads until the text has come, and gives all that came.
async fn read_until(stream: &mut TcpStream, text: &str) -> String {
    let mut come = Vec::new();
    loop {
        let read = stream.read_buf(&mut come).await.expect("it goes on");
        let so_far = String::from_utf8_lossy(&come);
        if so_far.contains(text) {
            return so_far.into_owned();
        }
        assert!(read > 0, "the stream ended: {so_far}");
    }
}

#[tokio::test]
async fn the_page_is_whole_without_scripts() {
    let page = start().await.get("/").await;
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    for part in [
        "<title>Numbers &amp; more · lab 42</title>",
        "<svg id=\"board-picture\"",
        ">value 0</text>",
        "The value 0.",
        "<caption>Now</caption>",
        "<svg id=\"latencies-picture\"",
        "Stopped &lt;servers&gt;",
        "Try <code>stop</code>.",
        "<a href=\"http://127.0.0.1:8042/\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn nothing_in_the_page_needs_more_than_its_policy_allows() {
    let dashboard = start().await;
    let page = dashboard.get("/").await;
    assert!(
        page.contains("content-security-policy: default-src 'self';"),
        "{page}"
    );
    assert!(
        !page.contains("style=") && !page.contains("<style"),
        "{page}"
    );
    let listens = |word: &str| word.starts_with("on") && word.contains("=\"");
    assert!(!page.split_whitespace().any(listens), "{page}");
    let after = page.match_indices("<script").map(|(at, _)| &page[at..]);
    for script in after {
        assert!(script.starts_with("<script src=\"/"), "{script}");
    }
    for path in [
        "/dashboard.css",
        "/dashboard.js",
        "/favicon.svg",
        "/inter.woff2",
    ] {
        let head = dashboard
            .ask(&format!(
                "HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            ))
            .await;
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    }
}

#[tokio::test]
async fn every_control_stands_in_the_page_as_a_line_for_a_terminal_that_works() {
    let dashboard = start().await;
    let page = dashboard.get("/").await;
    let line = format!(
        "curl -X POST -H 'X-Lab: 1' -d stop=2 {}/set",
        dashboard.address
    );
    assert!(page.contains(&line), "{line}: {page}");
    let answer = dashboard.poke("X-Lab: 1\r\n", "stop=2").await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("stop=2\n"),
        "{answer}"
    );
    let state = dashboard.get("/state").await;
    assert!(state.contains("\"controls\":{\"stop\":\"2\"}"), "{state}");
    let page = dashboard.get("/").await;
    assert!(
        page.contains(">value 2</text>") && page.contains("set to 2 &amp; kept"),
        "{page}"
    );
}

#[tokio::test]
async fn a_poke_that_can_not_be_says_what_there_is() {
    let dashboard = start().await;
    for (body, says) in [
        ("halt=2", "there is no control `halt`; there are stop"),
        (
            "stop=3",
            "there is no stop=3: write stop= and none, or, joined by +, any of 1, 2",
        ),
        ("stop", "as in stop=2"),
    ] {
        let answer = dashboard.poke("X-Lab: 1\r\n", body).await;
        assert!(
            answer.starts_with("HTTP/1.1 400") && answer.contains(says),
            "{answer}"
        );
    }
    let long = "x".repeat(2_000);
    let answer = dashboard.poke("X-Lab: 1\r\n", &long).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let state = dashboard.get("/state").await;
    assert!(state.contains("\"stop\":\"none\""), "{state}");
}

#[tokio::test]
async fn other_sites_can_neither_poke_nor_listen() {
    let dashboard = start().await;
    for headers in [
        "",
        "X-Lab: 2\r\n",
        "X-Lab: 1\r\nSec-Fetch-Site: cross-site\r\n",
    ] {
        let answer = dashboard.poke(headers, "stop=2").await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{headers}: {answer}");
    }
    let answer = dashboard
        .ask("GET /events HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n")
        .await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let dashboard = start().await;
    for (host, status) in [
        ("Host: 127.0.0.1:7003\r\n", 200),
        ("Host: LOCALHOST\r\n", 200),
        ("Host: [::1]:7003\r\n", 200),
        ("Host: example.org\r\n", 421),
        ("Host: localhost.example.org:7003\r\n", 421),
        ("Host: 192.168.0.1\r\n", 421),
        ("Host: localhost\r\nHost: example.org\r\n", 421),
    ] {
        let answer = dashboard
            .ask(&format!(
                "GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
            ))
            .await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{host}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_page_that_listens_gets_the_picture_first_and_then_what_changes() {
    let dashboard = start().await;
    let mut stream = dashboard.listen().await;
    let first = read_until(&mut stream, "event: news").await;
    assert!(first.contains("event: picture"), "{first}");
    assert!(
        first.contains(r#"\"board-picture\""#) && first.contains("board-value"),
        "{first}"
    );
    dashboard.poke("X-Lab: 1\r\n", "stop=1+2").await;
    let next = read_until(&mut stream, "[\"stop\",\"1+2\"]").await;
    assert!(next.contains("event: frame"), "{next}");
}

#[tokio::test]
async fn no_more_than_sixteen_pages_listen_and_one_that_leaves_makes_room() {
    let dashboard = start().await;
    let mut open = Vec::new();
    for _ in 0..16 {
        let mut stream = dashboard.listen().await;
        read_until(&mut stream, "event: picture").await;
        open.push(stream);
    }
    let mut refused = dashboard.listen().await;
    read_until(&mut refused, "HTTP/1.1 503").await;
    drop(open);
    loop {
        let mut again = dashboard.listen().await;
        if read_until(&mut again, "\r\n")
            .await
            .starts_with("HTTP/1.1 200")
        {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_page_that_does_not_read_is_let_go_and_others_go_on() {
    // More than sockets' buffers hold.
    let dashboard = start_with("a long sentence ".repeat(8_000)).await;
    let mut slow = dashboard.listen().await;
    read_until(&mut slow, "event: picture").await;
    for value in ["1", "2"].iter().cycle().take(200) {
        let answer = dashboard
            .poke("X-Lab: 1\r\n", &format!("stop={value}"))
            .await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let mut rest = Vec::new();
    let end = tokio::time::timeout(PATIENCE, slow.read_to_end(&mut rest)).await;
    end.expect("it was let go").expect("its end comes");
    let mut other = dashboard.listen().await;
    read_until(&mut other, "event: picture").await;
}

//! The stream of events over real sockets: who gets what, who may listen, and what listeners cost.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use labbook::build::{Purpose, build};
use labbook::live::{Live, absolute};
use labbook::serve::{Served, bind, run as answer};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

use crate::harness::Book;

/// A test that waits longer has failed.
const LONG: Duration = Duration::from_secs(30);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn book() -> Book {
    Book::with("# One\n\nFirst words.\n")
        .file("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n")
        .file("src/two.md", "# Two\n\nSecond words.\n")
}

/// Serves a book on a free port; its address.
async fn serve(live: &Live) -> String {
    let listener = bind("127.0.0.1", 0).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let served = Arc::new(Served::new(live.state(), None, "127.0.0.1"));
    tokio::spawn(answer(listener, served, std::future::pending()));
    address
}

/// An open page that listens.
struct Page {
    lines: BufReader<TcpStream>,
}

impl Page {
    /// Opens a stream that goes on from the newest state.
    async fn open(address: &str, path: &str, live: &Live) -> Page {
        let since = live.state().borrow().id();
        let page = Page::ask(address, &format!("page={path}&since={since}"), "").await;
        let mut page = page;
        page.until("event: hello").await;
        page
    }

    async fn ask(address: &str, query: &str, headers: &str) -> Page {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request =
            format!("GET /.labbook/events?{query} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        Page {
            lines: BufReader::new(stream),
        }
    }

    /// The next line that holds a text.
    async fn until(&mut self, text: &str) -> String {
        let search = async {
            loop {
                let mut line = String::new();
                let read = self.lines.read_line(&mut line).await.unwrap();
                assert!(read > 0, "the stream ended before `{text}`");
                if line.contains(text) {
                    return line;
                }
            }
        };
        let found = tokio::time::timeout(LONG, search).await;
        found.unwrap_or_else(|_| panic!("no `{text}`"))
    }

    /// The data of the next event of a name.
    async fn data(&mut self, name: &str) -> String {
        self.until(&format!("event: {name}")).await;
        self.until("data: ").await
    }
}

fn write(book: &Book, live: &mut Live, (path, text): (&str, &str)) {
    fs::write(book.root().join(path), text).unwrap();
    let report = live.changed(&[absolute(book.root(), path)].into());
    if !report.problems.is_empty() {
        live.tell(report.problems);
    }
}

fn live(book: &Book) -> Live {
    Live::of(build(book.root(), Purpose::Preview).unwrap())
}

#[test]
fn each_page_gets_its_own_content_and_no_other() {
    let book = book();
    let mut live = live(&book);
    runtime().block_on(async {
        let address = serve(&live).await;
        let mut one = Page::open(&address, "/one.html", &live).await;
        let mut same = Page::open(&address, "/one", &live).await;
        let mut two = Page::open(&address, "%2Ftwo.html", &live).await;
        write(&book, &mut live, ("src/one.md", "# One\n\nFresh words.\n"));
        write(&book, &mut live, ("src/two.md", "# Two\n\nOther words.\n"));
        for page in [&mut one, &mut same] {
            let data = page.data("page").await;
            assert!(
                data.contains("Fresh words") && !data.contains("Other words"),
                "{data}"
            );
        }
        let data = two.data("page").await;
        assert!(
            data.contains("Other words") && !data.contains("Fresh words"),
            "{data}"
        );
    });
}

#[test]
fn problems_come_with_file_and_line_and_go_when_they_are_mended() {
    let book = book();
    let mut live = live(&book);
    runtime().block_on(async {
        let address = serve(&live).await;
        let mut page = Page::open(&address, "/two.html", &live).await;
        write(
            &book,
            &mut live,
            ("src/one.md", "# One\n\n{{#include nothere}}\n"),
        );
        let data = page.data("problems").await;
        assert!(
            data.contains("src/one.md\"") && data.contains("\"line\":3"),
            "{data}"
        );
        // Who opens a page meanwhile sees the last good one, and what is wrong.
        let mut late = Page::ask(&address, "page=/one.html&since=", "").await;
        assert!(late.data("problems").await.contains("nothere"));
        write(&book, &mut live, ("src/one.md", "# One\n\nMended.\n"));
        assert_eq!(page.data("problems").await.trim(), "data: []");
    });
}

#[test]
fn a_browser_that_comes_back_is_told_what_it_missed() {
    let book = book();
    let mut live = live(&book);
    runtime().block_on(async {
        let address = serve(&live).await;
        let id = live.state().borrow().id();
        write(&book, &mut live, ("src/one.md", "# One\n\nFresh words.\n"));
        let header = format!("Last-Event-ID: {id}\r\n");
        let mut page = Page::ask(&address, "page=/one.html&since=older.0", &header).await;
        assert!(page.data("page").await.contains("Fresh words"));
        // Of another run nothing is known: the whole page is looked at.
        let header = "Last-Event-ID: another.9\r\n";
        let mut page = Page::ask(&address, "page=/two.html", header).await;
        page.until("event: site").await;
    });
}

#[test]
fn strangers_may_not_listen() {
    let book = book();
    let live = live(&book);
    runtime().block_on(async {
        let address = serve(&live).await;
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let request = "GET /.labbook/events?page=/ HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 421 "), "{said}");
        let from = "Sec-Fetch-Site: cross-site\r\n";
        let mut page = Page::ask(&address, "page=/", from).await;
        page.until("HTTP/1.1 403 ").await;
    });
}

#[test]
fn listeners_are_bounded_and_make_room_when_they_go() {
    let book = book();
    let mut live = live(&book);
    runtime().block_on(async {
        let address = serve(&live).await;
        let mut pages = Vec::new();
        for _ in 0..64 {
            pages.push(Page::open(&address, "/one.html", &live).await);
        }
        let mut refused = Page::ask(&address, "page=/one.html", "").await;
        refused.until("HTTP/1.1 503 ").await;
        // None of them reads, and nobody waits for them.
        for round in 0..5 {
            let text = format!("# One\n\n{}\n", "words ".repeat(50_000 + round));
            write(&book, &mut live, ("src/one.md", &text));
        }
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let request =
            format!("GET /two.html HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.starts_with("HTTP/1.1 200 "), "{said}");
        drop(pages);
        let again = async {
            loop {
                let mut page = Page::ask(&address, "page=/one.html", "").await;
                if page.until("HTTP/1.1 ").await.contains(" 200 ") {
                    return;
                }
            }
        };
        tokio::time::timeout(LONG, again)
            .await
            .expect("there is room again");
    });
}

#[test]
fn the_end_does_not_wait_for_listeners() {
    let book = book();
    let live = live(&book);
    runtime().block_on(async {
        let listener = bind("127.0.0.1", 0).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let served = Arc::new(Served::new(live.state(), None, "127.0.0.1"));
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let server = tokio::spawn(answer(listener, served, async {
            let _ = ended.await;
        }));
        let _page = Page::open(&address, "/one.html", &live).await;
        end.send(()).unwrap();
        server.await.unwrap();
    });
}

#[test]
fn an_edit_reaches_a_listener_through_the_watcher_and_search_is_made_on_demand() {
    let book = book();
    let live = live(&book);
    let states = live.state();
    let since = states.borrow().id();
    let (wishes, watched) = live.watch(|_| {});
    watched.unwrap();
    runtime().block_on(async {
        let listener = bind("127.0.0.1", 0).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let served = Arc::new(Served::new(states, Some(wishes), "127.0.0.1"));
        tokio::spawn(answer(listener, served, std::future::pending()));
        let query = format!("page=/one.html&since={since}");
        let mut page = Page::ask(&address, &query, "").await;
        page.until("event: hello").await;
        fs::write(book.root().join("src/one.md"), "# One\n\nZebras.\n").unwrap();
        assert!(page.data("page").await.contains("Zebras"));
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let request = format!(
            "GET /labbook/search-index.js HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.contains("zebra"), "the index is of the newest text");
    });
}

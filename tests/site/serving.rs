//! What `labbook serve` answers, and to whom: through the application without a socket, over real sockets, and as a program.

mod events;
mod live;
mod own_run;
mod sockets;

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use labbook::live::Live;
use labbook::serve::{Served, app};
use labbook::site::Content;
use tower::ServiceExt;

use crate::harness::Book;

/// A book with pages in folders, files of many kinds, and a secret beside its source folder.
static SERVED: LazyLock<Arc<Served>> = LazyLock::new(|| {
    let book = Book::with("# One\n")
        .file(
            "src/SUMMARY.md",
            "- [One](one.md)\n- [Inside](part/README.md)\n- [Han](章节.md)\n- [Space](<a b.md>)\n",
        )
        .file("src/part/README.md", "# Inside\n")
        .file("src/章节.md", "# 章节\n")
        .file("src/a b.md", "# Space\n")
        .file("src/404.md", "# Nothing here\n")
        .file("src/picture.svg", "<svg/>")
        .file("src/numbers.json", "{}")
        .file("src/unknown.xyzzy", "x")
        .file("secret", "do not show");
    let mut built = book.build();
    for content in built.built.site.files.values_mut() {
        // The book's folder goes when this function ends.
        if let Content::File(file) = content {
            *content = Content::Bytes(std::fs::read(file).unwrap());
        }
    }
    let live = Live::of(built.built);
    Arc::new(Served::new(live.state(), None, "my-machine"))
});

#[test]
fn pages_carry_the_content_security_policy_and_other_files_do_not() {
    let policy = |path: &str| {
        ask(request("GET", path))
            .header("content-security-policy")
            .to_string()
    };
    let own = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
    assert_eq!(policy("/one.html"), own);
    assert_eq!(policy("/is-not-there"), own);
    assert_eq!(
        policy("/picture.svg"),
        "",
        "an image of the author's may have styles of its own"
    );
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

fn ask(request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let response = app(SERVED.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    })
}

fn request(method: &str, path: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    request
        .header("host", "localhost:3000")
        .body(Body::empty())
        .unwrap()
}

fn get(path: &str) -> Answer {
    ask(request("GET", path))
}

#[test]
fn pages_by_every_address_that_leads_to_them() {
    for (path, text) in [
        ("/", "One"),
        ("/index.html", "One"),
        ("/one.html", "One"),
        ("/one", "One"),
        ("/one.html?query=1", "One"),
        ("/part/", "Inside"),
        ("/part/index.html", "Inside"),
        ("/%E7%AB%A0%E8%8A%82.html", "章节"),
        ("/a%20b.html", "Space"),
    ] {
        let answer = get(path);
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains(&format!(">{text}</a></h1>")), "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with() {
    for path in ["/part", "//part", "///part"] {
        let answer = get(path);
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(
            answer.header("location"),
            "/part/",
            "{path} stays on this host"
        );
    }
}

#[test]
fn what_is_not_there_gets_the_books_own_page_and_404() {
    for path in [
        "/nope",
        "/nope.html",
        "/part/nope.html",
        "/%ff%fe",
        "/%",
        "/%zz",
    ] {
        let answer = get(path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("Nothing here"), "{path}");
    }
}

#[test]
fn no_spelling_of_a_path_leads_out_of_the_site() {
    for path in [
        "/../secret",
        "/part/../../secret",
        "/%2e%2e/secret",
        "/%2E%2E%2Fsecret",
        "/..%2fsecret",
        "/..%5csecret",
        "/..%c0%afsecret",
        "/%252e%252e/secret",
        "/./../secret",
        "//../secret",
        "/secret",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/book.toml",
        "/src/one.md",
        "/one.md",
        "/.labbook/cache/pages",
        "/.labbook-manifest",
        "/one.html%00",
    ] {
        let answer = get(path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            !answer.body.contains("do not show") && !answer.body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn a_head_is_that_of_the_page_without_the_page() {
    let (head, page) = (ask(request("HEAD", "/one.html")), get("/one.html"));
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.header("content-type"), page.header("content-type"));
    assert_eq!(head.body, "");
}

#[test]
fn nothing_but_get_and_head() {
    for method in [
        "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "MADE-UP",
    ] {
        let answer = ask(request(method, "/one.html"));
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD", "{method}");
    }
}

#[test]
fn only_those_who_name_this_machine_are_answered() {
    let with_host = |host: Option<&str>| {
        let mut request = Request::builder().uri("/one.html");
        if let Some(host) = host {
            request = request.header("host", host);
        }
        ask(request.body(Body::empty()).unwrap()).status
    };
    for host in [
        "localhost",
        "LocalHost:3000",
        "127.0.0.1:3000",
        "127.8.9.1",
        "[::1]:3000",
        "[::1]",
        "my-machine:3000",
    ] {
        assert_eq!(with_host(Some(host)), StatusCode::OK, "{host}");
    }
    for host in [
        "example.org",
        "example.org:3000",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "example.org#localhost",
        "localhost, example.org",
        "192.168.0.1",
        "0.0.0.0:3000",
        "",
    ] {
        assert_eq!(
            with_host(Some(host)),
            StatusCode::MISDIRECTED_REQUEST,
            "{host}"
        );
    }
    assert_eq!(with_host(None), StatusCode::MISDIRECTED_REQUEST);
}

#[test]
fn files_have_their_types() {
    let site = &SERVED.state().site;
    let named = |start: &str, end: &str| {
        let mut names = site.files.keys();
        names
            .find(|name| name.starts_with(start) && name.ends_with(end))
            .unwrap()
            .clone()
    };
    for (path, kind) in [
        ("one.html".to_string(), "text/html; charset=utf-8"),
        (named("labbook/style", ".css"), "text/css; charset=utf-8"),
        (
            named("labbook/page", ".js"),
            "text/javascript; charset=utf-8",
        ),
        (named("labbook/", ".woff2"), "font/woff2"),
        ("picture.svg".into(), "image/svg+xml"),
        ("numbers.json".into(), "application/json"),
        ("unknown.xyzzy".into(), "application/octet-stream"),
    ] {
        let answer = get(&format!("/{path}"));
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

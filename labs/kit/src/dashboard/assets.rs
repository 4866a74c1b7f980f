//! The files of the page. What the book's pages look like comes from the book's own theme.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// A file of the page.
pub(super) struct Asset {
    pub(super) path: &'static str,
    kind: &'static str,
    pieces: &'static [&'static [u8]],
}

impl Asset {
    pub(super) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.pieces.concat()));
        let kind = HeaderValue::from_static(self.kind);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

/// A file of the theme.
macro_rules! theme {
    ($path:literal) => {
        include_bytes!(concat!("../../../../theme/", $path))
    };
}

const fn font(path: &'static str, pieces: &'static [&'static [u8]]) -> Asset {
    Asset {
        path,
        kind: "font/woff2",
        pieces,
    }
}

pub(super) const ALL: &[Asset] = &[
    Asset {
        path: "/dashboard.css",
        kind: "text/css; charset=utf-8",
        pieces: &[
            theme!("styles/00-fonts.css"),
            theme!("tokens.css"),
            theme!("styles/10-base.css"),
            theme!("styles/23-kicker.css"),
            theme!("styles/35-tables.css"),
            theme!("styles/37-figures.css"),
            theme!("styles/38-figure-drawing.css"),
            theme!("styles/44-live-figures.css"),
            include_bytes!("assets/dashboard.css"),
        ],
    },
    Asset {
        path: "/dashboard.js",
        kind: "text/javascript; charset=utf-8",
        pieces: &[
            include_bytes!("assets/before.js"),
            theme!("scripts/figure/10-picture.js"),
            theme!("scripts/figure/40-words.js"),
            include_bytes!("assets/dashboard.js"),
        ],
    },
    Asset {
        path: "/favicon.svg",
        kind: "image/svg+xml",
        pieces: &[theme!("favicon.svg")],
    },
    font("/inter.woff2", &[theme!("fonts/inter.woff2")]),
    font(
        "/jetbrains-mono.woff2",
        &[theme!("fonts/jetbrains-mono.woff2")],
    ),
    font(
        "/source-serif-4.woff2",
        &[theme!("fonts/source-serif-4.woff2")],
    ),
];

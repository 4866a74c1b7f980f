//! What a piece of HTML or a style sheet does that a policy may forbid.

use std::cell::RefCell;
use std::sync::LazyLock;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use regex::Regex;

use super::{Need, Use};
use crate::problem::line_of;

/// An address that a style sheet loads from elsewhere: `url(https://…)`, `@import "//…"`.
static LOADED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(@import\s+)?(?:url\(\s*["']?|["'])((?:data:|https?:|//)[^"')\s]*)"#)
        .expect("the pattern is constant")
});

/// Longest part of an address that a message shows: `data:` ones have no end.
const SHOWN_MAX: usize = 60;

/// What one start tag does; `line` (1-based) is where it stands.
pub(crate) fn in_tag(tag: &Tag, line: usize) -> Vec<Use> {
    let name = &*tag.name;
    let value = |wanted: &str| {
        tag.attrs
            .iter()
            .find(|attribute| &*attribute.name.local == wanted)
            .map(|attribute| &*attribute.value)
    };
    let mut uses = Vec::new();
    let mut add = |shown: String, need: Need| uses.push(Use { line, shown, need });
    let is_program = value("type")
        .is_none_or(|kind| kind.is_empty() || kind == "module" || kind.contains("javascript"));
    match name {
        "style" => add("<style>".into(), Need::InlineStyle),
        "script" if is_program && value("src").is_none() => {
            add("<script> without `src`".into(), Need::InlineScript)
        }
        _ => {}
    }
    for attribute in &tag.attrs {
        let (key, value) = (&*attribute.name.local, &*attribute.value);
        if key == "style" {
            add(
                format!("style=\"{}\" of <{name}>", shortened(value)),
                Need::InlineStyle,
            );
        } else if key.starts_with("on") {
            add(
                format!("{key}=\"{}\" of <{name}>", shortened(value)),
                Need::InlineScript,
            );
        } else if key == "href" && value.trim_start().to_lowercase().starts_with("javascript:") {
            add(
                format!("href=\"{}\" of <{name}>", shortened(value)),
                Need::InlineScript,
            );
        } else {
            for (address, need) in loaded(tag, (key, value)) {
                add(
                    format!("{key}=\"{}\" of <{name}>", shortened(address)),
                    need,
                );
            }
        }
    }
    uses
}

/// The addresses elsewhere that an attribute loads from, each with what that needs.
fn loaded<'a>(tag: &Tag, (key, value): (&str, &'a str)) -> Vec<(&'a str, Need)> {
    let is_style_sheet = || {
        let mut attributes = tag.attrs.iter();
        attributes.any(|attribute| {
            &*attribute.name.local == "rel" && attribute.value.to_lowercase().contains("stylesheet")
        })
    };
    let need: fn(String) -> Need = match (&*tag.name, key) {
        ("img" | "input" | "image", "src" | "href" | "xlink:href") | ("video", "poster") => {
            Need::Image
        }
        ("img" | "source", "srcset") => Need::Image,
        ("video" | "audio" | "source" | "track", "src") => Need::Media,
        ("iframe" | "frame", "src") => Need::Frame,
        ("embed", "src") | ("object", "data") => Need::Object,
        ("script", "src") => Need::Script,
        ("link", "href") if is_style_sheet() => Need::Style,
        _ => return Vec::new(),
    };
    // `a.png 1x, https://… 2x`; a `data:` address has commas of its own, and stands alone.
    let addresses: Vec<&str> = match key {
        "srcset" if !value.contains("data:") => value
            .split(',')
            .filter_map(|part| part.split_whitespace().next())
            .collect(),
        _ => vec![value.trim()],
    };
    let elsewhere = addresses
        .into_iter()
        .filter(|address| is_elsewhere(address));
    elsewhere
        .map(|address| (address, need(address.to_string())))
        .collect()
}

/// What an image of Markdown does; `line` (1-based) is where it stands.
pub(crate) fn of_image(address: &str, line: usize) -> Option<Use> {
    is_elsewhere(address).then(|| Use {
        line,
        shown: format!("image {}", shortened(address)),
        need: Need::Image(address.to_string()),
    })
}

/// Whether an address is not the site's own.
fn is_elsewhere(address: &str) -> bool {
    let address = address.to_lowercase();
    address.starts_with("//")
        || ["http:", "https:", "data:", "blob:"]
            .iter()
            .any(|scheme| address.starts_with(scheme))
}

/// What a style sheet loads from elsewhere.
pub(crate) fn in_style(text: &str) -> Vec<Use> {
    let found = LOADED.captures_iter(text);
    found
        .map(|captures| {
            let address = captures[2].to_string();
            let place = captures.get(0).map_or(0, |all| all.start());
            Use {
                line: line_of(text, place),
                shown: shortened(&address),
                need: match &address {
                    address if captures.get(1).is_some() => Need::Style(address.clone()),
                    address if address.contains("font") || address.contains("woff") => {
                        Need::Font(address.clone())
                    }
                    address => Need::Image(address.clone()),
                },
            }
        })
        .collect()
}

/// What the tags of a template do.
pub(crate) fn in_template(text: &str) -> Vec<Use> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
    while let TokenizerResult::Script(()) = tokenizer.feed(&queue) {}
    tokenizer.end();
    tokenizer.sink.uses.take()
}

#[derive(Default)]
struct Collector {
    uses: RefCell<Vec<Use>>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::StartTag
        {
            self.uses.borrow_mut().extend(in_tag(tag, line as usize));
        }
        TokenSinkResult::Continue
    }
}

/// A value for a message: on one line, and not too long.
fn shortened(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN_MAX {
        return line;
    }
    line.chars().take(SHOWN_MAX).collect::<String>() + "…"
}

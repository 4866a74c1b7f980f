//! SVG as charts need it: shapes with the theme's classes, words that are measured.

use crate::escape::escape_text;
use crate::figure::{Fonts, Style};

use super::look::{Kind, Marker, Texture};

/// Width of every chart, in user units: what a telephone shows at three quarters.
pub(super) const WIDTH: f64 = 448.0;

/// Size of all words, so that they are readable there.
const SIZE: f64 = 13.0;

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// What a row or a line is.
    Name,
    /// A number that the chart is about.
    Value,
    /// A number on an axis.
    Tick,
    /// What an axis is; a word of the legend.
    Word,
}

/// Where words stand, seen from their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture in the making.
pub(super) struct Canvas<'f> {
    out: String,
    fonts: &'f Fonts<'f>,
}

/// A rectangle: x, y, width, height.
pub(super) type Rectangle = (f64, f64, f64, f64);

impl<'f> Canvas<'f> {
    pub(super) fn new(fonts: &'f Fonts<'f>) -> Canvas<'f> {
        Canvas {
            out: String::new(),
            fonts,
        }
    }

    /// How wide words are.
    pub(super) fn width(&self, voice: Voice, text: &str) -> f64 {
        let style = Style {
            mono: voice.is_mono(),
            weight: voice.weight(),
            size: SIZE,
        };
        self.fonts.width(text, style)
    }

    /// Words; `at` is on their baseline.
    pub(super) fn text(&mut self, (voice, anchor): (Voice, Anchor), at: (f64, f64), text: &str) {
        let (x, y) = (short(at.0), short(at.1));
        let mono = if voice.is_mono() { " mono" } else { "" };
        let token = voice.token();
        let weight = voice.weight();
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.out += &format!(
            "<text class=\"label{mono} f-{token}\" x=\"{x}\" y=\"{y}\" font-size=\"{SIZE}\" font-weight=\"{weight}\"{anchor}>{}</text>\n",
            escape_text(text)
        );
    }

    /// Words on a ground of their own, so that no line runs through them.
    pub(super) fn text_on_card(&mut self, voice: Voice, at: (f64, f64), text: &str) {
        let width = self.width(voice, text);
        let ground = (at.0 - 3.0, at.1 - 13.0, width + 6.0, 18.0);
        self.rectangle(ground, "class=\"f-card\"");
        self.text((voice, Anchor::Start), at, text);
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), attributes: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(short);
        self.out +=
            &format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {attributes}/>\n");
    }

    pub(super) fn rectangle(&mut self, (x, y, width, height): Rectangle, attributes: &str) {
        let [x, y, width, height] = [x, y, width, height].map(short);
        self.out += &format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {attributes}/>\n"
        );
    }

    pub(super) fn path(&mut self, d: &str, attributes: &str) {
        self.out += &format!("<path d=\"{d}\" {attributes}/>\n");
    }

    /// A bar of a kind, from its beginning to its end; `side` is on which it begins.
    pub(super) fn bar(&mut self, kind: &Kind, area: Rectangle) {
        let (x, y, width, height) = area;
        let token = kind.token();
        let frame = |inset: f64| {
            let both = 2.0 * inset;
            (
                x + inset,
                y + inset,
                (width - both).max(0.1),
                (height - both).max(0.1),
            )
        };
        match kind.texture() {
            Texture::Solid => self.rectangle(area, &format!("class=\"f-{token}\" rx=\"1.5\"")),
            Texture::Hollow => self.rectangle(
                frame(0.75),
                &format!(
                    "class=\"s-{token}\" fill=\"none\" stroke-width=\"1.5\" stroke-dasharray=\"3.5 2.5\""
                ),
            ),
            Texture::Needle => {
                let middle = y + height / 2.0;
                let line = (x, middle - 1.5, width, 3.0);
                self.rectangle(line, &format!("class=\"f-{token}\""));
                self.marker(kind, (x + width, middle));
            }
            stripes => {
                let d = stripes_of(stripes, area);
                self.path(
                    &d,
                    &format!("class=\"s-{token}\" fill=\"none\" stroke-width=\"1.4\""),
                );
                self.rectangle(
                    frame(0.6),
                    &format!("class=\"s-{token}\" fill=\"none\" stroke-width=\"1.2\""),
                );
            }
        }
    }

    /// What stands at a point.
    pub(super) fn marker(&mut self, kind: &Kind, (x, y): (f64, f64)) {
        self.marker_in(kind.marker(), kind.token(), (x, y));
    }

    /// What stands at a point, in a colour of its own.
    pub(super) fn marker_in(&mut self, marker: Marker, token: &str, (x, y): (f64, f64)) {
        let [cx, cy] = [x, y].map(short);
        let outline = format!("class=\"f-card s-{token}\" stroke-width=\"1.8\"");
        match marker {
            Marker::Disc => {
                self.out +=
                    &format!("<circle class=\"f-{token}\" cx=\"{cx}\" cy=\"{cy}\" r=\"4.2\"/>\n");
            }
            Marker::Ring => {
                self.out += &format!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"3.6\" {outline}/>\n");
            }
            Marker::Square => self.rectangle(
                (x - 3.8, y - 3.8, 7.6, 7.6),
                &format!("class=\"f-{token}\""),
            ),
            Marker::Frame => self.rectangle((x - 3.4, y - 3.4, 6.8, 6.8), &outline),
            Marker::Triangle => {
                let [left, right, top, bottom] = [x - 4.8, x + 4.8, y - 4.6, y + 3.6].map(short);
                let d = format!("M{left} {bottom}L{right} {bottom}L{cx} {top}Z");
                self.path(&d, &format!("class=\"f-{token}\""));
            }
            Marker::Diamond => {
                let [left, right, top, bottom] = [x - 5.4, x + 5.4, y - 5.4, y + 5.4].map(short);
                let d = format!("M{left} {cy}L{cx} {top}L{right} {cy}L{cx} {bottom}Z");
                self.path(&d, &format!("class=\"f-{token}\""));
            }
            Marker::Cross => {
                let [left, right, top, bottom] = [x - 3.8, x + 3.8, y - 3.8, y + 3.8].map(short);
                let d = format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}");
                let class = format!("class=\"s-{token}\" fill=\"none\" stroke-width=\"2\"");
                self.path(&d, &class);
            }
        }
    }

    /// The whole picture.
    pub(super) fn finish(self, height: f64) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\">\n{}</svg>\n",
            self.out,
            height = short(height.ceil())
        )
    }
}

impl Voice {
    fn is_mono(self) -> bool {
        matches!(self, Voice::Value | Voice::Tick)
    }

    fn weight(self) -> f64 {
        match self {
            Voice::Name => 600.0,
            Voice::Value => 500.0,
            Voice::Tick | Voice::Word => 400.0,
        }
    }

    fn token(self) -> &'static str {
        match self {
            Voice::Name | Voice::Value => "ink",
            Voice::Tick | Voice::Word => "muted",
        }
    }
}

/// How far stripes are apart.
const STRIPE: f64 = 5.0;

/// Stripes that end at the edges of a rectangle: no pattern is needed, which an e-reader might not know.
fn stripes_of(texture: Texture, (x, y, width, height): Rectangle) -> String {
    let mut d = String::new();
    if texture == Texture::Lying {
        let mut at = y + STRIPE / 2.0;
        while at < y + height {
            d += &format!("M{} {}h{}", short(x), short(at), short(width));
            at += STRIPE * 0.7;
        }
        return d;
    }
    let slant = match texture {
        Texture::Standing => 0.0,
        _ => height,
    };
    let mut at = STRIPE / 2.0;
    while at < width + slant {
        // From the bottom at `at - slant` to the top at `at`, cut off at both sides.
        let (from, to) = (at - slant, at);
        let (low, high) = (from.max(0.0), to.min(width));
        let up = |along: f64| match slant > 0.0 {
            true => (along - from) / slant * height,
            false => 0.0,
        };
        let (start, end) = match slant > 0.0 {
            true => (up(low), up(high)),
            false => (0.0, height),
        };
        let (y1, y2) = match texture {
            Texture::Falling => (y + start, y + end),
            _ => (y + height - start, y + height - end),
        };
        if high >= low {
            let [x1, y1, x2, y2] = [x + low, y1, x + high, y2].map(short);
            d += &format!("M{x1} {y1}L{x2} {y2}");
        }
        at += STRIPE;
    }
    d
}

/// A length with a tenth of a unit.
pub(super) fn short(length: f64) -> f64 {
    (length * 10.0).round() / 10.0 + 0.0
}

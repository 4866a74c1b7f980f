//! How numbers of different origin are told apart: by texture and shape first, by colour as well.

use std::fmt;

use crate::measurements::Source;

/// Whose numbers, and where from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Ours(Source),
    /// What the reader measured, in their own last run.
    Own,
}

/// What the inside of a bar is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texture {
    /// Nothing, in a dashed frame.
    Hollow,
    /// Stripes that rise to the right.
    Rising,
    Solid,
    /// Stripes that stand.
    Standing,
    /// Stripes that fall to the right.
    Falling,
    /// Stripes that lie.
    Lying,
    /// A line with a diamond at its end.
    Needle,
}

/// What stands at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Cross,
    Ring,
    Disc,
    Square,
    Frame,
    Triangle,
    Diamond,
}

impl Kind {
    pub(super) fn ours(source: &Source) -> Kind {
        Kind::Ours(source.clone())
    }

    /// The reader's own, where that is another number: a formula and a model give the same everywhere.
    pub(super) fn own(source: &Source) -> Option<Kind> {
        (*source == Source::Measured).then_some(Kind::Own)
    }

    pub(super) fn is_ours_measured(&self) -> bool {
        *self == Kind::Ours(Source::Measured)
    }

    /// Whether another machine would give another number.
    pub(super) fn is_of_a_machine(&self) -> bool {
        match self {
            Kind::Ours(source) => source.is_of_a_machine(),
            Kind::Own => true,
        }
    }

    pub(super) fn is_own(&self) -> bool {
        *self == Kind::Own
    }

    /// Engines that stand side by side in this course differ in texture, too.
    pub(super) fn texture(&self) -> Texture {
        match self {
            Kind::Ours(Source::Theory) => Texture::Hollow,
            Kind::Ours(Source::Simulated) => Texture::Rising,
            Kind::Ours(Source::Measured) => Texture::Solid,
            Kind::Ours(Source::Engine(name)) => match name.as_str() {
                "nginx" => Texture::Standing,
                "haproxy" => Texture::Falling,
                _ => Texture::Lying,
            },
            Kind::Own => Texture::Needle,
        }
    }

    pub(super) fn marker(&self) -> Marker {
        match self {
            Kind::Ours(Source::Theory) => Marker::Cross,
            Kind::Ours(Source::Simulated) => Marker::Ring,
            Kind::Ours(Source::Measured) => Marker::Disc,
            Kind::Ours(Source::Engine(name)) => match name.as_str() {
                "nginx" => Marker::Square,
                "haproxy" => Marker::Frame,
                _ => Marker::Triangle,
            },
            Kind::Own => Marker::Diamond,
        }
    }

    /// The token of its colour.
    pub(super) fn token(&self) -> &'static str {
        match self {
            Kind::Ours(Source::Simulated | Source::Measured) => "flow",
            Kind::Ours(Source::Theory | Source::Engine(_)) => "muted",
            Kind::Own => "ink",
        }
    }

    /// Dashes of a line; empty for one without.
    pub(super) fn dashes(&self) -> &'static str {
        match self {
            Kind::Ours(Source::Theory) => "1.5 3",
            Kind::Ours(Source::Simulated) => "6 3.5",
            Kind::Ours(Source::Engine(_)) => "9 3 2 3",
            Kind::Ours(Source::Measured) | Kind::Own => "",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Ours(source) => source.fmt(out),
            Kind::Own => out.write_str("yours"),
        }
    }
}

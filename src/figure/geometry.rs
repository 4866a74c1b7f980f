//! Points, and the `transform` attribute as a matrix.

/// A point, x to the right and y down.
pub(super) type Point = (f64, f64);

/// An affine map: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Matrix {
    /// The map that moves nothing.
    pub(super) const IDENTITY: Self = Self::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    const fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// Moves by `(x, y)`, then scales everything by `factor`.
    pub(super) fn move_and_scale(x: f64, y: f64, factor: f64) -> Self {
        Self::new([factor, 0.0, 0.0, factor, x * factor, y * factor])
    }

    /// Where the point lands.
    pub(super) fn apply(&self, (x, y): Point) -> Point {
        (
            self.a * x + self.c * y + self.e,
            self.b * x + self.d * y + self.f,
        )
    }

    /// First `inner`, then `self`: what nesting means in SVG.
    pub(super) fn after(&self, inner: &Self) -> Self {
        let (e, f) = self.apply((inner.e, inner.f));
        Self {
            a: self.a * inner.a + self.c * inner.b,
            b: self.b * inner.a + self.d * inner.b,
            c: self.a * inner.c + self.c * inner.d,
            d: self.b * inner.c + self.d * inner.d,
            e,
            f,
        }
    }

    /// How much longer a vertical unit becomes: the scale of a font's size.
    pub(super) fn vertical_scale(&self) -> f64 {
        self.c.hypot(self.d)
    }

    /// Reads a `transform` attribute; nothing where it isn't one.
    pub(super) fn parse(transform: &str) -> Option<Self> {
        let mut matrix = Self::IDENTITY;
        let mut rest = transform.trim();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('(')?;
            let (arguments, after) = after.split_once(')')?;
            let numbers: Option<Vec<f64>> = arguments
                .split([' ', ',', '\n', '\t', '\r'])
                .filter(|part| !part.is_empty())
                .map(|part| part.parse().ok().filter(|number: &f64| number.is_finite()))
                .collect();
            matrix = matrix.after(&Self::from_function(name.trim(), &numbers?)?);
            rest = after.trim_start_matches([' ', ',', '\n', '\t', '\r']);
        }
        Some(matrix)
    }

    fn from_function(name: &str, numbers: &[f64]) -> Option<Self> {
        let parts = match (name, numbers) {
            ("translate", &[x]) => [1.0, 0.0, 0.0, 1.0, x, 0.0],
            ("translate", &[x, y]) => [1.0, 0.0, 0.0, 1.0, x, y],
            ("scale", &[both]) => [both, 0.0, 0.0, both, 0.0, 0.0],
            ("scale", &[x, y]) => [x, 0.0, 0.0, y, 0.0, 0.0],
            ("skewX", &[angle]) => [1.0, 0.0, angle.to_radians().tan(), 1.0, 0.0, 0.0],
            ("skewY", &[angle]) => [1.0, angle.to_radians().tan(), 0.0, 1.0, 0.0, 0.0],
            ("matrix", &[a, b, c, d, e, f]) => [a, b, c, d, e, f],
            ("rotate", &[angle]) => return Some(Self::rotation(angle, (0.0, 0.0))),
            ("rotate", &[angle, x, y]) => return Some(Self::rotation(angle, (x, y))),
            _ => return None,
        };
        Some(Self::new(parts))
    }

    fn rotation(degrees: f64, (x, y): Point) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let turn = Self::new([cosine, sine, -sine, cosine, 0.0, 0.0]);
        let to = Self::new([1.0, 0.0, 0.0, 1.0, x, y]);
        let back = Self::new([1.0, 0.0, 0.0, 1.0, -x, -y]);
        to.after(&turn).after(&back)
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Point};

    #[track_caller]
    fn lands(transform: &str, from: Point, to: Point) {
        let (x, y) = Matrix::parse(transform).expect("a transform").apply(from);
        assert!(
            (x - to.0).abs() < 1e-9 && (y - to.1).abs() < 1e-9,
            "{transform}: {from:?} landed on ({x}, {y}) instead of {to:?}"
        );
    }

    #[test]
    fn transforms_move_points_as_svg_says() {
        lands("", (1.0, 2.0), (1.0, 2.0));
        lands("translate(10)", (1.0, 2.0), (11.0, 2.0));
        lands("translate(10,20)", (1.0, 2.0), (11.0, 22.0));
        lands("scale(2)", (1.0, 2.0), (2.0, 4.0));
        lands("rotate(90)", (1.0, 0.0), (0.0, 1.0));
        lands("rotate(-90 5 5)", (6.0, 5.0), (5.0, 4.0));
        lands("matrix(1 2 3 4 5 6)", (1.0, 1.0), (9.0, 12.0));
        lands("skewX(45)", (0.0, 1.0), (1.0, 1.0));
        lands("translate(10 0) rotate(90)", (1.0, 0.0), (10.0, 1.0));
        lands(" translate(1 1),\n scale(3, 2) ", (1.0, 1.0), (4.0, 3.0));
    }

    #[test]
    fn what_is_no_transform_is_refused() {
        for wrong in [
            "rotate",
            "rotate(",
            "rotate(1 2)",
            "spin(4)",
            "scale(x)",
            "scale(inf)",
            "translate()",
        ] {
            assert_eq!(Matrix::parse(wrong), None, "{wrong}");
        }
    }
}

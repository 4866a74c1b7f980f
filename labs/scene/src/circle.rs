//! A ring: places around a circle, clockwise from the top.

use crate::Point;
use crate::element::Element;

/// A circle that things stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circle {
    /// Its middle.
    pub centre: Point,
    /// Its radius, in hundredths.
    pub radius: i32,
}

impl Circle {
    /// The circle as a line of that width.
    #[must_use]
    pub fn element(&self, class: &'static str, width: i32) -> Element {
        Element::circle(class, self.centre, self.radius).outline(width)
    }

    /// The place at an angle in 65,536ths of the circle, so far outside it (inside, if negative).
    #[must_use]
    pub fn at(&self, angle: u16, outside: i32) -> Point {
        let radius = self.radius + outside;
        let x = along(radius, angle);
        let y = along(radius, angle.wrapping_add(QUARTER));
        (self.centre.0 + x, self.centre.1 - y)
    }
}

/// A quarter of the circle.
const QUARTER: u16 = 1 << 14;

/// A radius times the sine of an angle, rounded to the nearest.
fn along(radius: i32, angle: u16) -> i32 {
    let half = angle % (2 * QUARTER);
    let length =
        (f64::from(radius.abs()) * quarter_sine(half.min(2 * QUARTER - half)) + 0.5) as i32;
    let is_negative = (angle >= 2 * QUARTER) != (radius < 0);
    if is_negative { -length } else { length }
}

/// The sine up to a quarter of the circle, by six terms of Taylor's series: off by less than 10⁻⁷, and made of sums and
/// products alone, whose last bit is the same everywhere. A sine for all numbers would be ten times as much code.
fn quarter_sine(angle: u16) -> f64 {
    let x = f64::from(angle) * (core::f64::consts::TAU / 65_536.0);
    let square = x * x;
    let terms = [110.0, 72.0, 42.0, 20.0, 6.0];
    let sum = terms
        .iter()
        .fold(1.0, |rest, divisor| 1.0 - square / divisor * rest);
    x * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_go_clockwise_from_the_top() {
        let circle = Circle {
            centre: (10_000, 10_000),
            radius: 5_000,
        };
        assert_eq!(circle.at(0, 0), (10_000, 5_000));
        assert_eq!(circle.at(1 << 14, 0), (15_000, 10_000));
        assert_eq!(circle.at(1 << 15, 1_000), (10_000, 16_000));
        assert_eq!(circle.at(3 << 14, -1_000), (6_000, 10_000));
        assert_eq!(circle.at(1 << 13, 0), (13_536, 6_464));
    }

    #[test]
    fn the_sine_is_that_of_the_machine() {
        for angle in 0..=QUARTER {
            let exact = (f64::from(angle) * core::f64::consts::TAU / 65_536.0).sin();
            assert!((quarter_sine(angle) - exact).abs() < 1e-7, "{angle}");
        }
    }
}

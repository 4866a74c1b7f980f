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
        let x = part(radius, sine(angle));
        let y = part(radius, sine(angle.wrapping_add(1 << 14)));
        (self.centre.0 + x, self.centre.1 - y)
    }
}

/// `sine` of a radius, rounded to the nearest hundredth.
fn part(radius: i32, sine: f64) -> i32 {
    let part = f64::from(radius) * sine;
    (if part < 0.0 { part - 0.5 } else { part + 0.5 }) as i32
}

/// The sine of an angle in 65,536ths of the circle, to seven decimals: the Taylor polynomial within a quarter. Sums and
/// products only, so that it is the same everywhere; the general sine would be a tenth of the picture's code.
fn sine(angle: u16) -> f64 {
    const QUARTER: u16 = 1 << 14;
    let within = angle % QUARTER;
    let (turned, quarter) = match angle / QUARTER {
        0 => (within, 1.0),
        1 => (QUARTER - within, 1.0),
        2 => (within, -1.0),
        _ => (QUARTER - within, -1.0),
    };
    let x = f64::from(turned) * (core::f64::consts::TAU / 65_536.0);
    let square = x * x;
    let (mut term, mut sum) = (x, x);
    for factor in [6.0, 20.0, 42.0, 72.0, 110.0] {
        term *= -square / factor;
        sum += term;
    }
    quarter * sum
}

#[cfg(test)]
mod tests {
    extern crate std;

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
    }

    #[test]
    fn sines_are_right_to_seven_decimals() {
        for angle in 0..=u16::MAX {
            let right = (f64::from(angle) * core::f64::consts::TAU / 65_536.0).sin();
            assert!((sine(angle) - right).abs() < 1e-7, "{angle}");
        }
    }
}

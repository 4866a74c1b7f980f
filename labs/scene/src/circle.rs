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
        // libm gives the same last bit natively and in the browser; what is drawn is rounded to hundredths anyway.
        let radians = f64::from(angle) * (core::f64::consts::TAU / 65_536.0);
        let radius = f64::from(self.radius + outside);
        let x = libm::round(radius * libm::sin(radians)) as i32;
        let y = libm::round(radius * libm::cos(radians)) as i32;
        (self.centre.0 + x, self.centre.1 - y)
    }
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
    }
}

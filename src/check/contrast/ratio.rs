//! Contrast of two colours.
//!
//! Formula: WCAG 2.2, "contrast ratio" and "relative luminance" (section 6, Glossary),
//! <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>. The threshold 0.04045 is that of IEC 61966-2-1 (sRGB), which the
//! standard's own note gives for its older 0.03928; no colour of eight bits lies between them.

use csscolorparser::Color;

/// A colour as it shows on another one that is not translucent.
pub(super) fn laid_over(colour: &Color, under: &Color) -> Color {
    let mixed = |over: f32, under: f32| over * colour.a + under * (1.0 - colour.a);
    Color::new(
        mixed(colour.r, under.r),
        mixed(colour.g, under.g),
        mixed(colour.b, under.b),
        1.0,
    )
}

/// The contrast of two colours, from 1 to 21.
pub(super) fn ratio(one: &Color, other: &Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, from 0 (black) to 1 (white).
pub(super) fn luminance(colour: &Color) -> f64 {
    let linear = |channel: f32| {
        let channel = f64::from(channel).clamp(0.0, 1.0);
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

/// Cut after two digits: 4.499 is not 4.50.
pub(super) fn shown(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(css: &str) -> Color {
        csscolorparser::parse(css).expect("it is one")
    }

    #[test]
    fn ratios_are_those_of_the_standard() {
        // Black on white is 21, a colour on itself 1; #777 on white is known to be just too low.
        let of = |one, other| shown(ratio(&colour(one), &colour(other)));
        assert_eq!(of("#000", "#fff"), "21.00");
        assert_eq!(of("#abc", "#abc"), "1.00");
        assert_eq!(of("#777", "#fff"), "4.47");
        assert_eq!(of("#767676", "#fff"), "4.54");
    }

    #[test]
    fn a_translucent_text_counts_as_it_shows() {
        let over = laid_over(&colour("rgb(0 0 0 / 50%)"), &colour("#fff"));
        assert_eq!(shown(ratio(&over, &colour("#fff"))), "3.97");
    }
}

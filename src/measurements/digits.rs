//! Numbers as readers see them: as many digits as mean something, thousands apart.

/// Digits in texts and tables.
const DIGITS: usize = 4;

/// A number with four significant digits at most; whole numbers whole.
pub fn shown(value: f64) -> String {
    with_digits(value, DIGITS)
}

/// A number with so many significant digits at most; whole numbers whole.
pub fn with_digits(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 {
            "0".into()
        } else {
            "–".into()
        };
    }
    let magnitude = value.abs().log10().floor() as i64;
    let wanted = i64::try_from(digits).unwrap_or(1) - 1 - magnitude;
    let decimals = match value.fract() == 0.0 {
        true => 0,
        false => usize::try_from(wanted.clamp(0, 12)).unwrap_or(0),
    };
    written(value, decimals)
}

/// A number with so many decimals, idle zeros left out.
pub(crate) fn written(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = match value < 0.0 && (!fraction.is_empty() || whole != "0") {
        true => "\u{2212}",
        false => "",
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// Digits in groups of three, from four digits on.
fn grouped(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() * 4 / 3 + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (value, text) in [
            (8.97, "8.97"),
            (2.614, "2.614"),
            (78_047.0, "78,047"),
            (1_234.56, "1,235"),
            (999.96, "1,000"),
            (0.034_561, "0.03456"),
            (0.0, "0"),
            (-0.5, "\u{2212}0.5"),
            (100.0, "100"),
            (1e-9, "0.000000001"),
            (1e15, "1,000,000,000,000,000"),
        ] {
            assert_eq!(shown(value), text);
        }
        assert_eq!(with_digits(48.23, 3), "48.2");
    }
}

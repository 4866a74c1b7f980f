//! Numbers as text, without the standard library's formatting: that would be most of the module's weight.

use alloc::string::String;

/// Appends a whole number: `0`, `120`.
pub fn push_whole(out: &mut String, number: u64) {
    let mut digits = [0_u8; 20];
    let mut first = digits.len();
    let mut rest = number;
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    for digit in &digits[first..] {
        out.push(char::from(*digit));
    }
}

/// A whole number as text: `0`, `1240`.
#[must_use]
pub fn whole(number: u64) -> String {
    let mut text = String::new();
    push_whole(&mut text, number);
    text
}

/// A whole number in groups of three: `0`, `1,240`, `1,234,567`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = whole(number);
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Appends a count as readers see it in a picture, at most six characters: `7`, `1,234`, and `9,999+` for all that is more.
pub fn push_count(out: &mut String, count: u64) {
    let shown = count.min(9_999);
    if shown >= 1_000 {
        push_whole(out, shown / 1_000);
        out.push(',');
        let below = shown % 1_000;
        out.push(char::from(b'0' + (below / 100) as u8));
        out.push(char::from(b'0' + (below / 10 % 10) as u8));
        out.push(char::from(b'0' + (below % 10) as u8));
    } else {
        push_whole(out, shown);
    }
    if count > shown {
        out.push('+');
    }
}

/// Appends a length of time in milliseconds, rounded to the nearest and at most nine characters: `84 ms`, `9,999+ ms`; a
/// dash for none.
pub fn push_milliseconds(out: &mut String, nanos: Option<u64>) {
    match nanos {
        Some(nanos) => {
            push_count(out, nanos.saturating_add(500_000) / 1_000_000);
            out.push_str(" ms");
        }
        None => out.push('–'),
    }
}

/// Appends tenths with their decimal, at most five characters: `0.4`, `12.0`, and `999.9` for all that is more.
pub fn push_tenths(out: &mut String, tenths: u64) {
    let shown = tenths.min(9_999);
    push_whole(out, shown / 10);
    out.push('.');
    out.push(char::from(b'0' + (shown % 10) as u8));
}

/// Appends hundredths as a decimal number without trailing zeros: `12`, `12.5`, `0.05`, `-3`.
pub fn push_hundredths(out: &mut String, hundredths: i32) {
    if hundredths < 0 {
        out.push('-');
    }
    let size = hundredths.unsigned_abs();
    push_whole(out, u64::from(size / 100));
    let part = size % 100;
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + (part / 10) as u8));
        if !part.is_multiple_of(10) {
            out.push(char::from(b'0' + (part % 10) as u8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(print: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        print(&mut out);
        out
    }

    #[test]
    fn hundredths_print_without_trailing_zeros() {
        let cases = [
            (1200, "12"),
            (1250, "12.5"),
            (5, "0.05"),
            (-300, "-3"),
            (-5, "-0.05"),
            (0, "0"),
            (1201, "12.01"),
            (i32::MIN, "-21474836.48"),
        ];
        for (hundredths, text) in cases {
            assert_eq!(printed(|out| push_hundredths(out, hundredths)), text);
        }
    }

    #[test]
    fn counts_have_a_comma_and_stop_at_9_999() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (9_999, "9,999"),
            (10_000, "9,999+"),
            (u64::MAX, "9,999+"),
        ];
        for (count, text) in cases {
            assert_eq!(printed(|out| push_count(out, count)), text);
        }
        let cases = [
            (4, "0.4"),
            (120, "12.0"),
            (9_999, "999.9"),
            (10_000, "999.9"),
        ];
        for (tenths, text) in cases {
            assert_eq!(printed(|out| push_tenths(out, tenths)), text);
        }
        assert_eq!(
            printed(|out| push_whole(out, u64::MAX)),
            "18446744073709551615"
        );
    }
}

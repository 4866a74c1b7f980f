//! The controls of a figure: what a reader can change, as data that the page, the command line and the build share.

use alloc::string::String;

use crate::push_whole;

/// One thing that a reader can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    /// What it is called in addresses and actions: `policy`.
    pub name: &'static str,
    /// What it is called beside the control: `Policy`.
    pub label: &'static str,
    /// What values it takes.
    pub kind: Kind,
}

/// What values a control takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of some; the value is its index.
    Choice {
        /// At least one.
        options: &'static [Choice],
        /// The index of the option at the start.
        default: u32,
    },
    /// Any of some; the value has bit i set for option i.
    Several {
        /// At most 31.
        options: &'static [Choice],
        /// The options at the start, as bits.
        default: u32,
    },
    /// A number of an even row.
    Range {
        /// The smallest.
        least: i32,
        /// The largest.
        most: i32,
        /// From one to the next: at least 1.
        step: i32,
        /// The number at the start.
        default: i32,
        /// What is counted, as it is printed after the number: `/s`.
        unit: &'static str,
    },
}

/// One option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What it is called in addresses and actions: `round-robin`. Never `none`, and without `+`, `,` and `=`.
    pub value: &'static str,
    /// What readers see: `Round robin`.
    pub label: &'static str,
}

impl Control {
    /// The value at the start.
    #[must_use]
    pub const fn default(&self) -> i32 {
        match self.kind {
            Kind::Choice { default, .. } | Kind::Several { default, .. } => default as i32,
            Kind::Range { default, .. } => default,
        }
    }

    /// The least and the largest value: the first and the last choice, none and all of several.
    #[must_use]
    pub const fn extremes(&self) -> (i32, i32) {
        match self.kind {
            Kind::Choice { options, .. } => (0, options.len() as i32 - 1),
            Kind::Several { options, .. } => (0, (1 << options.len()) - 1),
            Kind::Range { least, most, .. } => (least, most),
        }
    }

    /// Reads a value as it is written in addresses and actions.
    ///
    /// # Errors
    /// Says what to write instead.
    pub fn parse(&self, text: &str) -> Result<i32, String> {
        match self.kind {
            Kind::Choice { options, .. } => {
                let found = options.iter().position(|option| option.value == text);
                found
                    .map(|index| index as i32)
                    .ok_or_else(|| self.unknown(text, options))
            }
            Kind::Several { options, .. } => self.parse_several(text, options),
            Kind::Range {
                least, most, step, ..
            } => parse_whole(text)
                .filter(|number| (least..=most).contains(number) && (number - least) % step == 0)
                .ok_or_else(|| self.outside(text)),
        }
    }

    /// A value as it is written in addresses and actions; the value at the start for one that the control can't have.
    #[must_use]
    pub fn print(&self, value: i32) -> String {
        let mut out = String::new();
        match self.kind {
            Kind::Choice { options, default } => {
                let known = usize::try_from(value)
                    .ok()
                    .and_then(|index| options.get(index));
                if let Some(option) = known.or_else(|| options.get(default as usize)) {
                    out.push_str(option.value);
                }
            }
            Kind::Several { options, .. } => {
                for (index, option) in options.iter().enumerate() {
                    if value & (1 << index) != 0 {
                        if !out.is_empty() {
                            out.push('+');
                        }
                        out.push_str(option.value);
                    }
                }
                if out.is_empty() {
                    out.push_str("none");
                }
            }
            Kind::Range { .. } => push_signed(&mut out, value),
        }
        out
    }

    fn parse_several(&self, text: &str, options: &[Choice]) -> Result<i32, String> {
        if text == "none" {
            return Ok(0);
        }
        let mut bits = 0;
        for value in text.split('+') {
            let found = options.iter().position(|option| option.value == value);
            bits |= 1 << found.ok_or_else(|| self.unknown(value, options))?;
        }
        Ok(bits)
    }

    /// `there is no policy=foo: write policy= and one of round-robin, …`.
    fn unknown(&self, text: &str, options: &[Choice]) -> String {
        let mut out = self.refusal(text);
        out.push_str(if matches!(self.kind, Kind::Several { .. }) {
            "none, or, joined by +, any of "
        } else {
            "one of "
        });
        for (index, option) in options.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            out.push_str(option.value);
        }
        out
    }

    fn outside(&self, text: &str) -> String {
        let mut out = self.refusal(text);
        if let Kind::Range {
            least, most, step, ..
        } = self.kind
        {
            out.push_str("a number from ");
            push_signed(&mut out, least);
            out.push_str(" to ");
            push_signed(&mut out, most);
            if step > 1 {
                out.push_str(" in steps of ");
                push_signed(&mut out, step);
            }
        }
        out
    }

    fn refusal(&self, text: &str) -> String {
        let mut out = String::from("there is no ");
        out.push_str(self.name);
        out.push('=');
        for character in text.chars().take(40) {
            out.push(character);
        }
        out.push_str(": write ");
        out.push_str(self.name);
        out.push_str("= and ");
        out
    }
}

fn push_signed(out: &mut String, number: i32) {
    if number < 0 {
        out.push('-');
    }
    push_whole(out, number.unsigned_abs().into());
}

/// A decimal number; digits only, so that one number has one spelling.
fn parse_whole(text: &str) -> Option<i32> {
    let (digits, sign) = match text.strip_prefix('-') {
        Some(digits) => (digits, -1),
        None => (text, 1),
    };
    if digits.is_empty() || digits.len() > 9 || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    let mut number = 0;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i32::from(digit - b'0');
    }
    Some(sign * number)
}

#[cfg(test)]
mod tests;

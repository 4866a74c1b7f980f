//! From numbers to places on an axis, and the round numbers that are marked there.

use crate::measurements::digits_written;

/// An axis: from which number to which, over how many pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
    is_log: bool,
}

/// A number that is marked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) text: String,
}

/// Over less than this, powers of ten and what lies between them mark too little.
const LEAST_FACTOR: f64 = 4.0;

/// So many steps at most are marked.
const STEPS_MAX: f64 = 5.0;

impl Scale {
    /// An axis from `start` to `end` (pixels) that holds all these numbers. One that does not go up by factors begins at 0,
    /// unless the numbers are `far` from it.
    pub(super) fn over(
        numbers: impl Iterator<Item = f64>,
        (start, end): (f64, f64),
        (is_log, may_begin_far): (bool, bool),
    ) -> Scale {
        let (mut low, mut high) = numbers.fold((f64::MAX, f64::MIN), |(low, high), number| {
            (low.min(number), high.max(number))
        });
        if !is_log {
            let is_far = may_begin_far && low > 0.0 && low > 0.4 * high;
            if !is_far {
                low = low.min(0.0);
            }
            high = high.max(0.0);
        }
        if low >= high {
            // One number alone.
            (low, high) = match (is_log, high == 0.0) {
                (true, _) => (low / 2.0, high * 2.0),
                (false, true) => (0.0, 1.0),
                (false, false) => (low - low.abs() / 2.0, high + high.abs() / 2.0),
            };
        }
        Scale {
            low,
            high,
            start,
            end,
            is_log,
        }
    }

    /// The same, from one round number to another.
    pub(super) fn rounded(mut self) -> Scale {
        if self.is_log {
            self.low = floor_of_factors(self.low);
            self.high = floor_of_factors(1.0 / self.high).recip();
            return self;
        }
        let step = step(self.high - self.low);
        self.low = (self.low / step).floor() * step;
        self.high = (self.high / step).ceil() * step;
        self
    }

    /// Where a number lies, in pixels.
    pub(super) fn at(&self, number: f64) -> f64 {
        let part = match self.is_log {
            false => (number - self.low) / (self.high - self.low),
            true => (number / self.low).ln() / (self.high / self.low).ln(),
        };
        self.start + part.clamp(0.0, 1.0) * (self.end - self.start)
    }

    /// Where the axis begins that bars stand on, in pixels.
    pub(super) fn origin(&self) -> f64 {
        match self.is_log {
            true => self.start,
            false => self.at(0.0_f64.clamp(self.low, self.high)),
        }
    }

    /// The round numbers on it.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let numbers = match self.is_log && self.high / self.low >= LEAST_FACTOR {
            true => factors(self.low, self.high),
            false => multiples(self.low, self.high),
        };
        numbers
            .into_iter()
            .map(|(number, decimals)| Tick {
                at: self.at(number),
                text: digits_written(number, decimals),
            })
            .collect()
    }
}

/// A step of 1, 2 or 5 times a power of ten, that divides a length into a handful.
fn step(length: f64) -> f64 {
    let rough = length / STEPS_MAX;
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0].map(|factor| factor * power);
    let fits = steps.into_iter().find(|step| *step >= rough * 0.999);
    fits.unwrap_or(10.0 * power)
}

/// Multiples of one step, with how many decimals they are written.
fn multiples(low: f64, high: f64) -> Vec<(f64, usize)> {
    let step = step(high - low);
    let decimals = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
    let (first, last) = (low / step - 1e-9, high / step + 1e-9);
    let count = (last.floor() - first.ceil()).clamp(0.0, 20.0) as usize;
    (0..=count)
        .map(|index| ((first.ceil() + index as f64) * step, decimals))
        .collect()
}

/// So many numbers are marked on an axis that goes up by factors.
const FACTORS_MAX: usize = 6;

/// Powers of ten; where these are few, 2 and 5 times each as well.
fn factors(low: f64, high: f64) -> Vec<(f64, usize)> {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let within = |number: &f64| *number >= low * (1.0 - 1e-9) && *number <= high * (1.0 + 1e-9);
    let powers = |between: &[f64]| -> Vec<(f64, usize)> {
        let every = 1 + (last - first) / 8;
        let powers = (first..=last).filter(|power| (power - first) % every == 0);
        let numbers = powers.flat_map(|power| {
            let ten = 10_f64.powi(power);
            let decimals = usize::try_from(-power).unwrap_or(0).min(12);
            between.iter().map(move |factor| (factor * ten, decimals))
        });
        numbers.filter(|(number, _)| within(number)).collect()
    };
    [&[1.0, 2.0, 5.0][..], &[1.0, 3.0]]
        .into_iter()
        .map(powers)
        .find(|numbers| numbers.len() <= FACTORS_MAX)
        .unwrap_or_else(|| powers(&[1.0]))
}

/// The largest of 1, 2, 5 times a power of ten that is not above a number.
fn floor_of_factors(number: f64) -> f64 {
    let ten = 10_f64.powf((number * (1.0 + 1e-9)).log10().floor());
    let steps = [5.0, 2.0, 1.0].map(|factor| factor * ten);
    let fits = steps
        .into_iter()
        .find(|step| *step <= number * (1.0 + 1e-9));
    fits.unwrap_or(ten)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(numbers: &[f64], is_log: bool) -> Vec<String> {
        let scale = Scale::over(numbers.iter().copied(), (0.0, 100.0), (is_log, false));
        scale.ticks().into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(texts(&[48.2, 3.0], false), ["0", "10", "20", "30", "40"]);
        assert_eq!(texts(&[0.034], false), ["0", "0.01", "0.02", "0.03"]);
        assert_eq!(
            texts(&[78_047.0], false),
            ["0", "20,000", "40,000", "60,000"]
        );
        assert_eq!(texts(&[-3.0, 4.0], false), ["\u{2212}2", "0", "2", "4"]);
        assert_eq!(texts(&[0.0], false), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(texts(&[1.0, 9_500.0], true), ["1", "10", "100", "1,000"]);
        assert_eq!(
            texts(&[1.0, 950.0], true),
            ["1", "3", "10", "30", "100", "300"]
        );
        assert_eq!(texts(&[50.0, 95.0], true), ["50", "60", "70", "80", "90"]);
        assert_eq!(texts(&[2.0, 60.0], true), ["2", "5", "10", "20", "50"]);
    }

    #[test]
    fn numbers_lie_where_they_belong() {
        let plain = Scale::over([0.0, 50.0].into_iter(), (100.0, 200.0), (false, false));
        assert_eq!((plain.at(25.0), plain.origin()), (150.0, 100.0));
        let log = Scale::over([1.0, 100.0].into_iter(), (0.0, 100.0), (true, false));
        assert_eq!(log.at(10.0).round(), 50.0);
        let both = Scale::over([-10.0, 10.0].into_iter(), (0.0, 100.0), (false, false));
        assert_eq!(both.origin(), 50.0);
    }

    #[test]
    fn rounded_scales_end_at_round_numbers() {
        let scale = Scale::over([3.0, 47.0].into_iter(), (0.0, 1.0), (false, false)).rounded();
        assert_eq!((scale.low, scale.high), (0.0, 50.0));
        let log = Scale::over([3.0, 470.0].into_iter(), (0.0, 1.0), (true, false)).rounded();
        assert_eq!((log.low, log.high.round()), (2.0, 500.0));
        let far = Scale::over([90.0, 99.0].into_iter(), (0.0, 1.0), (false, true)).rounded();
        assert_eq!((far.low, far.high), (90.0, 100.0));
    }
}

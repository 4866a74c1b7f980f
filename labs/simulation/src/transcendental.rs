//! Logarithm, exponential and power from `libm`, whose last bit is the same natively and in the browser; std's is not.
//!
//! Only [`Generator`](crate::Generator) calls them. A test compiles the generator a second time with std's functions
//! in this file's place, and sees another digest.

/// The natural logarithm.
#[inline]
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// e to the power of x.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// x to the power of y.
#[inline]
pub(crate) fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

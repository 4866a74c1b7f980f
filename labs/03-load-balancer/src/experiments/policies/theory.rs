//! What queueing theory says of servers that are chosen by chance. Times are in lengths of an average request.

/// The mean time of an answer when all requests are equal (M/D/1): 1 + ρ ÷ 2(1 − ρ).
pub(super) fn equal_mean(utilisation: f64) -> f64 {
    1.0 + utilisation / (2.0 * (1.0 - utilisation))
}

/// The same when requests are exponentially spread (M/M/1): 1 ÷ (1 − ρ).
pub(super) fn uneven_mean(utilisation: f64) -> f64 {
    1.0 / (1.0 - utilisation)
}

/// Within this time 99 of 100 answers of M/M/1 come: ln 100 means.
pub(super) fn uneven_p99(utilisation: f64) -> f64 {
    100_f64.ln() * uneven_mean(utilisation)
}

/// The mean time at the best of `choices` servers drawn at random, among very many: the sum over i ≥ 1 of
/// ρ^((dⁱ − d) ÷ (d − 1)). Source: Mitzenmacher, IEEE TPDS 12(10), 2001.
pub(super) fn of_choices(utilisation: f64, choices: u32) -> f64 {
    let d = f64::from(choices);
    let exponent = |i: i32| match choices {
        1 => f64::from(i - 1),
        _ => (d.powi(i) - d) / (d - 1.0),
    };
    // Above this many terms each is below 10⁻⁹ for the loads of the chapter.
    (1..=200).map(|i| utilisation.powf(exponent(i))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas_give_the_known_numbers() {
        // facts.md 2 and 7.
        let close = |value: f64, expected: f64| assert!((value - expected).abs() < 6e-4, "{value}");
        close(of_choices(0.9, 1), 10.0);
        close(of_choices(0.9, 2), 2.6141);
        close(of_choices(0.9, 3), 2.0279);
        close(equal_mean(0.8), 3.0);
        close(uneven_mean(0.8), 5.0);
        close(uneven_p99(0.9), 46.0517);
    }
}

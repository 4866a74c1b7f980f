//! What queueing theory says of one line and of many (`facts.md` 8).

use kit::experiment::{Findings, Number, Source};

use super::{COMPARED_PERCENT, SERVERS, loads, series};

/// The mean time of an answer in lengths of an average request, one server with a line of its own (M/M/1).
fn many_lines(busy: f64) -> f64 {
    1.0 / (1.0 - busy)
}

/// The same with one line for all servers (M/M/n). The share of requests that wait is Erlang's C formula; whoever waits, waits
/// 1 ÷ n(1 − ρ) on average (A. K. Erlang 1917).
fn one_line(busy: f64) -> f64 {
    let servers = f64::from(SERVERS);
    let offered = busy * servers;
    // Erlang's B by its recursion: the share that n servers without a line would turn away.
    let turned_away = (1..=SERVERS).fold(1.0, |before, servers| {
        let taken = offered * before;
        taken / (f64::from(servers) + taken)
    });
    let waits = turned_away / (1.0 - busy * (1.0 - turned_away));
    1.0 + waits / (servers * (1.0 - busy))
}

/// Both, at every load of the chart and at the one that is compared.
pub(super) fn found() -> Findings {
    let mut found = Findings::default();
    let compared = f64::from(COMPARED_PERCENT) / 100.0;
    for (name, time) in [
        ("random", many_lines as fn(f64) -> f64),
        ("one-line", one_line),
    ] {
        let variant = std::format!("theory-{name}");
        found.put(&variant, "mean_works", Number::theory(time(compared), ""));
        let mut line = series(Source::Theory);
        for percent in loads() {
            line.point(percent.into(), time(f64::from(percent) / 100.0));
        }
        found.put_series(&variant, line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas_give_the_numbers_of_the_chapter() {
        // facts.md 7 and 8: M/M/1 and M/M/10 at 90 % busy.
        assert!((many_lines(0.9) - 10.0).abs() < 1e-9);
        assert!((one_line(0.9) - 1.6687).abs() < 5e-5);
    }
}

//! The table, and which targets hold.

use super::books::{Book, FEW, LEAST, MANY, RUST_BOOK_SHAPE};
use super::contender::{ALL, Contender, Measured};

/// A book with all its measurements.
pub(crate) struct Row {
    /// The book.
    pub(crate) book: Book,
    /// For each contender, in the order of [`ALL`], its runs.
    pub(crate) runs: [Vec<Measured>; ALL.len()],
}

impl Row {
    fn runs(&self, contender: Contender) -> &[Measured] {
        &self.runs[contender as usize]
    }

    /// The middle of a contender's times in ms.
    fn median(&self, contender: Contender) -> Option<f64> {
        let mut times: Vec<f64> = self.times(contender).collect();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    }

    /// The shortest of a contender's times in ms: the one that others on the machine disturbed least.
    fn minimum(&self, contender: Contender) -> Option<f64> {
        self.times(contender).min_by(f64::total_cmp)
    }

    fn times(&self, contender: Contender) -> impl Iterator<Item = f64> {
        self.runs(contender).iter().map(|run| run.milliseconds)
    }

    /// The largest memory of any of a contender's runs, in MiB.
    fn peak(&self, contender: Contender) -> Option<f64> {
        let peaks = self.runs(contender).iter().map(|run| run.peak_mib);
        peaks.max_by(f64::total_cmp).filter(|peak| *peak > 0.0)
    }

    /// How a contender's time stands to another's: by medians and by minima.
    fn ratio(&self, contender: Contender, other: Contender) -> Option<(f64, f64)> {
        Some((
            self.median(contender)? / self.median(other)?,
            self.minimum(contender)? / self.minimum(other)?,
        ))
    }
}

/// Prints both tables, ready to be pasted into a page of Markdown.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "\nMilliseconds, median (minimum):\n\n| book | pages | labbook cold | labbook warm | mdBook with search | mdBook without |\n|---|--:|--:|--:|--:|--:|"
    );
    for row in rows {
        let times = ALL.map(|contender| {
            both(
                row.median(contender).zip(row.minimum(contender)),
                |milliseconds| format!("{milliseconds:.0}"),
            )
        });
        println!(
            "| {} | {} | {} |",
            row.book.name,
            row.book.pages,
            times.join(" | ")
        );
    }
    println!(
        "\nShare of mdBook's time, by medians (by minima), and peak memory in MiB:\n\n| book | cold, its search on | cold, off | warm, on | warm, off | labbook cold / warm | mdBook with / without search |\n|---|--:|--:|--:|--:|--:|--:|"
    );
    for row in rows {
        let pairs = [
            (Contender::Cold, Contender::MdbookSearch),
            (Contender::Cold, Contender::Mdbook),
            (Contender::Warm, Contender::MdbookSearch),
            (Contender::Warm, Contender::Mdbook),
        ];
        let ratios = pairs.map(|(ours, theirs)| {
            both(row.ratio(ours, theirs), |ratio| format!("{}", Share(ratio)))
        });
        let peaks = ALL.map(|contender| {
            row.peak(contender)
                .map_or("–".into(), |peak| format!("{peak:.0}"))
        });
        println!(
            "| {} | {} | {} / {} | {} / {} |",
            row.book.name,
            ratios.join(" | "),
            peaks[0],
            peaks[1],
            peaks[2],
            peaks[3]
        );
    }
    targets(rows);
}

/// A ratio with as many digits as mean something.
struct Share(f64);

impl std::fmt::Display for Share {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = if self.0 < 0.1 { 3 } else { 2 };
        write!(formatter, "{:.digits$}", self.0)
    }
}

/// `median (minimum)`, or a dash for what was not measured.
fn both(values: Option<(f64, f64)>, shown: impl Fn(f64) -> String) -> String {
    values.map_or("–".into(), |(median, minimum)| {
        format!("{} ({})", shown(median), shown(minimum))
    })
}

/// The targets, each with what was measured. A target holds when the medians say so.
fn targets(rows: &[Row]) {
    println!("\nTargets:\n");
    let named = |name: &str| rows.iter().find(|row| row.book.name == name);
    let sized = |pages: usize| rows.iter().find(|row| row.book.pages == pages);
    let against_search =
        |contender| named(RUST_BOOK_SHAPE)?.ratio(contender, Contender::MdbookSearch);
    target(
        "cold build of the Rust Book's shape, of mdBook's time with search",
        (against_search(Contender::Cold), 0.5),
    );
    target("the same, warm", (against_search(Contender::Warm), 0.25));
    let growth = |pages: usize| {
        let (fewer, many) = (sized(pages)?, sized(MANY)?);
        Some((
            many.median(Contender::Cold)? / fewer.median(Contender::Cold)?,
            many.minimum(Contender::Cold)? / fewer.minimum(Contender::Cold)?,
        ))
    };
    target("4,000 pages cold, of the time of 1,000", (growth(FEW), 4.4));
    let share = LEAST as f64 / MANY as f64;
    let of_a_page = growth(LEAST).map(|(median, minimum)| (median * share, minimum * share));
    target(
        "the same for one page, of one in a book of 40",
        (of_a_page, 1.0),
    );
    for row in rows {
        let ours = row.peak(Contender::Cold).zip(row.peak(Contender::Warm));
        let of_search = row.peak(Contender::MdbookSearch);
        let memory = ours.zip(of_search).map(|((cold, warm), theirs)| {
            let ratio = cold.max(warm) / theirs;
            (ratio, ratio)
        });
        target(
            &format!("peak memory, of mdBook's with search: {}", row.book.name),
            (memory, 1.0),
        );
    }
}

fn target(name: &str, (measured, limit): (Option<(f64, f64)>, f64)) {
    let verdict = match measured {
        Some((median, _)) if median <= limit => "holds",
        Some(_) => "DOES NOT HOLD",
        None => "was not measured",
    };
    let measured = both(measured, |ratio| Share(ratio).to_string());
    println!("- {name}: {measured}, at most {limit}: {verdict}");
}

//! The numbers of the chapters, computed again: each is made here by the formula that the text gives, and the text must say
//! what comes out. `cargo test chapter_numbers` makes them all again.

mod simulated;

use std::fs;

/// A chapter's text on one line.
fn chapter(number: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/chapters");
    let mut files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let wanted = format!("{number:02}-");
    let file = files
        .find(|file| {
            file.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&wanted)
        })
        .unwrap();
    let text = fs::read_to_string(file).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The chapter says each of these.
#[track_caller]
fn says(number: usize, phrases: &[String]) {
    let text = chapter(number);
    for phrase in phrases {
        assert!(
            text.contains(phrase.as_str()),
            "chapter {number} does not say: {phrase}"
        );
    }
}

/// `12000` as `12,000`.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn of_chapter_1() {
    let capacity = |workers: f64, seconds: f64| workers / seconds;
    let (network, program, database) = (
        capacity(4.0, 0.010),
        capacity(50.0, 0.100),
        capacity(1.0, 0.010),
    );
    let load = 120.0;
    let throughput = f64::min(load, network.min(program).min(database));
    let joining = load - throughput;
    let busy = |capacity: f64| 80.0 / capacity * 100.0;
    let faster = f64::min(load, network.min(program).min(2.0 * database));
    says(
        1,
        &[
            format!(
                "cups take 50 × 40 = {} seconds, so the last guest drinks {:.0} minutes",
                grouped(50.0 * 40.0),
                (50.0 * 40.0_f64 / 60.0).floor()
            ),
            format!("50 ÷ 0.1 = {program:.0} per second"),
            format!("1 ÷ 0.01 = {database:.0} per second"),
            format!(
                "{load:.0} requests arrive each second and the database finishes {throughput:.0}. Each second leaves {joining:.0} more"
            ),
            format!(
                "{} are waiting, and whoever joins them waits {} ÷ {database:.0} = {:.0} seconds",
                grouped(60.0 * joining),
                grouped(60.0 * joining),
                60.0 * joining / database
            ),
            format!(
                "{:.0} %, {:.0} % and {:.0} %",
                busy(network),
                busy(program),
                busy(database)
            ),
            format!(
                "| a database twice as fast | {faster:.0} /s | {:.0} /s | that the next limit is {:.0} /s |",
                load - faster,
                2.0 * database
            ),
        ],
    );
}

/// Gunther's Universal Scalability Law with the chapter's constants: the work of `machines`, in machines.
fn scalability(machines: f64) -> f64 {
    let (waiting, agreeing) = (0.02, 0.0005);
    machines / (1.0 + waiting * (machines - 1.0) + agreeing * machines * (machines - 1.0))
}

#[test]
fn of_chapter_2() {
    let best = (1..=400)
        .max_by(|a, b| scalability(f64::from(*a)).total_cmp(&scalability(f64::from(*b))))
        .unwrap();
    let mut phrases = vec![
        format!("60 + 60 = {} %", 60 + 60),
        format!(
            "after ten minutes {} are waiting",
            grouped((120.0 - 100.0) * 600.0)
        ),
        format!(
            "the best is {best} machines, which do the work of {:.1}",
            scalability(f64::from(best))
        ),
        format!("At 128 they do the work of {:.0}.", scalability(128.0)),
    ];
    for machines in [1.0, 2.0, 5.0, 10.0] {
        let (lost, allowed) = (100.0 / machines, 80.0 * (machines - 1.0) / machines);
        phrases.push(format!(
            "| {machines} | {lost:.0} % | {allowed:.0} % | {:.0} % |",
            80.0 - allowed
        ));
    }
    says(2, &phrases);
}

/// Time with one line for so many servers (M/M/n, Erlang's C formula), in lengths of an average request.
fn one_line(servers: u32, busy: f64) -> f64 {
    let offered = busy * f64::from(servers);
    let term = |k: u32| (1..=k).fold(1.0, |term, i| term * offered / f64::from(i));
    let all_busy = term(servers) / (1.0 - busy);
    let waits = all_busy / (all_busy + (0..servers).map(term).sum::<f64>());
    1.0 + waits / (f64::from(servers) * (1.0 - busy))
}

/// The share of the time in which somebody waits while a server is idle, at so many servers that know nothing of each other
/// (M/M/1 each): not all are busy, and not all are without a line.
fn waits_beside_idle(servers: i32, busy: f64) -> f64 {
    let (idle, line) = (1.0 - busy, busy * busy);
    let neither = (1.0 - idle - line).powi(servers);
    1.0 - (1.0 - idle).powi(servers) - (1.0 - line).powi(servers) + neither
}

/// Time in the supermarket model with two choices (Mitzenmacher 2001), in lengths of an average request.
fn two_choices(load: f64) -> f64 {
    (1..20)
        .map(|level| load.powf(2_f64.powi(level) - 2.0))
        .sum()
}

#[test]
fn of_chapter_3() {
    let (quick, slow): (f64, f64) = (1.0 / 0.015, 1.0 / 0.030);
    let share: f64 = 120.0 / 3.0;
    let noticed = 3.0 * 5.0 + 2.0;
    says(
        3,
        &[
            format!("up to 3 × 5 + 2 = {noticed:.0} seconds, as in the opening"),
            format!("five failures take 5 ÷ 20 = {:.2} s", 5.0 / 20.0),
            "of five keys four move".into(),
            "one key in five, if it is the fifth".into(),
            format!("3 × 5 + 2 = {noticed:.0} seconds"),
            format!("120 × 17 ÷ 5 = {:.0} requests fail", 120.0 * noticed / 5.0),
            format!("1 ÷ 0.015 = {quick:.1} per second"),
            format!(
                "{slow:.1} per second. Together they could finish {:.1}",
                2.0 * quick + slow
            ),
            format!(
                "Round robin sends {share:.0} a second to each. The first two are {:.0} % busy",
                share / quick * 100.0
            ),
            format!("its line grows by {:.1} every second", share - slow),
            format!("At 90 % busy this is {:.2}.", two_choices(0.9)),
            format!(
                "With one line for all ten it is {:.2} times",
                one_line(10, 0.9)
            ),
            format!(
                "theory says that an answer takes {:.1} lengths of the work above and {:.1} below",
                one_line(4, 0.8),
                1.0 / (1.0 - 0.8)
            ),
            format!(
                "beside an idle server {:.0} % of the time",
                100.0 * waits_beside_idle(4, 0.8)
            ),
            format!("80 × 4 ÷ 3 = {:.0} %", 80.0 * 4.0 / 3.0),
            format!("$1/(1-\\lambda)$ = {:.0}.", 1.0 / (1.0 - 0.9)),
            format!(
                "{:.0} % busy on all three servers",
                120.0 * 2.0 / 5.0 / quick * 100.0
            ),
        ],
    );
    assert!(
        (120.0 / 5.0 / slow - 0.72).abs() < 1e-9,
        "the slow server is as busy"
    );
}

#[test]
fn of_chapter_4() {
    let hits = [0.95, 0.80, 0.65, 0.50];
    let reach: Vec<f64> = hits
        .iter()
        .scan(1.0, |left, hit| {
            *left *= 1.0 - hit;
            Some(*left)
        })
        .collect();
    let time: f64 = reach
        .iter()
        .zip([20.0, 1.0, 2.0, 20.0])
        .map(|(reach, milliseconds)| reach * milliseconds)
        .sum();
    let at = |layer: usize| grouped(100_000.0 * reach[layer]);
    says(
        4,
        &[
            format!(
                "{} more join its line every second. After one minute {}",
                400 - 200,
                grouped((400.0 - 200.0) * 60.0)
            ),
            format!(
                "0.05 × 0.2 × 0.35 × 0.5 = {:.5} through, so {} reads",
                reach[3],
                at(3)
            ),
            format!(
                "100,000, then {}, {}, {} and {}",
                at(0),
                at(1),
                at(2),
                at(3)
            ),
            format!("= {time:.2}\\ \\text{{ms}}"),
            format!("$\\lambda T$ is {}", grouped(400.0 * 60.0)),
        ],
    );
    let misses_a_minute: f64 = 60.0 * 400.0 / (1.0 + 400.0 * 60.0);
    assert!((misses_a_minute - 1.0).abs() < 0.001, "once a minute");
}

#[test]
fn of_chapter_5() {
    let (round_trip, work): (f64, f64) = (5570.0 / 100.0, 20.0);
    let far = 3.0 * round_trip + work;
    let edge = 3.0 + round_trip + work;
    says(
        5,
        &[
            format!("$R$ = {round_trip:.1} ms"),
            format!(
                "{far:.0} ms for the first byte of a page, now waits {:.0}",
                far - 10.0
            ),
            format!("3 × 55.7 = {:.0} ms", 3.0 * round_trip),
            format!("3 + 55.7 + 20 = {edge:.0} ms"),
            format!("| nothing | {far:.0} ms |"),
            format!("| a second origin, 100 km away | {:.0} ms |", 3.0 + work),
            format!("$h$ = 90 %, that is {:.0}.", 200.0 * (1.0 - 0.9)),
        ],
    );
    assert_eq!((far / 10.0).round(), 19.0, "one part in nineteen");
    assert!(
        (200.0 / 299.792_f64 - 2.0 / 3.0).abs() < 0.001,
        "two thirds of light's speed in empty space"
    );
}

#[test]
fn of_chapter_6() {
    let mut phrases = vec![
        format!("80 − 60 − 60 = −{}", -(80 - 60 - 60)),
        format!("3 times 400, {} per second", grouped(3.0 * 400.0)),
    ];
    for writes in [100, 400, 700, 900] {
        let left = 1000 - writes;
        phrases.push(format!("| {writes} | {left} | {} |", 1800 / left));
        assert_eq!(1800 % left, 0, "no part of a machine is left over");
    }
    says(6, &phrases);
}

#[test]
fn of_chapter_7() {
    let (decide, later, note) = (30 + 150, 400 + 300 + 120, 5);
    let busy = |milliseconds: i32| 20.0 * f64::from(milliseconds) / 1000.0;
    says(
        7,
        &[
            format!("20 × 5 = {} orders", 20 * 5),
            format!(
                "That is {} ms, and the visitor",
                grouped(f64::from(decide + later))
            ),
            format!("waits {} ms where she waited 1,000", decide + note),
            format!(
                "20 × 0.185 = {:.1} are busy in front, and 20 × 0.82 = {:.1} behind",
                busy(decide + note),
                busy(later)
            ),
            format!("Together that is {:.1}.", busy(decide + note + later)),
        ],
    );
}

#[test]
fn of_chapter_8() {
    let part = 0.0001_f64;
    let out = |parts: i32| 100.0 * (1.0 - (1.0 - part).powi(parts));
    let together = 0.001 + 0.999 * part;
    says(
        8,
        &[
            format!("4 × 26 = {} arrive", 4 * 26),
            format!("4 × 24 = {}, and it recovers", 4 * 24),
            format!("out for {:.1} seconds a day", 86_400.0 * part),
            format!("| 1 | {:.2} % of the time |", out(1)),
            format!("| 100 | {:.1} % |", out(100)),
            format!("| 1,000 | {:.1} % |", out(1000)),
            format!("| 10,000 | {:.1} % |", out(10_000)),
            format!(
                "out {:.2} % of the time. Give every part",
                100.0 * (1.0 - 0.99_f64.powi(3))
            ),
            format!("the page {:.2} %: a hundredth", out(3)),
            format!(
                "out {:.2} % of the time. One part without",
                100.0 * (1.0 - 0.99 * (1.0 - part).powi(2))
            ),
            format!("= {:.2} % of it", 100.0 * together),
            format!("= {:.0} % of all pages", 100.0 * (1.0 - 0.99_f64.powi(100))),
        ],
    );
    assert_eq!((together / part).round(), 11.0, "eleven times");
}

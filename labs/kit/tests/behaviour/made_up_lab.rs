//! A lab about coins, and what its program says.

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Mutex};

use kit::command_line::{
    Figure, FigureRequest, Lab, NoOptions, Replay, Session, Surroundings, Terminal, run,
};
use kit::exercise::{Exercise, Passed};
use kit::experiment::{Bench, Claim, Experiment, Findings, Measuring, Number};
use tempfile::TempDir;

const MANIFEST: &str = r#"
[package]
name = "lab-42"

[package.metadata.lab]
title = "Coins"
minutes = 5
pokes = ["Throw `one`."]

[[package.metadata.lab.exercises]]
name = "fair"
title = "A fair coin"
effort = "easy, 5 min"
task = "Throw a `coin` that is fair."
hints = ["Think.", "Think of chance.", "Use a generator."]
"#;

struct Coins;

impl Lab for Coins {
    const NAME: &'static str = "lab-42";
    const MANIFEST: &'static str = MANIFEST;
    const FOLDER: &'static str = "";

    type Start = NoOptions;
    type Serve = NoOptions;

    async fn start(_session: Session, _options: NoOptions) -> anyhow::Result<()> {
        Ok(())
    }

    fn serve(_options: NoOptions) -> anyhow::Result<()> {
        anyhow::bail!("the coin is lost")
    }

    fn experiments() -> &'static [&'static dyn Experiment] {
        &[&Throws, &Forgery]
    }

    fn exercises() -> &'static [Exercise] {
        const fn exercise(name: &'static str, grade: fn() -> Result<Passed, String>) -> Exercise {
            let file = "labs/42-coins/src/exercises/fair.rs";
            Exercise { name, file, grade }
        }
        const EXERCISES: &[Exercise] = &[
            exercise("fair", || Ok(Passed::new("1,000 throws, 504 heads"))),
            exercise("weighed", || kit::not_written!()),
            exercise("forged", || Err("it has two heads".into())),
            exercise("thin", || panic!("it fell into a crack")),
        ];
        EXERCISES
    }

    fn figures() -> Vec<Figure> {
        let replay = |request: &FigureRequest| {
            if request.set.iter().any(|(control, _)| control != "coins") {
                return Err("there is no control of that name; there are coins".to_string());
            }
            Ok(Replay {
                summary: format!("{:?} after {} ms.", request.set, request.until_ms),
                table: format!("After {} ms\nCoin\tSide\n1\theads", request.until_ms),
                digest: request.seed,
            })
        };
        vec![Figure {
            name: "coins",
            title: "Coins",
            replay,
        }]
    }
}

/// Everything an experiment can have.
struct Throws;

impl Experiment for Throws {
    fn name(&self) -> &'static str {
        "throws"
    }

    fn title(&self) -> &'static str {
        "A hundred throws"
    }

    fn question(&self) -> &'static str {
        "How often does a coin show heads?"
    }

    fn seconds(&self) -> u32 {
        1
    }

    fn engines(&self) -> &'static [&'static str] {
        &["bank", "casino"]
    }

    fn simulate(&self, seed: u64) -> Findings {
        let mut found = Findings::default();
        found.put("theory-fair", "heads", Number::theory(50.0, "%"));
        let heads = 50.0 + (seed % 5) as f64 + 0.123_456;
        found.put("simulated-fair", "heads", Number::simulated(heads, "%"));
        found
    }

    fn measure<'a>(&'a self, bench: &'a Bench) -> Measuring<'a> {
        Box::pin(async {
            let _step = bench.step("throwing", std::time::Duration::from_secs(1));
            let mut found = Findings::default();
            found.put("fair", "heads", Number::measured(51.0, "%"));
            Ok(found)
        })
    }

    fn against<'a>(&'a self, engine: &'a str, _bench: &'a Bench) -> Measuring<'a> {
        Box::pin(async move {
            anyhow::ensure!(engine == "bank", "the casino is closed");
            let mut found = Findings::default();
            let number = Number::of_engine(engine, 49.0, "%");
            found.put("bank-fair", "heads", number);
            Ok(found)
        })
    }

    fn claims(&self, found: &Findings) -> Vec<Claim> {
        let near = |value: f64| (value - 50.0).abs() < 5.0;
        let simulated = found.value("simulated-fair", "heads");
        let measured = found.value("fair", "heads");
        let mut claim = Claim::new(
            "a coin shows heads half of the time",
            simulated.into_iter().chain(measured).all(near),
        )
        .theory(50.0)
        .tolerance("5 %");
        claim.simulated = simulated.map(Into::into);
        claim.measured = measured.map(Into::into);
        vec![claim]
    }
}

/// A claim that does not hold.
struct Forgery;

impl Experiment for Forgery {
    fn name(&self) -> &'static str {
        "forgery"
    }

    fn title(&self) -> &'static str {
        "A forged coin"
    }

    fn question(&self) -> &'static str {
        "Is a coin with two heads fair?"
    }

    fn seconds(&self) -> u32 {
        1
    }

    fn simulate(&self, _seed: u64) -> Findings {
        let mut found = Findings::default();
        found.put("simulated-forged", "heads", Number::simulated(100.0, "%"));
        found
    }

    fn measure<'a>(&'a self, _bench: &'a Bench) -> Measuring<'a> {
        Box::pin(async { anyhow::bail!("the coin is in police custody") })
    }

    fn claims(&self, _found: &Findings) -> Vec<Claim> {
        vec![Claim::new("a coin with two heads is fair", false).simulated(100.0)]
    }
}

/// What a program said, and its exit code.
pub(crate) struct Said {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) messages: String,
}

/// A folder with a book, in which the lab's program is run.
pub(crate) struct Book(TempDir);

impl Book {
    pub(crate) fn new() -> Book {
        Book(tempfile::tempdir().expect("there is room"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the lab's program with these words.
    pub(crate) fn run(&self, words: &str) -> Said {
        let mut arguments = vec![OsString::from("lab-42")];
        arguments.extend(words.split_whitespace().map(OsString::from));
        let (out, messages) = (Arc::default(), Arc::default());
        let surroundings = Surroundings {
            terminal: Terminal::kept(Arc::clone(&out), Arc::clone(&messages)),
            book: self.path().into(),
            lab: self.path().into(),
        };
        let code = run::<Coins>(arguments, &surroundings);
        let text = |kept: &Mutex<Vec<u8>>| {
            String::from_utf8(kept.lock().expect("nobody panics while writing").clone())
                .expect("programs speak UTF-8")
        };
        Said {
            code,
            out: text(&out),
            messages: text(&messages),
        }
    }

    /// The text of a file in the book's folder.
    pub(crate) fn file(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).expect(path)
    }

    /// The same as JSON.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.file(path)).expect("it is JSON")
    }
}

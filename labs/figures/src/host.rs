//! All opened figures, behind handles: what the exports do, as safe Rust.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use replay::opening;
use replay::run::Run;

use crate::catalogue;

/// The most bytes that a host may hand in at once.
pub const INPUT_BYTES_MAX: u32 = 64 * 1024;
/// The most milliseconds that one step may let pass.
pub const STEP_MS_MAX: u32 = 60_000;
/// The most figures that may be open at once.
const RUNS_MAX: usize = 64;

/// Figures that are open, what came in last, and the last answer.
#[derive(Default)]
pub struct Host {
    runs: Vec<Option<Run>>,
    input: Vec<u8>,
    output: Vec<u8>,
    problem: String,
}

impl Host {
    /// Nothing is open.
    #[must_use]
    pub const fn new() -> Host {
        Host {
            runs: Vec::new(),
            input: Vec::new(),
            output: Vec::new(),
            problem: String::new(),
        }
    }

    /// Room for `length` bytes of input; `None` when that is more than [`INPUT_BYTES_MAX`].
    pub fn input(&mut self, length: u32) -> Option<&mut [u8]> {
        if length > INPUT_BYTES_MAX {
            return None;
        }
        self.input.clear();
        self.input.resize(length as usize, 0);
        Some(&mut self.input)
    }

    /// The last answer.
    #[must_use]
    pub fn output(&self) -> &[u8] {
        &self.output
    }

    /// Answers the list of figures, as JSON.
    pub fn list(&mut self) -> u32 {
        self.answer(catalogue::list())
    }

    /// Opens the figure that the first `length` bytes of the input describe: its handle, or −1 with a problem.
    pub fn open(&mut self, length: u32) -> i32 {
        let opened = self
            .text(length)
            .and_then(opening::parse)
            .and_then(|opening| catalogue::open(&opening))
            .and_then(|run| Ok((self.place()?, run)));
        match opened {
            Ok((place, run)) => {
                self.runs[place] = Some(run);
                i32::try_from(place).expect("there are at most 64")
            }
            Err(problem) => self.refuse(problem),
        }
    }

    /// Answers why the last call gave −1.
    pub fn problem(&mut self) -> u32 {
        self.answer(self.problem.clone())
    }

    /// Forgets a figure.
    pub fn close(&mut self, handle: i32) {
        if let Some(place) = self.place_of(handle) {
            self.runs[place] = None;
        }
    }

    /// Gives a control the value that the first `length` bytes of the input name, as `control=value`: 0, or −1.
    pub fn set(&mut self, handle: i32, length: u32) -> i32 {
        let setting = self.text(length).and_then(|text| {
            let (name, value) = text
                .split_once('=')
                .ok_or_else(|| ["`", text, "` sets nothing: write control=value"].concat())?;
            Ok((name.to_owned(), value.to_owned()))
        });
        let done = setting.and_then(|(name, value)| match self.run(handle) {
            Some(run) => run.set(&name, &value),
            None => Err("this figure is not open".to_owned()),
        });
        match done {
            Ok(()) => 0,
            Err(problem) => self.refuse(problem),
        }
    }

    /// Lets time pass, at most [`STEP_MS_MAX`].
    pub fn step(&mut self, handle: i32, ms: u32) {
        if let Some(run) = self.run(handle) {
            let then = run.time_ms().saturating_add(ms.min(STEP_MS_MAX));
            run.seek(then);
        }
    }

    /// Goes to a time, back or ahead.
    pub fn seek(&mut self, handle: i32, ms: u32) {
        if let Some(run) = self.run(handle) {
            run.seek(ms);
        }
    }

    /// The present time in milliseconds; 0 when the figure is not open.
    pub fn time(&mut self, handle: i32) -> u32 {
        self.run(handle).map_or(0, |run| run.time_ms())
    }

    /// Answers what changed in the picture.
    pub fn frame(&mut self, handle: i32) -> u32 {
        let mut changes = core::mem::take(&mut self.output);
        changes.clear();
        if let Some(run) = self.run(handle) {
            run.frame(&mut changes);
        }
        self.output = changes;
        length(&self.output)
    }

    /// Answers what `question` says of the figure; nothing when it is not open.
    pub fn ask(&mut self, handle: i32, question: impl Fn(&mut Run) -> String) -> u32 {
        let text = self.run(handle).map_or_else(String::new, question);
        self.answer(text)
    }

    fn answer(&mut self, text: String) -> u32 {
        self.output = text.into_bytes();
        length(&self.output)
    }

    fn refuse(&mut self, problem: String) -> i32 {
        self.problem = problem;
        -1
    }

    fn text(&self, length: u32) -> Result<&str, String> {
        self.input
            .get(..length as usize)
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .ok_or_else(|| "the input is no UTF-8 text of this length".to_owned())
    }

    /// A free place for a figure.
    fn place(&mut self) -> Result<usize, String> {
        if let Some(free) = self.runs.iter().position(Option::is_none) {
            return Ok(free);
        }
        if self.runs.len() == RUNS_MAX {
            return Err("64 figures are open already: close one".to_owned());
        }
        self.runs.push(None);
        Ok(self.runs.len() - 1)
    }

    fn place_of(&self, handle: i32) -> Option<usize> {
        let place = usize::try_from(handle).ok()?;
        self.runs.get(place)?.is_some().then_some(place)
    }

    fn run(&mut self, handle: i32) -> Option<&mut Run> {
        let place = self.place_of(handle)?;
        self.runs[place].as_mut()
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("an answer is far below 4 GiB")
}

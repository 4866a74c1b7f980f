//! The figures as a host drives them: opened, run, changed, set back, and the same on every machine.

mod digests;
mod driving;
mod robustness;

use figures::host::Host;

/// A host with one figure open, which speaks in texts.
pub(crate) struct Opened {
    host: Host,
    handle: i32,
}

impl Opened {
    /// Opens a figure by the lines of an opening.
    pub(crate) fn new(lines: &str) -> Self {
        let mut host = Host::default();
        let handle = open(&mut host, lines).unwrap_or_else(|problem| panic!("{lines}: {problem}"));
        Self { host, handle }
    }

    pub(crate) fn set(&mut self, setting: &str) -> Result<(), String> {
        let length = put(&mut self.host, setting);
        match self.host.set(self.handle, length) {
            0 => Ok(()),
            _ => Err(problem(&mut self.host)),
        }
    }

    pub(crate) fn step(&mut self, ms: u32) {
        self.host.step(self.handle, ms);
    }

    pub(crate) fn seek(&mut self, ms: u32) {
        self.host.seek(self.handle, ms);
    }

    pub(crate) fn time(&mut self) -> u32 {
        self.host.time(self.handle)
    }

    pub(crate) fn ask(&mut self, question: fn(&mut replay::run::Run) -> String) -> String {
        self.host.ask(self.handle, question);
        String::from_utf8(self.host.output().to_vec()).expect("answers are text")
    }

    pub(crate) fn digest(&mut self) -> u64 {
        let mut digest = 0;
        self.host
            .ask(self.handle, |run| format!("{:016x}", run.digest()));
        let text = std::str::from_utf8(self.host.output()).expect("digits");
        digest += u64::from_str_radix(text, 16).expect("hexadecimal digits");
        digest
    }

    pub(crate) fn frame(&mut self) -> Vec<u8> {
        self.host.frame(self.handle);
        self.host.output().to_vec()
    }
}

/// Opens a figure in a host: its handle, or what is wrong.
pub(crate) fn open(host: &mut Host, lines: &str) -> Result<i32, String> {
    let length = put(host, lines);
    match host.open(length) {
        -1 => Err(problem(host)),
        handle => Ok(handle),
    }
}

pub(crate) fn put(host: &mut Host, text: &str) -> u32 {
    let length = u32::try_from(text.len()).expect("short");
    host.input(length)
        .expect("room")
        .copy_from_slice(text.as_bytes());
    length
}

fn problem(host: &mut Host) -> String {
    host.problem();
    String::from_utf8(host.output().to_vec()).expect("text")
}

//! Runs a program until it ends, for some time at the most, and ends it together with all that it started.

use std::io::{ErrorKind, PipeReader, Read};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::process::{Child, Command};

/// What came of a program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It ended.
    Ended {
        /// Its exit code; `None` when a signal ended it.
        code: Option<i32>,
        /// All it printed, standard output and errors in the order in which they came, as a terminal shows them.
        output: String,
    },
    /// It was ended after the time that it may take.
    TooLong {
        /// What it printed until then.
        output: String,
    },
    /// It is not there.
    NotFound,
    /// It could not be started, and why.
    NotStarted(String),
    /// The user wants to stop (Ctrl-C).
    Interrupted,
}

/// More than this is no output that a book shows; a program that prints for ever must not fill the memory.
const OUTPUT_BYTES: u64 = 1 << 20;

/// How long what was printed may take to arrive once the program has ended.
const ARRIVAL: Duration = Duration::from_secs(1);

/// Runs a program (its name, then its arguments) in a folder, without input and without colours.
pub(crate) fn run(words: &[String], folder: &Path, limit: Duration) -> Ran {
    let attempt = || -> std::io::Result<Ran> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let _entered = runtime.enter();
        let (reader, writer) = std::io::pipe()?;
        let child = command(words, folder)
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .spawn()?;
        let collected = Collected::of(reader);
        runtime.block_on(wait(child, collected, limit))
    };
    match attempt() {
        Ok(ran) => ran,
        Err(error) if error.kind() == ErrorKind::NotFound => Ran::NotFound,
        Err(error) => Ran::NotStarted(error.to_string()),
    }
}

fn command(words: &[String], folder: &Path) -> Command {
    let mut command = Command::new(words.first().map_or("", String::as_str));
    command
        .args(words.get(1..).unwrap_or_default())
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("CARGO_TERM_COLOR", "never")
        .env("NO_COLOR", "1")
        .kill_on_drop(true);
    // A group of its own, so that all of it can be ended at once.
    #[cfg(unix)]
    command.process_group(0);
    command
}

/// How long a program may take to end after Ctrl-C, which reaches it as well.
const PARTING: Duration = Duration::from_secs(10);

/// Runs a program in a folder until it ends, before the user's eyes: what it prints is not collected, and it may show
/// its progress.
pub(crate) fn run_in_sight(words: &[String], folder: &Path) -> Ran {
    let attempt = || -> std::io::Result<Ran> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let _entered = runtime.enter();
        let mut child = Command::new(words.first().map_or("", String::as_str))
            .args(words.get(1..).unwrap_or_default())
            .current_dir(folder)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let ended = |status: std::process::ExitStatus| Ran::Ended {
            code: status.code(),
            output: String::new(),
        };
        runtime.block_on(async {
            tokio::select! {
                status = child.wait() => status.map(ended),
                _ = tokio::signal::ctrl_c() => {
                    // It may have something to put away.
                    let _ = tokio::time::timeout(PARTING, child.wait()).await;
                    let _ = child.kill().await;
                    Ok(Ran::Interrupted)
                }
            }
        })
    };
    match attempt() {
        Ok(ran) => ran,
        Err(error) if error.kind() == ErrorKind::NotFound => Ran::NotFound,
        Err(error) => Ran::NotStarted(error.to_string()),
    }
}

async fn wait(mut child: Child, collected: Collected, limit: Duration) -> std::io::Result<Ran> {
    let group = child.id();
    tokio::select! {
        status = child.wait() => {
            let code = status?.code();
            if !collected.is_complete() {
                // Something that it left behind still holds its output.
                end_group(group);
            }
            Ok(Ran::Ended { code, output: collected.text() })
        }
        () = tokio::time::sleep(limit) => {
            end(&mut child, group).await;
            Ok(Ran::TooLong { output: collected.text() })
        }
        _ = tokio::signal::ctrl_c() => {
            end(&mut child, group).await;
            Ok(Ran::Interrupted)
        }
    }
}

/// Ends a program that still runs, and what it started.
async fn end(child: &mut Child, group: Option<u32>) {
    end_group(group);
    // Where there are no groups, the program alone; one that has just ended needs nothing.
    let _ = child.kill().await;
}

/// Ends all programs of a group. A group that is gone is no error.
fn end_group(group: Option<u32>) {
    #[cfg(unix)]
    if let Some(group) = group
        .and_then(|group| i32::try_from(group).ok())
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = group;
}

/// What comes out of a pipe.
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    /// Hears when nothing more can come.
    end: Receiver<()>,
}

impl Collected {
    fn of(reader: PipeReader) -> Collected {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (send, end) = channel();
        let shared = Arc::clone(&bytes);
        std::thread::spawn(move || {
            let mut reader = reader.take(OUTPUT_BYTES);
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if let Ok(mut bytes) = shared.lock() {
                    bytes.extend_from_slice(&buffer[..count]);
                }
            }
            // Nobody may be waiting any more.
            let _ = send.send(());
        });
        Collected { bytes, end }
    }

    /// Whether nobody can write any more, after a moment at the most.
    fn is_complete(&self) -> bool {
        match self.end.recv_timeout(ARRIVAL) {
            Ok(()) | Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => true,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => false,
        }
    }

    /// All that came; waits for the rest a moment.
    fn text(&self) -> String {
        self.is_complete();
        let bytes = self.bytes.lock().map(|bytes| bytes.clone());
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Duration) -> Ran {
        let words = ["sh", "-c", script].map(String::from);
        run(&words, Path::new("."), limit)
    }

    #[test]
    fn output_and_errors_come_in_their_order_with_the_exit_code() {
        let output = "one\ntwo\nthree\n".to_string();
        assert_eq!(
            sh(
                "echo one; echo two >&2; echo three; exit 3",
                Duration::from_secs(60)
            ),
            Ran::Ended {
                code: Some(3),
                output
            }
        );
    }

    #[test]
    fn a_program_without_end_is_ended_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let held = folder.path().join("held");
        std::process::Command::new("mkfifo")
            .arg(&held)
            .status()
            .unwrap();
        // Shell and child hold a pipe open; only when both are gone, reading it ends.
        let script = format!("exec 3>{}; sleep 60 & echo started; wait", held.display());
        // A slow machine gets another chance to start the child.
        for milliseconds in [200, 2_000, 20_000] {
            let held = held.clone();
            let (send, read) = channel();
            std::thread::spawn(move || send.send(std::fs::read(held)));
            let ran = sh(&script, Duration::from_millis(milliseconds));
            let Ran::TooLong { output } = ran else {
                panic!("it has no end: {ran:?}");
            };
            if output == "started\n" {
                let end = read.recv_timeout(Duration::from_secs(20));
                assert_eq!(end.expect("both were ended").unwrap(), b"");
                return;
            }
        }
        panic!("the script never started");
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert_eq!(
            run(
                &["no-such-program".into()],
                Path::new("."),
                Duration::from_secs(60)
            ),
            Ran::NotFound
        );
    }
}

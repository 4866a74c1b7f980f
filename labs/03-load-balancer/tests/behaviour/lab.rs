//! The lab's program as its readers start it: what it promises on its first lines, in its README and on its dashboard.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::Duration,
};

use load_balancer::figures::FIGURES;
use replay::opening::Opening;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// No wait of a test lasts longer: what hangs fails.
const PATIENCE: Duration = Duration::from_secs(60);

fn command(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lab-03"));
    command
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What the program says and its exit code, run to its end in a folder of its own.
fn run(words: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    command(&folder).args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Ctrl-C.
fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).unwrap();
}

/// The whole lab on free ports, until it is dropped.
struct WholeLab {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Everything that it has said before it runs.
    said: String,
    _folder: TempDir,
}

impl WholeLab {
    fn start(port: u16) -> WholeLab {
        let folder = tempfile::tempdir().unwrap();
        let mut command = command(&folder);
        let mut child = command.args(["--port", &port.to_string()]).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Ctrl-C ends it.") {
            let read = out.read_line(&mut said).unwrap();
            assert!(read > 0, "it ended: {said}");
        }
        WholeLab {
            child,
            out,
            said,
            _folder: folder,
        }
    }

    /// Where the service or the dashboard listens, as the first lines say.
    fn address(&self, what: &str) -> SocketAddr {
        let mut lines = self.said.lines().map(str::trim);
        let line = lines.find(|line| line.starts_with(what)).unwrap();
        let address = line.split("http://").nth(1).unwrap();
        address.trim_end_matches('/').parse().unwrap()
    }

    fn poke(&self, setting: &str) -> String {
        let length = setting.len();
        ask(
            self.address("dashboard"),
            &format!(
                "POST /set HTTP/1.1\r\nHost: localhost\r\nX-Lab: 1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{setting}"
            ),
        )
    }

    /// Listens on the dashboard until its news say this.
    fn until(&self, news: &str) {
        let mut stream = connect(self.address("dashboard"));
        let request = "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut last = String::new();
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap();
            if line.starts_with("data: ") && line.contains(news) {
                return;
            }
            if line.contains("\"summary\"") {
                last = line;
            }
        }
        panic!("never said {news}; last: {last}");
    }
}

impl Drop for WholeLab {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(address: SocketAddr) -> String {
    ask(
        address,
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
}

#[test]
fn the_whole_lab_says_what_listens_where_serves_there_and_ends_on_ctrl_c() {
    let mut lab = WholeLab::start(0);
    assert!(lab.said.starts_with("Lab 3 · "), "{}", lab.said);
    for number in ["1. ", "2. ", "3. "] {
        assert!(lab.said.contains(number), "{}", lab.said);
    }
    for what in ["service", "dashboard"] {
        let address = lab.address(what).to_string();
        let tried = lab.said.split("Try this").nth(1).unwrap();
        assert!(tried.contains(&address), "{address}: {tried}");
    }
    let service = get(lab.address("service"));
    assert!(service.starts_with("HTTP/1.1 200"), "{service}");
    assert!(service.contains("X-Server: server-"), "{service}");
    let page = get(lab.address("dashboard"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("Who gets the next request?"), "{page}");
    interrupt(&lab.child);
    let mut rest = String::new();
    lab.out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest.trim(), "Stopped.");
    assert_eq!(lab.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_port_in_use_is_one_message_and_the_next_free_one_is_taken() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let mut lab = WholeLab::start(port);
    let found = lab.address("dashboard").port();
    assert!(found > port && found < port + 50, "{found} for {port}");
    assert!(get(lab.address("dashboard")).starts_with("HTTP/1.1 200"));
    interrupt(&lab.child);
    lab.child.wait().unwrap();
    let mut messages = String::new();
    let stderr = lab.child.stderr.as_mut().unwrap();
    stderr.read_to_string(&mut messages).unwrap();
    let says = format!("Another program uses port {port}: the dashboard takes {found}.\n");
    // The service's port may be taken as well: then that is a message of its own.
    assert!(messages.contains(&says), "{messages}");
}

#[test]
fn a_stopped_server_leaves_the_rotation_and_comes_back_when_it_is_started() {
    let lab = WholeLab::start(0);
    lab.until(r"2\trunning\tyes\t");
    let answer = lab.poke("stop=2");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("stop=2\n"),
        "{answer}"
    );
    lab.until(r"2\tnot answering\tno\t");
    lab.until("server 2 is out: probes found it down");
    lab.poke("stop=none");
    lab.until(r"2\trunning\tyes\t");
    lab.until("you: stop=none");
}

#[test]
fn every_poke_does_what_it_says() {
    let lab = WholeLab::start(0);
    for (setting, says) in [
        ("policy=two-choices", "Two choices, 120 requests a second"),
        ("rate=60", "Two choices, 60 requests a second"),
        ("slow=3", r"3\tslow\tyes\t"),
        ("freeze=4", r"4\tnot answering\tno\t"),
        ("drain=1", r"1\trunning\tno\t"),
        ("work=uneven", "you: work=uneven"),
    ] {
        let answer = lab.poke(setting);
        assert!(answer.starts_with("HTTP/1.1 200"), "{setting}: {answer}");
        lab.until(says);
    }
    for setting in ["drain=none", "freeze=none", "slow=none"] {
        lab.poke(setting);
    }
    for server in ["1", "3", "4"] {
        lab.until(&format!(r"{server}\trunning\tyes\t"));
    }
}

#[test]
fn every_poke_that_the_readme_shows_is_one_that_the_lab_takes() {
    let readme = include_str!("../../README.md");
    let lab = WholeLab::start(0);
    let mut shown = 0;
    for line in readme.lines().filter(|line| line.contains("/set")) {
        let setting = line.split(" -d ").nth(1).unwrap();
        let setting = setting.split_whitespace().next().unwrap();
        let answer = lab.poke(setting);
        assert!(answer.starts_with("HTTP/1.1 200"), "{setting}: {answer}");
        shown += 1;
    }
    assert!(shown >= 7, "{shown} pokes");
    assert!(readme.lines().count() <= 80);
}

#[test]
fn a_figures_link_gives_the_digest_of_the_figure() {
    let output = run(&[
        "experiments",
        "figure",
        "balancer",
        "--seed",
        "7",
        "--set",
        "policy=two-choices,rate=150",
        "--actions",
        "3s:stop=2,7.25s:stop=none",
        "--until",
        "12s",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut figure = replay::open(
        FIGURES,
        &Opening {
            figure: "balancer",
            id: "figure",
            seed: 7,
            title: "",
            description: "",
            controls: vec![("policy", "two-choices"), ("rate", "150")],
            actions: "3s:stop=2,7.25s:stop=none",
        },
    )
    .map_err(|problem| panic!("{problem}"))
    .unwrap();
    figure.seek(12_000);
    let digest = format!("digest {:016x}\n", figure.digest());
    let said = text(&output.stdout);
    assert!(said.ends_with(&digest), "{digest}: {said}");
}

#[test]
fn bad_words_are_one_message_and_exit_code_2() {
    for (words, says) in [
        (&["experiments", "polices"][..], "there are policies, "),
        (
            &["experiments", "policies", "--against", "apache"][..],
            "haproxy",
        ),
        (
            &["experiments", "figure", "balancer", "--set", "polcy=random"][..],
            "there are policy, rate",
        ),
        (
            &[
                "experiments",
                "figure",
                "balancer",
                "--actions",
                "3s:stop=9",
            ][..],
            "there is no stop=9",
        ),
        (&["exercises", "two-chioces"][..], "there are two-choices, "),
        (&["--sed", "7"][..], "there are --seed, --port, --open"),
        (&["start"][..], "there are serve, experiments, exercises"),
        (&["--port", "64536"][..], "64536"),
    ] {
        let output = run(words);
        let messages = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {messages}");
        assert!(messages.contains(says), "{words:?}: {messages}");
    }
}

#[test]
fn an_experiment_that_is_interrupted_ends_at_once_and_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(&folder);
    let mut child = command.args(["experiments", "policies"]).spawn().unwrap();
    let mut messages = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    // The first line is the simulation's, the second belongs to a measurement.
    for _ in 0..2 {
        messages.read_line(&mut said).unwrap();
    }
    interrupt(&child);
    messages.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert!(
        said.ends_with("Stopped. What was found before is kept.\n"),
        "{said}"
    );
    assert!(!folder.path().join(".labbook/runs/lab-03.json").exists());
}

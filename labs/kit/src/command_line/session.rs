//! The whole lab while it runs: its ports, its first lines, its end.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use anyhow::{Context, anyhow, bail};

use super::arguments::StartOptions;
use super::stop::asked_to_stop;
use super::terminal::Look;
use super::text::{plain, wrapped};
use super::{Manifest, Terminal};
use crate::dashboard::{self, Board};

/// Dashboards listen at this port and the lab's number, services 1000 above.
const DASHBOARD_PORT: u16 = 7_000;
const SERVICE_ABOVE: u16 = 1_000;

/// How a poke begins an address.
const HOST: &str = "127.0.0.1:";

/// So many ports are tried, one after the other.
const PORTS_TRIED: u16 = 50;

/// What a lab gets when it starts as a whole.
#[derive(Debug)]
pub struct Session {
    manifest: Manifest,
    terminal: Terminal,
    seed: u64,
    /// Where this lab's dashboard listens unless told otherwise.
    dashboard_port_usual: u16,
    dashboard_port: u16,
    opens: bool,
    listening: Vec<(String, String)>,
    /// Usual ports, and those that were opened.
    ports: Vec<(u16, u16)>,
}

impl Session {
    /// Says the first line at once.
    pub(super) fn new(
        name: &str,
        manifest: Manifest,
        options: &StartOptions,
        terminal: &Terminal,
    ) -> anyhow::Result<Session> {
        let number = name.trim_start_matches("lab-");
        let number: u16 = number
            .parse()
            .with_context(|| format!("`{name}` is no lab's name: write it as lab-03"))?;
        let head = format!("Lab {number} · {}", manifest.title);
        terminal.say(&terminal.look(Look::Bold, &head));
        let dashboard_port_usual = DASHBOARD_PORT + number % 100;
        Ok(Session {
            dashboard_port_usual,
            dashboard_port: options.port.unwrap_or(dashboard_port_usual),
            seed: options.seed,
            opens: options.open,
            manifest,
            terminal: terminal.clone(),
            listening: Vec::new(),
            ports: Vec::new(),
        })
    }

    /// Where all randomness of the lab comes from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Opens the port of the lab's service on loopback: 80NN, or the next free one, which is said. The listener does not
    /// block.
    ///
    /// # Errors
    /// No port is free.
    pub fn service(&mut self) -> anyhow::Result<TcpListener> {
        let port = match self.dashboard_port {
            0 => 0,
            port => port + SERVICE_ABOVE,
        };
        let listener = self.listen("service", port)?;
        let address = listener.local_addr()?;
        let usual = self.dashboard_port_usual + SERVICE_ABOVE;
        self.ports.push((usual, address.port()));
        self.tell("service", &format!("http://{address}/"));
        Ok(listener)
    }

    /// Adds a line to what the lab says of itself: what listens, and where.
    pub fn tell(&mut self, what: &str, address: &str) {
        self.listening.push((what.into(), address.into()));
    }

    /// Opens the dashboard, says what listens where and what to try, and runs until Ctrl-C. What the lab started ends when
    /// the caller drops it.
    ///
    /// # Errors
    /// No port is free.
    pub async fn run(mut self, board: impl Board) -> anyhow::Result<()> {
        let listener = self.listen("dashboard", self.dashboard_port)?;
        let address = listener.local_addr()?;
        self.ports.push((self.dashboard_port_usual, address.port()));
        let address = format!("http://{address}/");
        self.tell("dashboard", &address);
        for poke in &mut self.manifest.pokes {
            *poke = with_ports(poke, &self.ports);
        }
        let page = dashboard::Page {
            lab: self.manifest.name.clone(),
            title: self.manifest.title.clone(),
            pokes: self.manifest.pokes.clone(),
            listening: self.listening.clone(),
        };
        self.introduce();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        if self.opens && opener::open_browser(&address).is_err() {
            self.terminal.warn(&format!(
                "no browser could be opened: open {address} yourself"
            ));
        }
        dashboard::run(listener, page, (board, asked_to_stop())).await?;
        self.terminal.say("\nStopped.");
        Ok(())
    }

    fn introduce(&self) {
        let say = |line: &str| self.terminal.say(line);
        say("");
        for (what, address) in &self.listening {
            say(&format!("  {what:<12}{address}"));
        }
        if !self.manifest.pokes.is_empty() {
            say(&format!("\n{}", self.terminal.look(Look::Bold, "Try this")));
        }
        for (number, poke) in (1..).zip(&self.manifest.pokes) {
            say(&wrapped(&format!("  {number}. "), &plain(poke)));
        }
        say(&self.terminal.look(Look::Faint, "\nCtrl-C ends it."));
    }

    /// A listener on loopback at that port, or at the next that is free.
    fn listen(&self, what: &str, port: u16) -> anyhow::Result<TcpListener> {
        let (listener, found) = first_free(port).with_context(|| {
            format!("cannot open a port for the {what}: choose one with --port")
        })?;
        listener.set_nonblocking(true)?;
        if port != 0 && found != port {
            self.terminal.warn(&format!(
                "Another program uses port {port}: the {what} takes {found}."
            ));
        }
        Ok(listener)
    }
}

/// What a lab's Cargo.toml says to try names the usual ports; what readers are told names those that were opened.
fn with_ports(poke: &str, ports: &[(u16, u16)]) -> String {
    let mut parts = poke.split(HOST);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|sign: char| !sign.is_ascii_digit());
        let (port, rest) = part.split_at(digits.unwrap_or(part.len()));
        let opened = ports.iter().find(|(usual, _)| usual.to_string() == port);
        let port = opened.map_or_else(|| port.to_owned(), |(_, opened)| opened.to_string());
        text += &format!("{HOST}{port}{rest}");
    }
    text
}

/// The first port that is free, from `port` on; any if it is 0.
fn first_free(port: u16) -> anyhow::Result<(TcpListener, u16)> {
    let last = match port {
        0 => 0,
        port => port.saturating_add(PORTS_TRIED - 1),
    };
    for tried in port..=last {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, tried))) {
            Ok(listener) => {
                let found = listener.local_addr()?.port();
                return Ok((listener, found));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => bail!("127.0.0.1:{tried}: {error}"),
        }
    }
    Err(anyhow!("all ports from {port} to {last} are in use"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_gives_the_next_free_one() {
        let (_held, port) = first_free(0).expect("some port is free");
        let (_next, found) = first_free(port).expect("one after it is free");
        assert!(found > port && found < port + PORTS_TRIED, "{found}");
    }

    #[test]
    fn pokes_name_the_ports_that_were_opened() {
        let ports = [(8_003, 7_003), (7_003, 6_003)];
        let poke = "`curl http://127.0.0.1:8003/a`, 127.0.0.1:7003 and 127.0.0.1:70030";
        assert_eq!(
            with_ports(poke, &ports),
            "`curl http://127.0.0.1:7003/a`, 127.0.0.1:6003 and 127.0.0.1:70030"
        );
    }
}

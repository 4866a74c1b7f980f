//! The servers behind everybody: nginx with three ports and a kilobyte.

use std::net::SocketAddr;

use anyhow::Result;
use kit::engine::{Engine, Program};
use kit::port::HeldPort;

use crate::contender::fill;
use crate::machine::{LOAD_CORE, on_core};

/// Bytes of an answer's body.
pub(crate) const BODY_BYTES: usize = 1024;

/// Three servers on the core for load.
pub(crate) struct Backends {
    pub(crate) addresses: Vec<SocketAddr>,
    _ports: Vec<HeldPort>,
    _nginx: Engine,
}

impl Backends {
    /// Starts them.
    pub(crate) fn start() -> Result<Self> {
        let ports = (0..3)
            .map(|_| HeldPort::any())
            .collect::<Result<Vec<_>>>()?;
        let addresses: Vec<SocketAddr> = ports.iter().map(HeldPort::address).collect();
        let text = include_str!("../configurations/servers.nginx.conf");
        let nginx = on_core(LOAD_CORE, || {
            Engine::start(Program::Nginx, &|place| {
                Ok(fill(text, place.address, &addresses)
                    .replace("{{body}}", &"x".repeat(BODY_BYTES)))
            })
        })?;
        Ok(Self {
            addresses,
            _ports: ports,
            _nginx: nginx,
        })
    }
}

//! The sockets that a balancer listens on. They are bound before it runs, so that a busy port is one clear message.

use std::{
    format, io,
    net::{SocketAddr, TcpListener},
    prelude::v1::*,
    vec,
};

use socket2::{Domain, Protocol, Socket, Type};

use super::settings::Settings;

/// Connections that the kernel keeps while the balancer is busy.
const BACKLOG: i32 = 4_096;

/// One listener for each thread, and one for the admin address.
#[derive(Debug)]
pub struct Listeners {
    /// Where clients connect: one for each thread, all of the same address.
    pub service: Vec<TcpListener>,
    /// Where statistics are read and changes made.
    pub admin: Option<TcpListener>,
}

impl Listeners {
    /// Binds what the settings say. Port 0 takes a free one: see [`address`](Listeners::address).
    ///
    /// # Errors
    /// One of the addresses cannot be had; the message says which, and what to do.
    pub fn bind(settings: &Settings) -> Result<Listeners, String> {
        let mut service = bind_several(settings.listen, settings.threads)
            .map_err(|error| explain(settings.listen, &error, "--listen"))?;
        let admin = settings.admin.map(|address| {
            bind(address, false).map_err(|error| explain(address, &error, "--admin"))
        });
        service.truncate(settings.threads as usize);
        Ok(Listeners {
            service,
            admin: admin.transpose()?,
        })
    }

    /// One thread on a listener that somebody else has bound; no admin address.
    pub fn on(listener: TcpListener) -> Listeners {
        Listeners {
            service: vec![listener],
            admin: None,
        }
    }

    /// Where clients connect.
    ///
    /// # Errors
    /// As of [`TcpListener::local_addr`].
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.service[0].local_addr()
    }

    /// Where statistics are read.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref()?.local_addr().ok()
    }
}

/// Several listeners of one address: the kernel deals new connections out to them.
fn bind_several(address: SocketAddr, count: u32) -> io::Result<Vec<TcpListener>> {
    // Two programs that both share a port would both succeed, and each get half of the clients: the first is bound alone to
    // see that the port is free.
    let first = bind(address, false)?;
    if count == 1 {
        return Ok(vec![first]);
    }
    let address = first.local_addr()?;
    drop(first);
    (0..count).map(|_| bind(address, true)).collect()
}

fn bind(address: SocketAddr, is_shared: bool) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // Connections of an earlier run that linger in TIME_WAIT do not keep the port.
    socket.set_reuse_address(true)?;
    if is_shared {
        socket.set_reuse_port(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

fn explain(address: SocketAddr, error: &io::Error, option: &str) -> String {
    let port = address.port();
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} is busy: another program listens on {address}. Stop it, or give another port, as in {option} {}:0 for a free one",
            address.ip()
        ),
        io::ErrorKind::PermissionDenied => format!(
            "port {port} needs an administrator's rights: choose one from 1024 on, as in {option} {}:8003",
            address.ip()
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "{} is no address of this machine: give one that is, as in {option} 127.0.0.1:{port}",
            address.ip()
        ),
        _ => format!("cannot listen on {address} ({option}): {error}"),
    }
}

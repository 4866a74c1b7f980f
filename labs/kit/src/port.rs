//! A port of this machine that stays ours while nobody listens on it.
//!
//! A socket is bound to it and never listens: whoever connects is refused, no other program is given the port, and no
//! outgoing connection starts from it. A second socket, ours or that of a program we start, can listen there, as long as
//! it says SO_REUSEADDR, which servers do.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use anyhow::{Context, Result};
use socket2::{Domain, Socket, Type};

/// Connections that the machine keeps for a server that does not accept them at once.
const BACKLOG: i32 = 1024;

/// A port that is ours until this is dropped.
#[derive(Debug)]
pub struct HeldPort {
    address: SocketAddr,
    _bound: Socket,
}

impl HeldPort {
    /// Takes the port of `address`, or any free one if it is 0.
    pub fn take(address: SocketAddr) -> Result<Self> {
        let bound =
            bind(address).with_context(|| format!("can't have {address}: is the port in use?"))?;
        let address = bound
            .local_addr()?
            .as_socket()
            .context("a TCP socket has an address and a port")?;
        Ok(Self {
            address,
            _bound: bound,
        })
    }

    /// Takes any free port of 127.0.0.1.
    pub fn any() -> Result<Self> {
        Self::take(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// The address with its port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A non-blocking listener on it.
    pub fn listen(&self) -> Result<TcpListener> {
        let socket =
            bind(self.address).with_context(|| format!("can't listen on {}", self.address))?;
        socket
            .listen(BACKLOG)
            .with_context(|| format!("can't listen on {}", self.address))?;
        socket.set_nonblocking(true)?;
        Ok(socket.into())
    }
}

fn bind(address: SocketAddr) -> std::io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_held_port_refuses_until_somebody_listens_and_again_after() {
        let port = HeldPort::any().unwrap();
        let refused = |port: &HeldPort| TcpStream::connect(port.address()).unwrap_err().kind();
        assert_eq!(refused(&port), ErrorKind::ConnectionRefused);
        let listener = port.listen().unwrap();
        TcpStream::connect(port.address()).unwrap();
        drop(listener);
        assert_eq!(refused(&port), ErrorKind::ConnectionRefused);
        port.listen().unwrap();
    }
}

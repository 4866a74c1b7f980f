//! Reads a header from a connection, and nothing behind it.

use std::{io, vec, vec::Vec};

use tokio::{io::AsyncReadExt, net::TcpStream};

use super::parse::{HEADER_BYTES_MAX, Header, Mistake, Parsed, parse};

/// Why there is no header.
#[derive(Debug)]
pub enum ReadError {
    /// The bytes are none.
    Mistake(Mistake),
    /// The connection failed, or ended within it.
    Connection(io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> ReadError {
        ReadError::Connection(error)
    }
}

/// Reads the header that a connection begins with. Whoever calls sets the time limit.
///
/// # Errors
/// There is none, or the connection failed.
pub async fn read(stream: &mut TcpStream) -> Result<Header, ReadError> {
    let mut bytes: Vec<u8> = Vec::with_capacity(128);
    loop {
        match parse(&bytes).map_err(ReadError::Mistake)? {
            Parsed::Complete(header, length) => {
                debug_assert_eq!(length, bytes.len(), "never reads behind the header");
                return Ok(header);
            }
            // Version 1 does not say how long it is.
            Parsed::NeedsAtLeast(_) if is_line(&bytes) => {
                read_to_line_end(stream, &mut bytes).await?
            }
            Parsed::NeedsAtLeast(length) => {
                // That many belong to the header whatever they are, so they can be taken out of the socket.
                let start = bytes.len();
                bytes.resize(length.min(HEADER_BYTES_MAX), 0);
                stream.read_exact(&mut bytes[start..]).await?;
            }
        }
    }
}

/// Whether these are version 1, and as many as its shortest line has.
fn is_line(bytes: &[u8]) -> bool {
    bytes.starts_with(b"P") && bytes.len() >= 15
}

/// Looks for the line's end before taking anything out of the socket.
async fn read_to_line_end(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut seen = vec![0; 107];
    let count = stream.peek(&mut seen).await?;
    if count == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let line_end = seen[..count].iter().position(|byte| *byte == b'\n');
    let own = line_end.map_or(count, |end| end + 1);
    let start = bytes.len();
    bytes.resize(start + own, 0);
    stream.read_exact(&mut bytes[start..]).await?;
    Ok(())
}

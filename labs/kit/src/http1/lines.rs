//! Where a head ends. Lines end in CRLF and in nothing else: who takes a bare line feed for an end of line sees other
//! headers than who does not, and that is how requests are smuggled.

use memchr::memchr2;

use super::{Limits, Refusal};

/// How far a growing head has been looked through, so that a head that comes byte by byte costs no more than one that comes
/// at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scan {
    /// All bytes before this one are looked through.
    checked: usize,
    /// Where the current line starts.
    line: usize,
}

/// The length of the head with which `bytes` start, its empty line included; `None` while that has not come.
///
/// # Errors
/// A line that does not end in CRLF, or a head larger than the limit.
pub fn head_end(bytes: &[u8], scan: &mut Scan, limits: &Limits) -> Result<Option<usize>, Refusal> {
    let end = find_end(bytes, scan)?;
    if end.unwrap_or(bytes.len()) > limits.head_bytes_max {
        return Err(Refusal::HeadTooLarge);
    }
    Ok(end)
}

fn find_end(bytes: &[u8], scan: &mut Scan) -> Result<Option<usize>, Refusal> {
    loop {
        let Some(ahead) = memchr2(b'\r', b'\n', &bytes[scan.checked..]) else {
            scan.checked = bytes.len();
            return Ok(None);
        };
        let at = scan.checked + ahead;
        if bytes[at] == b'\n' {
            return Err(Refusal::BareLineFeed);
        }
        match bytes.get(at + 1) {
            None => {
                scan.checked = at;
                return Ok(None);
            }
            Some(b'\n') if at == scan.line => return Ok(Some(at + 2)),
            Some(b'\n') => {
                scan.checked = at + 2;
                scan.line = at + 2;
            }
            Some(_) => return Err(Refusal::BareCarriageReturn),
        }
    }
}

//! The module's face to whoever loads it: the names, numbers and pointers of the interface that ARCHITECTURE.md fixes.
//!
//! The two pointers given out lead into the buffers of the module's [`Host`] and hold until the next call. Nothing is ever
//! written through a pointer from here, and nothing read from one: bytes that the page writes into the input buffer are
//! checked as text before use.

#![allow(
    unsafe_code,
    reason = "`no_mangle` counts as unsafe: the names must be unique in the module, and they are"
)]

use alloc::string::String;
use core::ptr;

use crate::host::Host;
use crate::module::with;

/// Room for `length` bytes of input; null when that is too much.
#[unsafe(no_mangle)]
pub extern "C" fn figure_input(length: u32) -> *mut u8 {
    with(|host| {
        host.input(length)
            .map_or(ptr::null_mut(), <[u8]>::as_mut_ptr)
    })
}

/// Where the last answer stands, until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn figure_output() -> *const u8 {
    with(|host| host.output().as_ptr())
}

/// Answers the figures that there are, as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn figure_list() -> u32 {
    with(Host::list)
}

/// Opens the figure that the input describes: a handle, or −1.
#[unsafe(no_mangle)]
pub extern "C" fn figure_open(length: u32) -> i32 {
    with(|host| host.open(length))
}

/// Answers why the last call gave −1.
#[unsafe(no_mangle)]
pub extern "C" fn figure_problem() -> u32 {
    with(Host::problem)
}

/// Forgets a figure.
#[unsafe(no_mangle)]
pub extern "C" fn figure_close(handle: i32) {
    with(|host| host.close(handle));
}

/// Gives a control the value that the input names, `control=value`: 0, or −1.
#[unsafe(no_mangle)]
pub extern "C" fn figure_set(handle: i32, length: u32) -> i32 {
    with(|host| host.set(handle, length))
}

/// Lets `ms` milliseconds of virtual time pass, at most 60,000.
#[unsafe(no_mangle)]
pub extern "C" fn figure_step(handle: i32, ms: u32) {
    with(|host| host.step(handle, ms));
}

/// Goes to a time in milliseconds, back or ahead.
#[unsafe(no_mangle)]
pub extern "C" fn figure_seek(handle: i32, ms: u32) {
    with(|host| host.seek(handle, ms));
}

/// The present virtual time in milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn figure_time(handle: i32) -> u32 {
    with(|host| host.time(handle))
}

/// Answers the whole picture.
#[unsafe(no_mangle)]
pub extern "C" fn figure_svg(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.svg()))
}

/// Answers the ids of the nodes that frames speak of, an empty line, and the classes.
#[unsafe(no_mangle)]
pub extern "C" fn figure_nodes(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.nodes()))
}

/// Answers the changes to the picture since it was last asked for, as 32-bit words.
#[unsafe(no_mangle)]
pub extern "C" fn figure_frame(handle: i32) -> u32 {
    with(|host| host.frame(handle))
}

/// Answers a sentence of state.
#[unsafe(no_mangle)]
pub extern "C" fn figure_summary(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.summary()))
}

/// Answers a table of state, tab-separated: caption, heads, rows.
#[unsafe(no_mangle)]
pub extern "C" fn figure_table(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.table()))
}

/// Answers what was done so far: `3s:stop=2,7.25s:policy=two-choices`.
#[unsafe(no_mangle)]
pub extern "C" fn figure_actions(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.actions()))
}

/// Answers the digest of the whole state: 16 hexadecimal digits.
#[unsafe(no_mangle)]
pub extern "C" fn figure_digest(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| hexadecimal(run.digest())))
}

/// Sixteen digits, without the formatter that would make the module larger.
fn hexadecimal(number: u64) -> String {
    (0..16)
        .rev()
        .map(|place| {
            let digit = (number >> (place * 4)) & 15;
            char::from(b"0123456789abcdef"[digit as usize])
        })
        .collect()
}

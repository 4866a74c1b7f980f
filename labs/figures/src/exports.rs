//! The module's face to whoever loads it: the names, numbers and pointers of the interface that ARCHITECTURE.md fixes.
//!
//! This is the one place that is about memory. The module has one thread and one [`Host`]; the two pointers given out lead
//! into its buffers and hold until the next call. Nothing is ever written through a pointer from here, and nothing read
//! from one: bytes that the host page writes into the input buffer are checked as text before use. So there is no unsafe
//! code but the promise that each exported name exists once.

#![allow(
    unsafe_code,
    reason = "`no_mangle` counts as unsafe: the names must be unique in the module, and they are"
)]

use std::cell::RefCell;
use std::ptr;

use crate::host::Host;

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Host) -> T) -> T {
    HOST.with_borrow_mut(act)
}

/// Room for `length` bytes of input; null when that is too much.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_input(length: u32) -> *mut u8 {
    with(|host| {
        host.input(length)
            .map_or(ptr::null_mut(), <[u8]>::as_mut_ptr)
    })
}

/// Where the last answer stands, until the next call.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_output() -> *const u8 {
    with(|host| host.output().as_ptr())
}

/// Answers the figures that there are, as JSON.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_list() -> u32 {
    with(Host::list)
}

/// Opens the figure that the input describes: a handle, or −1.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_open(length: u32) -> i32 {
    with(|host| host.open(length))
}

/// Answers why the last call gave −1.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_problem() -> u32 {
    with(Host::problem)
}

/// Forgets a figure.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_close(handle: i32) {
    with(|host| host.close(handle));
}

/// Gives a control the value that the input names, `control=value`: 0, or −1.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_set(handle: i32, length: u32) -> i32 {
    with(|host| host.set(handle, length))
}

/// Lets `ms` milliseconds of virtual time pass, at most 60,000.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_step(handle: i32, ms: u32) {
    with(|host| host.step(handle, ms));
}

/// Goes to a time in milliseconds, back or ahead.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_seek(handle: i32, ms: u32) {
    with(|host| host.seek(handle, ms));
}

/// The present virtual time in milliseconds.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_time(handle: i32) -> u32 {
    with(|host| host.time(handle))
}

/// Answers the whole picture.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_svg(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.svg()))
}

/// Answers the ids of the nodes that frames speak of, an empty line, and the classes.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_nodes(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.nodes()))
}

/// Answers the changes to the picture since it was last asked for, as 32-bit words.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_frame(handle: i32) -> u32 {
    with(|host| host.frame(handle))
}

/// Answers a sentence of state.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_summary(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.summary()))
}

/// Answers a table of state, tab-separated: caption, heads, rows.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_table(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.table()))
}

/// Answers what was done so far: `3s:stop=2,7.25s:policy=two-choices`.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn figure_actions(handle: i32) -> u32 {
    with(|host| host.ask(handle, |run| run.actions()))
}

/// Answers the digest of the whole state: 16 hexadecimal digits.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
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

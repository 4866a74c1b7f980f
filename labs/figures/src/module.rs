//! What makes a WebAssembly module of the library, and the one place that is about memory: the allocator, the end of a
//! panic, and the one host that all exports share. There is no std in the module: with its formatted panic messages it
//! would be half as large again.

#![allow(
    unsafe_code,
    reason = "a static that is changed needs a promise that nobody else is changing it; it stands at the one place of use"
)]

use core::cell::UnsafeCell;
use core::panic::PanicInfo;

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

use crate::host::Host;

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// A panic is a trap: whoever runs the module sees that it has stopped. The same panic natively says where and why.
#[inline(always)]
#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

struct OnlyThread(UnsafeCell<Host>);

// SAFETY: a module that is built without atomics has one thread, and cannot start another.
unsafe impl Sync for OnlyThread {}

static HOST: OnlyThread = OnlyThread(UnsafeCell::new(Host::new()));

/// Hands the module's host to an export.
pub(crate) fn with<T>(act: impl FnOnce(&mut Host) -> T) -> T {
    // SAFETY: there is one thread, exports are called from outside only, and no export calls another or calls `with` again;
    // so this is the only reference to the host as long as it lives.
    act(unsafe { &mut *HOST.0.get() })
}

//! `labbook serve`.

use std::sync::Arc;

use super::{ServeArguments, report};
use crate::build::{Purpose, build};
use crate::live::Live;
use crate::problem::{Problem, Problems};
use crate::serve::{Served, bind, run as answer};

/// Builds a book and serves it until Ctrl-C, kept up to date with its files.
pub(super) fn run(arguments: &ServeArguments) -> Result<(), Problems> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::general(format!("the server cannot start: {error}")))?;
    // A busy port is said before the work, not after it.
    let listener = runtime.block_on(bind(&arguments.hostname, arguments.port))?;
    let built = build(&arguments.dir, Purpose::Preview)?;
    report::print(&built);
    let address = listener.local_addr().map_or_else(
        |_| arguments.hostname.clone(),
        |address| address.to_string(),
    );
    let pages = report::counted(built.pages.len(), "page");
    let live = Live::of(built);
    let state = live.state();
    let (wishes, watched) = live.watch(report::rebuilt);
    if let Err(reason) = watched {
        report::warn(&format!(
            "changes may go unseen ({reason}): the book is served as it was built; start again to see changes"
        ));
    }
    report::say(&format!("{pages} at http://{address}/ (Ctrl-C ends)"));
    if arguments.open {
        open(&format!("http://{address}/"));
    }
    let served = Served::new(state, Some(wishes), &arguments.hostname);
    let shutdown = async {
        // Without a handler the process would end anyway.
        let _ = tokio::signal::ctrl_c().await;
    };
    runtime.block_on(answer(listener, Arc::new(served), shutdown));
    Ok(())
}

/// Opens an address in the user's browser; a machine without one is told where to look.
pub(super) fn open(address: &str) {
    if let Err(error) = opener::open(address) {
        report::warn(&format!(
            "no browser could be opened ({error}): open {address}"
        ));
    }
}

//! A lab in the browser.

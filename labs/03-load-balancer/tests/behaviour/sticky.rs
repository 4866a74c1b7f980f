//! Visitors who stay with their server.

//! What must never reach a server.

//! Connections, passed on unread.

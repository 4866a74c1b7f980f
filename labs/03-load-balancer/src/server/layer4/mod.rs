//! Layer 4: TCP connections, passed on unread.

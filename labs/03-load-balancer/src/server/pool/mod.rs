//! The pool: the servers as they are now, and who gets the next request.

//! The chain as a picture: the pipe.

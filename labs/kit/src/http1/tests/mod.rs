//! What is accepted, what is refused, and that no cut of the bytes changes either.

mod bodies;
mod heads;
mod messages;

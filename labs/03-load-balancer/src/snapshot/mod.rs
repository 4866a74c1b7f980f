//! What can be seen of a system at one moment, as plain data: filled by the model or by the running lab, drawn by
//! [`scene`](crate::scene). No snapshot knows where its numbers come from.

mod balancer;
mod detection;
mod lines;
mod ring;

pub use balancer::{Balancer, Server, ServerState};
pub use detection::{Backend, Detection, Mark, MarkKind};
pub use lines::{Half, Lines};
pub use ring::{Key, Member, Point, Ring};

/// A request on its way, somewhere along a pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traveller {
    /// Which pipe: 0 from the clients to the balancer, 1 + i from the balancer to server i.
    pub pipe: u8,
    /// How far along it, in thousandths.
    pub progress: u16,
    /// Whether it will come to nothing: the other end is gone.
    pub is_lost: bool,
    /// A question of the balancer's own, whether the server is well, and no client's request.
    pub is_probe: bool,
}

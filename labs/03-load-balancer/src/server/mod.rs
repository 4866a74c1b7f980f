//! The balancer over real sockets. [`Balancer`] accepts connections and hands them to [`layer7`], which reads requests, or
//! to [`layer4`], which passes bytes unread. Both ask the [`pool`] who gets them. [`settings`] says how all of it is;
//! [`clock`] is the only place that reads the time.

pub mod admin;
mod balancer;
pub mod clock;
pub mod deploy;
pub mod layer4;
pub mod layer7;
mod listeners;
mod options;
pub mod pool;
mod probe;
pub mod proxy_protocol;
pub mod settings;
mod shared;
mod stopping;

pub use balancer::{Balancer, Ended};
pub use listeners::Listeners;
pub use options::{ServeOptions, serve};
pub use settings::Settings;
pub use shared::{Client, ConnectionCounts, Connections, Shared};
pub use simulation::Time;
pub use stopping::Stopping;

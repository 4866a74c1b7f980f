//! What a run looks like while it goes on, without a record of each request: percentiles, rates, utilisation, Little's law.

mod histogram;
mod little;
mod rate;
mod recent;
mod utilisation;
mod window;

pub use histogram::Histogram;
pub use little::Little;
pub use rate::Rate;
pub use recent::Recent;
pub use utilisation::Utilisation;

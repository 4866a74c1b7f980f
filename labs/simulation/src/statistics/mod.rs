//! What a run looks like while it goes on, without a record of each request: percentiles, rates, utilisation,
//! Little's law.

mod histogram;
mod little;
mod past;
mod rate;
mod recent;
mod utilisation;

pub use histogram::Histogram;
pub use little::Little;
pub use rate::Rate;
pub use recent::Recent;
pub use utilisation::Utilisation;

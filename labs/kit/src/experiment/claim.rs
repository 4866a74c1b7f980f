//! A claim: one sentence of the chapter, the numbers that speak for or against it, and the verdict.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One sentence that holds or does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The sentence; `code` may stand in backquotes.
    pub claim: String,
    /// What theory says.
    pub theory: Option<Quantity>,
    /// What the simulation gave.
    pub simulated: Option<Quantity>,
    /// What was measured over sockets.
    pub measured: Option<Quantity>,
    /// What an installed engine gave.
    pub engine: Option<Quantity>,
    /// How far from each other they may lie, in words or as a number: `10 %`.
    pub tolerance: Option<Quantity>,
    /// The verdict.
    pub holds: bool,
}

/// A number, or a few words with one: `23 of 100`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Quantity {
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

impl Claim {
    /// A claim and its verdict, without numbers yet.
    pub fn new(claim: &str, holds: bool) -> Claim {
        Claim {
            claim: claim.into(),
            theory: None,
            simulated: None,
            measured: None,
            engine: None,
            tolerance: None,
            holds,
        }
    }

    /// With what theory says.
    #[must_use]
    pub fn theory(mut self, quantity: impl Into<Quantity>) -> Claim {
        self.theory = Some(quantity.into());
        self
    }

    /// With what the simulation gave.
    #[must_use]
    pub fn simulated(mut self, quantity: impl Into<Quantity>) -> Claim {
        self.simulated = Some(quantity.into());
        self
    }

    /// With what was measured.
    #[must_use]
    pub fn measured(mut self, quantity: impl Into<Quantity>) -> Claim {
        self.measured = Some(quantity.into());
        self
    }

    /// With what an engine gave.
    #[must_use]
    pub fn engine(mut self, quantity: impl Into<Quantity>) -> Claim {
        self.engine = Some(quantity.into());
        self
    }

    /// With how far the numbers may lie from each other.
    #[must_use]
    pub fn tolerance(mut self, quantity: impl Into<Quantity>) -> Claim {
        self.tolerance = Some(quantity.into());
        self
    }
}

impl From<f64> for Quantity {
    fn from(number: f64) -> Quantity {
        Quantity::Number(number)
    }
}

impl From<String> for Quantity {
    fn from(text: String) -> Quantity {
        Quantity::Text(text)
    }
}

impl From<&str> for Quantity {
    fn from(text: &str) -> Quantity {
        Quantity::Text(text.into())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Number(number) => write!(formatter, "{number}"),
            Quantity::Text(text) => formatter.write_str(text),
        }
    }
}

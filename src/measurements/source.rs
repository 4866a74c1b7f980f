//! Where a number comes from.

use std::fmt;

use serde::Deserialize;

/// Where a number comes from, in the order in which readers see them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Source {
    /// A formula.
    Theory,
    /// A model, in virtual time.
    Simulated,
    /// The lab, over real sockets.
    #[default]
    Measured,
    /// An installed engine, by its name.
    Engine(String),
}

impl TryFrom<String> for Source {
    type Error = String;

    fn try_from(text: String) -> Result<Source, String> {
        match (text.as_str(), text.strip_prefix("engine:")) {
            ("theory", _) => Ok(Source::Theory),
            ("simulated", _) => Ok(Source::Simulated),
            ("measured", _) => Ok(Source::Measured),
            (_, Some(engine)) if !engine.is_empty() => Ok(Source::Engine(engine.into())),
            _ => Err(format!(
                "`{text}` is no source: write theory, simulated, measured or engine:NAME"
            )),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Source::Theory => "theory",
            Source::Simulated => "simulated",
            Source::Measured => "measured",
            Source::Engine(engine) => engine,
        })
    }
}

impl Source {
    /// Whether another machine would give another number.
    pub fn is_of_a_machine(&self) -> bool {
        matches!(self, Source::Measured | Source::Engine(_))
    }

    /// What a variant is about: its name without the word for where its numbers come from, hyphens as spaces.
    pub fn subject(&self, variant: &str) -> String {
        let own = format!("{self}-");
        let rest = variant.strip_prefix(&own).filter(|rest| !rest.is_empty());
        rest.unwrap_or(variant).replace('-', " ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_the_same_whatever_the_source() {
        let engine = Source::try_from("engine:nginx".to_string()).expect("it is one");
        assert_eq!(Source::Measured.subject("two-choices"), "two choices");
        assert_eq!(
            Source::Simulated.subject("simulated-two-choices"),
            "two choices"
        );
        assert_eq!(engine.subject("nginx-two-choices"), "two choices");
        assert_eq!(engine.subject("simulated-x"), "simulated x");
        assert!(Source::try_from("guessed".to_string()).is_err());
    }
}

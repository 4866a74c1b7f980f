//! What a module says of its figures: `figure_list`.

use serde::Deserialize;

/// One figure of a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Info {
    /// What a chapter's block calls it: `balancer`.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// What it shows, for those who can't see it.
    pub description: String,
    /// What the button Step advances by.
    pub step_ms: u32,
    /// How fast it plays at first, in hundredths of real time.
    pub speed_percent: Option<u32>,
    /// Where the time slider ends.
    pub end_ms: u32,
    /// What a reader can set.
    pub controls: Vec<Control>,
}

/// Something that a reader can set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Control {
    /// What a chapter's block calls it: `rate`.
    pub name: String,
    /// What the page calls it.
    pub label: String,
    /// Its value at first, as text: a number, an option, or options joined by `+`.
    pub value: String,
    /// What values it has.
    #[serde(flatten)]
    pub kind: Kind,
}

/// The values that a control has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// One of these.
    Choice {
        /// In the order in which they are shown.
        options: Vec<Choice>,
    },
    /// Some of these, or `none`.
    Several {
        /// In the order in which they are shown.
        options: Vec<Choice>,
    },
    /// A whole number.
    Range {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
        /// From one to the next, counted from the least.
        step: i64,
        /// What stands behind the number: `/s`.
        #[serde(default)]
        unit: String,
    },
}

/// A value with the words that a reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Choice {
    /// As settings have it.
    pub value: String,
    /// As readers see it.
    pub label: String,
}

/// The value of a control of which nothing is chosen.
pub(super) const NONE: &str = "none";

impl Info {
    /// Reads what `figure_list` answers.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn list(json: &str) -> Result<Vec<Info>, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    /// The control of this name.
    pub(super) fn control(&self, name: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.name == name)
    }
}

impl Control {
    /// Whether the control can have this value.
    pub(super) fn takes(&self, value: &str) -> bool {
        let has = |options: &[Choice], value: &str| options.iter().any(|each| each.value == value);
        match &self.kind {
            Kind::Choice { options } => has(options, value),
            Kind::Several { options } => {
                value == NONE || value.split('+').all(|each| has(options, each))
            }
            Kind::Range {
                least, most, step, ..
            } => value.parse().is_ok_and(|number: i64| {
                (*least..=*most).contains(&number) && (number - least) % (*step).max(1) == 0
            }),
        }
    }

    /// What values it takes, in words for an author.
    pub(super) fn values(&self) -> String {
        let list = |options: &[Choice]| {
            let values: Vec<String> = options
                .iter()
                .map(|each| format!("`{}`", each.value))
                .collect();
            values.join(", ")
        };
        match &self.kind {
            Kind::Choice { options } => format!("one of {}", list(options)),
            Kind::Several { options } => {
                format!("`none`, or some of {} joined by `+`", list(options))
            }
            Kind::Range {
                least, most, step, ..
            } if *step > 1 => {
                format!("a whole number from {least} to {most} in steps of {step}")
            }
            Kind::Range { least, most, .. } => format!("a whole number from {least} to {most}"),
        }
    }

    /// Every value that `check` tries: the least first, the most last, for options each of them.
    pub(super) fn tried(&self) -> Vec<String> {
        match &self.kind {
            Kind::Choice { options } => options.iter().map(|each| each.value.clone()).collect(),
            Kind::Several { options } => {
                let all: Vec<&str> = options.iter().map(|each| each.value.as_str()).collect();
                let mut tried = vec![NONE.to_string()];
                tried.extend(all.iter().map(ToString::to_string));
                if all.len() > 1 {
                    tried.push(all.join("+"));
                }
                tried
            }
            Kind::Range { least, most, .. } => vec![least.to_string(), most.to_string()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(kind: &str) -> Control {
        let json = format!(r#"{{"name":"a","label":"A","value":"1",{kind}}}"#);
        serde_json::from_str(&json).expect("it is a control")
    }

    #[test]
    fn a_control_takes_its_values_and_no_others() {
        let range = control(r#""kind":"range","least":20,"most":160,"step":10,"unit":"/s""#);
        assert!(range.takes("20") && range.takes("160") && range.takes("30"));
        assert!(!range.takes("170") && !range.takes("25") && !range.takes("x"));
        assert_eq!(range.tried(), ["20", "160"]);
        let options = r#""options":[{"value":"1","label":"one"},{"value":"2","label":"two"}]"#;
        let choice = control(&format!(r#""kind":"choice",{options}"#));
        assert!(choice.takes("2") && !choice.takes("1+2") && !choice.takes("none"));
        assert_eq!(choice.values(), "one of `1`, `2`");
        let several = control(&format!(r#""kind":"several",{options}"#));
        assert!(several.takes("none") && several.takes("1+2") && !several.takes("3"));
        assert_eq!(several.tried(), ["none", "1", "2", "1+2"]);
    }
}

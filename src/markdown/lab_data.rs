//! What labs and their recorded measurements give to a chapter: the card, a number, the table of claims.
//!
//! Formats are those of ARCHITECTURE.md: `[package.metadata.lab]` of a lab's Cargo.toml, and measured.json, schema 1.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::exercises::Exercise;
use super::{escape_attribute, escape_text, inline};

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    lab: Option<Lab>,
}

/// `[package.metadata.lab]`.
#[derive(Deserialize)]
pub(super) struct Lab {
    title: String,
    minutes: u32,
    #[serde(default)]
    pokes: Vec<String>,
    /// In the order in which they are shown.
    #[serde(default)]
    pub(super) exercises: Vec<Exercise>,
}

/// The name of a lab's package, and what its Cargo.toml says of the lab.
pub(super) fn described(manifest: &str) -> Result<(String, Lab), String> {
    let manifest: Manifest =
        toml::from_str(manifest).map_err(|error| format!("its Cargo.toml: {}", error.message()))?;
    let lab = manifest.package.metadata.and_then(|metadata| metadata.lab);
    let lab =
        lab.ok_or("its Cargo.toml has no [package.metadata.lab] with title, minutes and pokes")?;
    Ok((manifest.package.name, lab))
}

/// The card of a lab, from its Cargo.toml.
pub(super) fn card(number: &str, manifest: &str) -> Result<String, String> {
    let (package, lab) = described(manifest)?;
    let short = number.trim_start_matches("lab-").trim_start_matches('0');
    let pokes: String = lab
        .pokes
        .iter()
        .map(|poke| format!("<li>{}</li>", inline::html(poke)))
        .collect();
    Ok(format!(
        "<aside class=\"lab-card\" aria-label=\"Lab {short}\"><div class=\"lab-head\"><p class=\"lab-title\">Lab {short} · {}</p><span class=\"lab-minutes\">about {} min</span></div><pre class=\"lab-command\" tabindex=\"0\"><code>cargo run --bin {}</code></pre><ul class=\"lab-pokes\">{pokes}</ul></aside>\n",
        escape_text(&lab.title),
        lab.minutes,
        escape_text(&package),
    ))
}

#[derive(Deserialize)]
struct Measured {
    schema: u32,
    experiments: BTreeMap<String, Experiment>,
}

#[derive(Deserialize)]
struct Experiment {
    #[serde(default)]
    figures: BTreeMap<String, BTreeMap<String, Measure>>,
    #[serde(default)]
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Measure {
    value: f64,
    unit: String,
    source: String,
}

#[derive(Deserialize)]
struct Claim {
    claim: String,
    #[serde(default)]
    theory: Value,
    #[serde(default)]
    simulated: Value,
    #[serde(default)]
    measured: Value,
    #[serde(default)]
    engine: Value,
    holds: bool,
}

fn read(json: &str) -> Result<Measured, String> {
    let measured: Measured =
        serde_json::from_str(json).map_err(|error| format!("measured.json: {error}"))?;
    if measured.schema != 1 {
        return Err(format!(
            "measured.json has schema {}, and this labbook reads schema 1",
            measured.schema
        ));
    }
    Ok(measured)
}

/// The number that `lab-03.policies.two-choices.p99_ms` names.
pub(super) fn measured(name: &str, json: &str) -> Result<String, String> {
    let parts: Vec<&str> = name.split('.').collect();
    let [_, experiment, variant, key] = parts[..] else {
        return Err(
            "write lab, experiment, variant and key, as in `lab-03.policies.two-choices.p99_ms`"
                .into(),
        );
    };
    let measured = read(json)?;
    let missing = |what: &str, found: Vec<&String>| {
        let known: Vec<&str> = found.into_iter().map(String::as_str).collect();
        format!("no {what}; there are: {}", known.join(", "))
    };
    let found = measured.experiments.get(experiment).ok_or_else(|| {
        missing(
            &format!("experiment `{experiment}`"),
            measured.experiments.keys().collect(),
        )
    })?;
    let found_variant = found.figures.get(variant).ok_or_else(|| {
        missing(
            &format!("variant `{variant}`"),
            found.figures.keys().collect(),
        )
    })?;
    let measure = found_variant
        .get(key)
        .ok_or_else(|| missing(&format!("key `{key}`"), found_variant.keys().collect()))?;
    let unit = if measure.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", escape_text(&measure.unit))
    };
    Ok(format!(
        "<data class=\"measured\" value=\"{}\" title=\"{}: {}\">{}{unit}</data>",
        measure.value,
        escape_attribute(&measure.source),
        escape_attribute(name),
        measure.value,
    ))
}

/// The table of all claims of a lab.
pub(super) fn claims(json: &str) -> Result<String, String> {
    let measured = read(json)?;
    let mut html = String::from(
        "<div class=\"table-wrapper\" tabindex=\"0\"><table class=\"claims\"><thead><tr><th>Claim</th><th>Theory</th><th>Simulated</th><th>Measured</th><th>Engine</th><th>Holds</th></tr></thead><tbody>",
    );
    let mut claims = measured
        .experiments
        .values()
        .flat_map(|experiment| &experiment.claims)
        .peekable();
    if claims.peek().is_none() {
        return Err("measured.json has no claims: record the measurements of this lab".into());
    }
    for claim in claims {
        let cells: String = [
            &claim.theory,
            &claim.simulated,
            &claim.measured,
            &claim.engine,
        ]
        .iter()
        .map(|value| format!("<td class=\"align-right\">{}</td>", shown(value)))
        .collect();
        let holds = if claim.holds { "yes" } else { "no" };
        html += &format!(
            "<tr><td>{}</td>{cells}<td>{holds}</td></tr>",
            inline::html(&claim.claim)
        );
    }
    Ok(html + "</tbody></table></div>\n")
}

/// A value of a claim; a dash where there is none.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => escape_text(text).into_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURED: &str = r#"{"schema": 1, "experiments": {"policies": {
        "figures": {"two-choices": {"p99_ms": {"value": 8.97, "unit": "ms", "source": "measured"}}},
        "claims": [{"claim": "two choices is shorter", "theory": 2.614, "simulated": 2.677, "holds": true}]}}}"#;

    #[test]
    fn a_measured_number_carries_its_unit_and_source() {
        let html = measured("lab-03.policies.two-choices.p99_ms", MEASURED).expect("it is there");
        assert!(
            html.contains(">8.97 ms</data>") && html.contains("title=\"measured:"),
            "{html}"
        );
    }

    #[test]
    fn a_wrong_name_lists_what_there_is() {
        let error =
            measured("lab-03.policies.random.p99_ms", MEASURED).expect_err("no such variant");
        assert!(error.contains("two-choices"), "{error}");
    }

    #[test]
    fn claims_show_a_dash_where_nothing_was_measured() {
        let html = claims(MEASURED).expect("it is right");
        assert!(
            html.contains("<td class=\"align-right\">2.677</td><td class=\"align-right\">–</td>"),
            "{html}"
        );
    }

    #[test]
    fn a_card_comes_from_the_manifest() {
        let manifest = "[package]\nname = \"lab-03\"\n[package.metadata.lab]\ntitle = \"A <balancer>\"\nminutes = 20\npokes = [\"stop `one`\"]\n";
        let html = card("03", manifest).expect("it is right");
        assert!(
            html.contains("Lab 3 · A &lt;balancer&gt;") && html.contains("cargo run --bin lab-03"),
            "{html}"
        );
        assert!(card("03", "[package]\nname = \"lab-03\"\n").is_err());
    }
}

//! What labs and their recorded measurements give to a chapter: the card, a number, the table of claims.
//!
//! Formats are those of ARCHITECTURE.md: `[package.metadata.lab]` of a lab's Cargo.toml, and measured.json, schema 1.

use serde::Deserialize;
use serde_json::Value;

use super::exercises::Exercise;
use super::{escape_attribute, escape_text, inline};
use crate::measurements::{self, Claim, Number, Record};

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

/// The number that `lab-03.policies.two-choices.p99_ms` names; behind it the reader's own, where there is one.
pub(super) fn measured(name: &str, json: &str, own: Option<&Record>) -> Result<String, String> {
    let parts: Vec<&str> = name.split('.').collect();
    let [_, experiment, variant, key] = parts[..] else {
        return Err(
            "write lab, experiment, variant and key, as in `lab-03.policies.two-choices.p99_ms`"
                .into(),
        );
    };
    let record = read(json)?;
    let number = record.number(experiment, variant, key)?;
    let mut html = format!(
        "<data class=\"measured\" value=\"{}\" title=\"{}: {}\">{}</data>",
        number.value,
        escape_attribute(&number.source.to_string()),
        escape_attribute(name),
        with_unit(number),
    );
    let own = own.and_then(|own| own.number(experiment, variant, key).ok());
    if let Some(own) = own.filter(|own| own.source.is_of_a_machine()) {
        html += &format!(" <span class=\"yours\">(yours: {})</span>", with_unit(own));
    }
    Ok(html)
}

fn read(json: &str) -> Result<Record, String> {
    Record::read(json).map_err(|error| format!("measured.json: {error}"))
}

/// A number as it stands in a sentence: its unit is not left behind at the end of a line.
fn with_unit(number: &Number) -> String {
    let value = measurements::shown(number.value);
    match number.unit.as_str() {
        "" => value,
        unit => format!("{value}\u{a0}{}", escape_text(unit)),
    }
}

/// A column of the table of claims.
struct Column {
    head: &'static str,
    value: fn(&Claim) -> &Value,
}

/// What speaks for or against a claim.
const COLUMNS: [Column; 4] = [
    Column {
        head: "Theory",
        value: |claim| &claim.theory,
    },
    Column {
        head: "Simulated",
        value: |claim| &claim.simulated,
    },
    Column {
        head: "Measured",
        value: |claim| &claim.measured,
    },
    Column {
        head: "Engine",
        value: |claim| &claim.engine,
    },
];

/// The table of the claims that `lab-03` (all) or `lab-03.policies` (of one experiment) names, and beside them what the
/// reader's own last run says. Columns in which nothing would stand are left out.
pub(super) fn claims(name: &str, json: &str, own: Option<&Record>) -> Result<String, String> {
    let record = read(json)?;
    let wanted = name.split_once('.').map(|(_, experiment)| experiment);
    wanted.map_or(Ok(()), |wanted| record.experiment(wanted).map(|_| ()))?;
    let is_wanted = |(name, _): &(&str, &Claim)| wanted.is_none_or(|wanted| wanted == *name);
    let claims: Vec<(&str, &Claim)> = record.claims().filter(is_wanted).collect();
    if claims.is_empty() {
        return Err(match wanted {
            Some(wanted) => format!("the experiment `{wanted}` has no claims: leave this out"),
            None => "measured.json has no claims: record the measurements of this lab".into(),
        });
    }
    let is_filled = |column: &&Column| {
        claims
            .iter()
            .any(|(_, claim)| !(column.value)(claim).is_null())
    };
    let columns: Vec<&Column> = COLUMNS.iter().filter(is_filled).collect();
    let own = own.filter(|own| own.claims().any(|claim| is_wanted(&claim)));
    let mut heads: Vec<&str> = columns.iter().map(|column| column.head).collect();
    heads.extend(own.map(|_| "Yours"));
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\" class=\"align-right\">{head}</th>"))
        .collect();
    let mut html = format!(
        "<div class=\"table-wrapper\" tabindex=\"0\"><table class=\"claims\"><thead><tr><th scope=\"col\">Claim</th>{heads}<th scope=\"col\">Holds</th></tr></thead>",
    );
    for of_experiment in claims.chunk_by(|one, other| one.0 == other.0) {
        html += "<tbody>";
        if wanted.is_none() {
            html += &format!(
                "<tr><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>",
                columns.len() + usize::from(own.is_some()) + 2,
                escape_text(&of_experiment[0].0.replace('-', " "))
            );
        }
        for (experiment, claim) in of_experiment {
            html += &row((experiment, claim), &columns, own);
        }
        html += "</tbody>";
    }
    Ok(html + "</table></div>\n")
}

/// One claim.
fn row((experiment, claim): (&str, &Claim), columns: &[&Column], own: Option<&Record>) -> String {
    let mut cells: String = columns
        .iter()
        .map(|column| {
            let (value, head) = ((column.value)(claim), column.head);
            let none = if value.is_null() { " none" } else { "" };
            format!(
                "<td class=\"align-right{none}\" data-head=\"{head}\">{}</td>",
                shown(value)
            )
        })
        .collect();
    if let Some(own) = own {
        cells += &yours(own, experiment, claim);
    }
    let tolerance = match &claim.tolerance {
        Value::Null => String::new(),
        Value::String(none) if none == "none" => String::new(),
        tolerance => format!(
            " <small class=\"tolerance\">tolerance: {}</small>",
            shown(tolerance)
        ),
    };
    format!(
        "<tr><td>{}{tolerance}</td>{cells}<td class=\"holds\" data-head=\"Holds\">{}</td></tr>",
        inline::html(&claim.claim),
        yes_or_no(claim.holds)
    )
}

/// What the reader's own run says of a claim.
fn yours(own: &Record, experiment: &str, claim: &Claim) -> String {
    let mut found = own.claims();
    let own = found.find(|(name, own)| *name == experiment && own.claim == claim.claim);
    let cell = own.map_or("–".into(), |(_, own)| {
        let value = shown(&own.measured);
        match own.holds {
            true => value,
            false => format!("<span>{value} <span class=\"fails\">does not hold</span></span>"),
        }
    });
    format!("<td class=\"align-right yours\" data-head=\"Yours\">{cell}</td>")
}

fn yes_or_no(holds: bool) -> &'static str {
    match holds {
        true => "yes",
        false => "<span class=\"fails\">no</span>",
    }
}

/// A value of a claim; a dash where there is none.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => escape_text(text).into_owned(),
        Value::Number(number) => measurements::shown(number.as_f64().unwrap_or_default()),
        other => escape_text(&other.to_string()).into_owned(),
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
        let html =
            measured("lab-03.policies.two-choices.p99_ms", MEASURED, None).expect("it is there");
        assert!(
            html.contains(">8.97\u{a0}ms</data>") && html.contains("title=\"measured:"),
            "{html}"
        );
    }

    #[test]
    fn a_wrong_name_lists_what_there_is() {
        let error =
            measured("lab-03.policies.random.p99_ms", MEASURED, None).expect_err("no such variant");
        assert!(error.contains("two-choices"), "{error}");
    }

    #[test]
    fn claims_leave_out_columns_in_which_nothing_stands() {
        let html = claims("lab-03", MEASURED, None).expect("it is right");
        assert!(
            html.contains("data-head=\"Simulated\">2.677</td><td class=\"holds\""),
            "{html}"
        );
        assert!(
            !html.contains("Engine") && !html.contains("Yours"),
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

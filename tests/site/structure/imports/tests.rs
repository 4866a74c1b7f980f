//! Proofs that the import rules bite, on made-up workspaces.

use super::*;

/// A package whose manifest has its imports from line 2 on, one a line.
fn package(name: &str, imports: &[(&str, Section)]) -> Package {
    let lines: Vec<String> = imports
        .iter()
        .map(|(import, _)| format!("{import} = \"1\"\n"))
        .collect();
    Package {
        name: name.to_owned(),
        manifest: TextFile {
            path: format!("labs/{name}/Cargo.toml"),
            text: format!("[dependencies]\n{}", lines.concat()),
        },
        imports: imports
            .iter()
            .map(|(import, section)| plain(import, *section))
            .collect(),
    }
}

fn plain(name: &str, section: Section) -> Import {
    Import {
        name: name.to_owned(),
        section,
        default_features: false,
        features: Vec::new(),
    }
}

/// The message for the only import of a package, or nothing when it is allowed.
fn verdict(name: &str, import: &str, section: Section) -> Option<String> {
    forbidden_imports(&[package(name, &[(import, section)])])
        .pop()
        .map(|violation| violation.message)
}

#[track_caller]
fn assert_allowed(name: &str, section: Section, imports: &[&str]) {
    for import in imports {
        assert_eq!(
            verdict(name, import, section),
            None,
            "{name} may import {import}"
        );
    }
}

#[track_caller]
fn assert_forbidden(name: &str, section: Section, imports: &[&str]) {
    for import in imports {
        assert!(
            verdict(name, import, section).is_some(),
            "{name} must not import {import} ({section:?})"
        );
    }
}

#[test]
fn a_violation_names_the_manifest_and_the_line() {
    let kit = package("kit", &[("tokio", Everywhere), ("simulation", Everywhere)]);
    let violations = forbidden_imports(&[kit]);
    assert_eq!(
        violations[0].to_string(),
        "labs/kit/Cargo.toml:3: `kit`: must not import `simulation` in code that may run in the browser"
    );
    assert_eq!(violations.len(), 1);
}

#[test]
fn simulation_and_scene_import_libm_alone() {
    for name in ["simulation", "scene"] {
        for section in [Everywhere, Native] {
            assert_allowed(name, section, &["libm"]);
            assert_forbidden(
                name,
                section,
                &["serde", "rand", "tokio", "kit", "lab-03", "labbook"],
            );
        }
        assert_allowed(name, Tests, &["ttf-parser"]);
        assert_forbidden(name, Tests, &["kit", "lab-03", "labbook", "figures"]);
    }
    assert_forbidden("simulation", Everywhere, &["scene"]);
    assert_forbidden("scene", Everywhere, &["simulation"]);
}

#[test]
fn a_policy_imports_no_clock_no_socket_and_no_other_lab() {
    assert_allowed(
        "lab-03",
        Everywhere,
        &["simulation", "scene", "libm", "hashbrown"],
    );
    assert_forbidden(
        "lab-03",
        Everywhere,
        &[
            "kit", "tokio", "serde", "lab-04", "lab-08", "labbook", "figures",
        ],
    );
}

#[test]
fn a_server_imports_kit_and_what_it_needs() {
    assert_allowed("lab-03", Native, &["kit", "tokio", "httparse", "scene"]);
    assert_forbidden(
        "lab-03",
        Native,
        &["lab-04", "lab-08", "labbook", "figures"],
    );
    assert_forbidden("lab-03", Tests, &["lab-04", "labbook"]);
}

#[test]
fn the_last_lab_alone_imports_the_others() {
    assert_allowed(
        "lab-08",
        Everywhere,
        &["lab-01", "lab-07", "simulation", "hashbrown"],
    );
    assert_allowed("lab-08", Native, &["lab-03", "kit", "tokio"]);
    assert_forbidden("lab-08", Everywhere, &["kit", "tokio", "figures"]);
    assert_forbidden("lab-08", Native, &["labbook", "figures"]);
}

#[test]
fn kit_knows_no_lab() {
    assert_allowed("kit", Everywhere, &["scene", "tokio", "axum"]);
    assert_forbidden(
        "kit",
        Everywhere,
        &["simulation", "lab-03", "lab-08", "labbook", "figures"],
    );
    assert_forbidden("kit", Tests, &["lab-03", "labbook"]);
}

#[test]
fn figures_import_labs_but_nothing_native() {
    assert_allowed(
        "figures",
        Everywhere,
        &["lab-03", "lab-08", "simulation", "scene"],
    );
    assert_forbidden("figures", Everywhere, &["kit", "labbook", "tokio", "serde"]);
}

#[test]
fn labbook_imports_no_member_of_the_workspace() {
    assert_allowed("labbook", Everywhere, &["mdbook-driver", "axum"]);
    for section in [Everywhere, Native, Tests] {
        assert_forbidden(
            "labbook",
            section,
            &["kit", "scene", "simulation", "figures", "lab-03"],
        );
    }
}

#[test]
fn a_member_outside_the_table_must_be_given_a_row() {
    let violations = forbidden_imports(&[package("extras", &[])]);
    assert!(
        violations[0]
            .to_string()
            .starts_with("labs/extras/Cargo.toml:1: the import rules do not know")
    );
    // Nor may another member import it, though its name looks like any crate's.
    let both = [
        package("extras", &[]),
        package("labbook", &[("extras", Everywhere)]),
    ];
    assert_eq!(forbidden_imports(&both).len(), 2);
    // Three digits are no lab.
    assert_eq!(forbidden_imports(&[package("lab-100", &[])]).len(), 1);
}

#[test]
fn hashbrown_comes_without_its_random_hasher() {
    let with = |default_features, features: &[&str]| {
        let mut lab = package("lab-04", &[("hashbrown", Everywhere)]);
        lab.imports[0].default_features = default_features;
        lab.imports[0].features = features.iter().map(ToString::to_string).collect();
        forbidden_imports(&[lab]).len()
    };
    assert_eq!(with(false, &[]), 0);
    assert_eq!(with(true, &[]), 1);
    assert_eq!(with(false, &["default-hasher"]), 1);
}

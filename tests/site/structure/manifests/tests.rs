//! Proofs that the rules about manifests bite, on made-up manifests.

use super::super::imports::{Import, Section};
use super::super::places;
use super::*;

fn manifest(text: &str) -> TextFile {
    TextFile {
        path: "labs/x/Cargo.toml".to_owned(),
        text: text.to_owned(),
    }
}

fn without_reason(text: &str) -> Vec<String> {
    places(&dependencies_without_reason(&[manifest(text)]))
}

#[test]
fn a_member_must_take_the_lints_of_the_workspace() {
    let lines = |text| places(&members_without_lints(&[manifest(text)]));
    assert!(lines("[package]\n[lints]\nworkspace = true\n").is_empty());
    assert!(lines("lints.workspace = true\n").is_empty());
    assert_eq!(lines("[package]\nname = \"x\"\n"), ["labs/x/Cargo.toml:1"]);
    assert_eq!(
        lines("[package]\n[lints]\nworkspace = false\n"),
        ["labs/x/Cargo.toml:2"]
    );
    assert_eq!(
        lines("[lints.clippy]\ntodo = \"allow\"\n"),
        ["labs/x/Cargo.toml:1"]
    );
}

#[test]
fn a_dependency_without_a_reason_is_found_in_every_table() {
    let tables = [
        "dependencies",
        "dev-dependencies",
        "build-dependencies",
        "workspace.dependencies",
        "target.'cfg(not(target_family = \"wasm\"))'.dependencies",
        "target.'cfg(unix)'.dev-dependencies",
    ];
    for table in tables {
        let text =
            format!("[{table}]\na = \"1\" # has its reason\nb = \"1\"\n[package]\nname = \"x\"\n");
        assert_eq!(without_reason(&text), ["labs/x/Cargo.toml:3"], "[{table}]");
    }
}

#[test]
fn a_reason_stands_on_the_line_or_right_above() {
    assert!(without_reason("[dependencies]\na = \"1\" # reads the book\n").is_empty());
    assert!(without_reason("[dependencies]\n# Reads the book.\na.workspace = true\n").is_empty());
    // A comment above a group is the reason of the first only.
    let group = "[dependencies]\n# Reads the book.\na = \"1\"\nb = \"1\"\n";
    assert_eq!(without_reason(group), ["labs/x/Cargo.toml:4"]);
    // A blank line cuts a comment off.
    assert_eq!(
        without_reason("[dependencies]\n# Reads the book.\n\na = \"1\"\n"),
        ["labs/x/Cargo.toml:4"]
    );
}

#[test]
fn one_word_is_no_reason_and_a_hash_in_a_string_no_comment() {
    assert_eq!(
        without_reason("[dependencies]\na = \"1\" # json\n"),
        ["labs/x/Cargo.toml:2"]
    );
    assert_eq!(
        without_reason("[dependencies]\na = { path = \"../a # two words\" }\n"),
        ["labs/x/Cargo.toml:2"]
    );
}

#[test]
fn a_dependency_over_several_lines_is_one() {
    let long = "[dependencies]\na = { version = \"1\", features = [\n  \"x\",\n  \"y\",\n] } # has its reason\nb = \"1\"\n";
    assert_eq!(without_reason(long), ["labs/x/Cargo.toml:6"]);
    let bare = long.replace(" # has its reason", "");
    assert_eq!(
        without_reason(&bare),
        ["labs/x/Cargo.toml:2", "labs/x/Cargo.toml:6"]
    );
}

#[test]
fn a_dependency_may_be_a_table_of_its_own() {
    assert!(without_reason("[dependencies.a] # reads the book\nversion = \"1\"\n").is_empty());
    assert!(without_reason("# Reads the book.\n[dependencies.a]\nversion = \"1\"\n").is_empty());
    assert_eq!(
        without_reason("[package]\n[dev-dependencies.a]\nversion = \"1\"\n"),
        ["labs/x/Cargo.toml:2"]
    );
}

#[test]
fn the_line_of_a_dependency_is_found_by_its_real_name() {
    let text = "[workspace.dependencies]\nb = \"1\"\n[dependencies]\nalias = { package = \"a\" }\nb = \"1\"\n";
    assert_eq!(line_of_dependency(text, "a"), 4);
    assert_eq!(line_of_dependency(text, "b"), 5);
    assert_eq!(line_of_dependency(text, "absent"), 1);
}

#[test]
fn a_shared_crate_has_its_features_in_the_workspace_only() {
    let package = |name: &str, text: &str| Package {
        name: name.to_owned(),
        manifest: TextFile {
            path: format!("{name}/Cargo.toml"),
            text: text.to_owned(),
        },
        imports: vec![Import {
            name: "tokio".to_owned(),
            section: Section::Native,
            default_features: true,
            features: Vec::new(),
        }],
    };
    let own = "[dependencies]\ntokio = { version = \"1\", features = [\"net\"] }\n";
    let shared = "[workspace.dependencies]\ntokio = { version = \"1\", features = [\"net\"] }\n[dependencies]\ntokio.workspace = true\n";
    let both = [package("labbook", own), package("kit", own)];
    assert_eq!(
        places(&features_set_twice(&both)),
        ["labbook/Cargo.toml:2", "kit/Cargo.toml:2"]
    );
    assert!(
        features_set_twice(&[
            package("labbook", shared),
            package("kit", "[dependencies]\ntokio.workspace = true\n")
        ])
        .is_empty()
    );
    // What only one side uses is nobody else's business.
    assert!(features_set_twice(&[package("labbook", own)]).is_empty());
    assert!(features_set_twice(&[package("kit", own), package("lab-03", own)]).is_empty());
}

//! Who may import whom: the table of ARCHITECTURE.md as data, and the rule that reads it.
//!
//! In: the workspace's packages with their dependencies. Out: each dependency that the table does not allow.

use super::manifests::line_of_dependency;
use super::{TextFile, Violation};

/// A member of the workspace with what it imports.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest: TextFile,
    pub(super) imports: Vec<Import>,
}

/// One dependency of a package.
pub(super) struct Import {
    /// The name of the package imported, not the name it may be given here.
    pub(super) name: String,
    pub(super) section: Section,
    pub(super) default_features: bool,
    pub(super) features: Vec<String>,
}

/// Which part of a package sees a dependency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Section {
    /// `[dependencies]`: also what runs in the browser. Build scripts' dependencies count here too.
    Everywhere,
    /// `[target.'cfg(not(any(target_family = "wasm", policy_only)))'.dependencies]`: servers and programs.
    Native,
    /// `[dev-dependencies]`.
    Tests,
}
use Section::{Everywhere, Native, Tests};

/// What a member of the workspace is, by its name.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Labbook,
    Kit,
    Simulation,
    Scene,
    Replay,
    Figures,
    Lab,
    /// The last lab puts the others together, and alone may import them.
    FailureLab,
}

impl Kind {
    fn of(name: &str) -> Option<Kind> {
        match name {
            "labbook" => Some(Kind::Labbook),
            "kit" => Some(Kind::Kit),
            "simulation" => Some(Kind::Simulation),
            "scene" => Some(Kind::Scene),
            "replay" => Some(Kind::Replay),
            "figures" => Some(Kind::Figures),
            "lab-08" => Some(Kind::FailureLab),
            _ => is_lab(name).then_some(Kind::Lab),
        }
    }
}

/// A lab's package is called `lab-` and two digits.
fn is_lab(name: &str) -> bool {
    name.strip_prefix("lab-").is_some_and(|number| {
        number.len() == 2 && number.chars().all(|digit| digit.is_ascii_digit())
    })
}

/// Which crates from outside the workspace may be imported.
enum Outside {
    Any,
    Only(&'static [&'static str]),
}

/// One row of the table: what packages of one kind may import in some of their sections.
struct Row {
    kind: Kind,
    sections: &'static [Section],
    members: &'static [Kind],
    outside: Outside,
}

const fn row(
    kind: Kind,
    sections: &'static [Section],
    members: &'static [Kind],
    outside: Outside,
) -> Row {
    Row {
        kind,
        sections,
        members,
        outside,
    }
}

/// What is not in a row is forbidden. Tests may use any crate from outside, but keep to the same members.
const TABLE: [Row; 14] = [
    row(
        Kind::Labbook,
        &[Everywhere, Native, Tests],
        &[],
        Outside::Any,
    ),
    row(
        Kind::Kit,
        &[Everywhere, Native, Tests],
        &[Kind::Scene],
        Outside::Any,
    ),
    row(
        Kind::Simulation,
        &[Everywhere, Native],
        &[],
        Outside::Only(&["libm"]),
    ),
    row(Kind::Simulation, &[Tests], &[], Outside::Any),
    row(
        Kind::Scene,
        &[Everywhere, Native],
        &[],
        Outside::Only(&["libm"]),
    ),
    row(Kind::Scene, &[Tests], &[], Outside::Any),
    row(
        Kind::Replay,
        &[Everywhere, Native],
        &[Kind::Simulation, Kind::Scene],
        Outside::Only(&[]),
    ),
    row(
        Kind::Replay,
        &[Tests],
        &[Kind::Simulation, Kind::Scene],
        Outside::Any,
    ),
    row(
        Kind::Figures,
        &[Everywhere, Native],
        &[
            Kind::Lab,
            Kind::FailureLab,
            Kind::Replay,
            Kind::Simulation,
            Kind::Scene,
        ],
        // The allocator of the module, which has no std.
        Outside::Only(&["talc"]),
    ),
    row(
        Kind::Figures,
        &[Tests],
        &[
            Kind::Lab,
            Kind::FailureLab,
            Kind::Replay,
            Kind::Simulation,
            Kind::Scene,
        ],
        Outside::Any,
    ),
    row(
        Kind::Lab,
        &[Everywhere],
        &[Kind::Replay, Kind::Simulation, Kind::Scene],
        Outside::Only(&["libm", "hashbrown"]),
    ),
    row(
        Kind::Lab,
        &[Native, Tests],
        &[Kind::Replay, Kind::Simulation, Kind::Scene, Kind::Kit],
        Outside::Any,
    ),
    row(
        Kind::FailureLab,
        &[Everywhere],
        &[Kind::Replay, Kind::Simulation, Kind::Scene, Kind::Lab],
        Outside::Only(&["libm", "hashbrown"]),
    ),
    row(
        Kind::FailureLab,
        &[Native, Tests],
        &[
            Kind::Replay,
            Kind::Simulation,
            Kind::Scene,
            Kind::Kit,
            Kind::Lab,
        ],
        Outside::Any,
    ),
];

/// Every import that no row of the table allows, and every member that the table does not know.
pub(super) fn forbidden_imports(packages: &[Package]) -> Vec<Violation> {
    let members: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    packages
        .iter()
        .flat_map(|package| violations_of(package, &members))
        .collect()
}

fn violations_of(package: &Package, members: &[&str]) -> Vec<Violation> {
    let Some(kind) = Kind::of(&package.name) else {
        let message = format!(
            "the import rules do not know the member `{}`; give it a row in tests/site/structure/imports.rs",
            package.name
        );
        return vec![Violation::new(&package.manifest.path, 1, message)];
    };
    let complain = |import: &Import, message: String| {
        let line = line_of_dependency(&package.manifest.text, &import.name);
        Violation::new(&package.manifest.path, line, message)
    };
    package
        .imports
        .iter()
        .filter_map(|import| {
            let message = forbidden(kind, import, members).or_else(|| random_hasher(kind, import));
            message.map(|message| complain(import, format!("`{}`: {message}", package.name)))
        })
        .collect()
}

/// Why packages of this kind must not have this import, if they must not.
fn forbidden(kind: Kind, import: &Import, members: &[&str]) -> Option<String> {
    let is_member = members.contains(&import.name.as_str()) || Kind::of(&import.name).is_some();
    let allowed = TABLE
        .iter()
        .filter(|row| row.kind == kind && row.sections.contains(&import.section))
        .any(|row| match (is_member, &row.outside) {
            (true, _) => Kind::of(&import.name).is_some_and(|other| row.members.contains(&other)),
            (false, Outside::Any) => true,
            (false, Outside::Only(names)) => names.contains(&import.name.as_str()),
        });
    let section = match import.section {
        Everywhere => "in code that may run in the browser",
        Native => "in native code",
        Tests => "in its tests",
    };
    (!allowed).then(|| format!("must not import `{}` {section}", import.name))
}

/// hashbrown's own hasher takes its seed from the machine: the same run would differ from place to place.
fn random_hasher(kind: Kind, import: &Import) -> Option<String> {
    let is_policy = matches!(kind, Kind::Lab | Kind::FailureLab) && import.section == Everywhere;
    let brings_hasher = import.default_features
        || import
            .features
            .iter()
            .any(|feature| ["default", "default-hasher"].contains(&feature.as_str()));
    (is_policy && import.name == "hashbrown" && brings_hasher).then(|| {
        "takes hashbrown with its random hasher; write `default-features = false`".to_owned()
    })
}

mod tests;

//! What a theme gives to a site: styles and scripts as one file each, and fonts.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{ASSETS, Theme, in_folder};

/// The script of live figures; only a book that has some needs it.
pub const FIGURE_SCRIPT: &str = "figure.js";

/// What a theme gives to a site: files under [`ASSETS`], and their names.
pub struct Assets {
    /// Path in the site to bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The name that templates use to the path in the site.
    pub(super) names: BTreeMap<String, String>,
}

impl Theme {
    /// Styles and scripts as one file each, and fonts. Names carry a digest, so that a browser may keep them for ever.
    pub fn assets(&self) -> Assets {
        let mut assets = Assets {
            files: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        let styles = self.bundle(|name| name == "tokens.css")
            + &self.bundle(|name| in_folder(name, "styles/", ".css"));
        assets.add_named("style.css", styles.into_bytes());
        for name in ["page.js", "search.js", FIGURE_SCRIPT] {
            let folder = format!("scripts/{}/", name.trim_end_matches(".js"));
            let script = self.bundle(|name| in_folder(name, &folder, ".js"));
            assets.add_named(name, without_comments(&script).into_bytes());
        }
        for name in ["scripts/first.js", "scripts/redirect.js", "favicon.svg"] {
            if let Some(bytes) = self.files.get(name) {
                assets.add_named(name.rsplit('/').next().unwrap_or(name), bytes.clone());
            }
        }
        for (name, bytes) in self.files.iter().filter(|(name, _)| {
            in_folder(name, "fonts/", ".woff2") || in_folder(name, "fonts/LICENSE", ".txt")
        }) {
            // Style sheets name fonts as they are; a font's licence goes where the font goes.
            assets.files.insert(
                format!("{ASSETS}/{}", &name["fonts/".len()..]),
                bytes.clone(),
            );
        }
        assets
    }

    /// All files that a predicate picks, one after the other in the order of their names.
    fn bundle(&self, picked: impl Fn(&str) -> bool) -> String {
        let parts = self
            .files
            .iter()
            .filter(|(name, _)| picked(name))
            .map(|(_, bytes)| String::from_utf8_lossy(bytes));
        parts.fold(String::new(), |bundle, part| {
            bundle + part.trim_end() + "\n"
        })
    }
}

/// A script without the lines that are nothing but a comment, `// …` or `/** … */`: readers load what runs. All else stays
/// as it was written.
fn without_comments(script: &str) -> String {
    let is_comment = |line: &str| {
        let line = line.trim();
        line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"))
    };
    let lines = script.lines().filter(|line| !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

impl Assets {
    /// Leaves out a file that templates may name all the same.
    pub fn leave_out(&mut self, name: &str) {
        if let Some(path) = self.names.get(name) {
            self.files.remove(path);
        }
    }

    fn add_named(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = format!("{ASSETS}/{stem}-{:08x}.{extension}", xxh3_64(&bytes) as u32);
        self.names.insert(name.to_string(), path.clone());
        self.files.insert(path, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn scripts_travel_without_lines_that_are_comments() {
        let script = "// Why.\n(() => {\n  /** What. */\n  const a = \"//\"; // here\n  /* b */ c();\n})();\n";
        let left = "(() => {\n  const a = \"//\"; // here\n  /* b */ c();\n})();\n";
        assert_eq!(without_comments(script), left);
    }
}

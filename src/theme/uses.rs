//! What the author's part of a theme does that a content security policy may forbid.

use std::path::{Path, PathBuf};

use super::{Theme, in_folder};
use crate::policy::{self, Use};

impl Theme {
    /// What the files of the author's folder do that a content security policy may forbid. The default theme does nothing
    /// of the kind.
    pub fn uses(&self) -> Vec<(PathBuf, Use)> {
        let of_file = |name: &String| {
            let text = || String::from_utf8_lossy(&self.files[name]);
            let uses = if in_folder(name, "templates/", ".hbs") {
                policy::in_template(&text())
            } else if name == "tokens.css" || in_folder(name, "styles/", ".css") {
                policy::in_style(&text())
            } else {
                Vec::new()
            };
            let file = Path::new(&self.folder).join(name);
            uses.into_iter().map(move |found| (file.clone(), found))
        };
        self.authors.iter().flat_map(of_file).collect()
    }
}

//! What a change of a theme means for pages that are open.

use xxhash_rust::xxh3::xxh3_64;

use super::{Theme, in_folder};

impl Theme {
    /// Whether a page made with the theme `before` must be loaded anew to look like one made with this: all but styles and
    /// the icon, which can be exchanged in place, have a part in how a page is made or works.
    pub fn needs_reload(&self, before: &Theme) -> bool {
        let is_style = |name: &str| {
            in_folder(name, "styles/", ".css") || ["tokens.css", "favicon.svg"].contains(&name)
        };
        let rest = |theme: &Theme| -> Vec<(String, u64)> {
            let files = theme.files.iter().filter(|(name, _)| !is_style(name));
            let digests = files.map(|(name, bytes)| (name.clone(), xxh3_64(bytes)));
            digests.collect()
        };
        rest(self) != rest(before)
    }
}

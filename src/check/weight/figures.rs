//! What a page with a live figure loads besides: the script that drives it, and the module of all figures.

use super::parts::{bytes, compressed};
use super::{KB, shown};
use crate::build::Built;
use crate::live_figures::at_setting;
use crate::problem::Problem;
use crate::theme::ASSETS;

/// Script and module, where they are heavier than they may be.
pub(super) fn too_heavy(built: &Built) -> Vec<Problem> {
    let limit = built.book.settings.labbook.check.figures_weight_max_kb as usize * KB;
    let site = &built.site;
    let is_part = |path: &&String| {
        let name = path.strip_prefix(ASSETS).unwrap_or_default();
        name.ends_with(".js") && (name.starts_with("/figure-") || name.starts_with("/figures-"))
    };
    let parts = site.files.keys().filter(is_part);
    let size = |path: &String| compressed(&bytes(site, path));
    let sizes: Vec<(&String, usize)> = parts.map(|path| (path, size(path))).collect();
    let sum: usize = sizes.iter().map(|(_, size)| size).sum();
    if limit == 0 || sum <= limit {
        return Vec::new();
    }
    let named: Vec<String> = sizes
        .iter()
        .map(|(path, size)| format!("`{path}` {}", shown(*size)))
        .collect();
    let message = format!(
        "the live figures are {} compressed, more than {}: {}; every page with one loads both: make the module smaller (a formatted float or a panic with a message costs most), or set `figures-weight-max-kb` in [output.labbook.check]",
        shown(sum),
        shown(limit),
        named.join(", ")
    );
    vec![at_setting(&built.book.root, message)]
}

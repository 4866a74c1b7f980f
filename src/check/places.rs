//! Where an address on a page leads: to a file of the site, to nothing, or away.

use percent_encoding::percent_decode_str;

use crate::build::Built;
use crate::site::{Site, is_elsewhere, resolved};

/// What addresses of a site's pages can lead to.
pub(super) struct Places<'a> {
    pub(super) site: &'a Site,
    /// The path of the site on its host, ending in `/`; what lies beside it is not ours to know.
    root: String,
}

/// Where an address leads.
pub(super) enum Place {
    /// To another site, or above ours: nobody is asked.
    Elsewhere,
    /// To a file that is not there.
    Nowhere,
    /// To a file of the site, and to an anchor in it, which may be empty.
    File(String, String),
}

impl<'a> Places<'a> {
    pub(super) fn of(built: &'a Built) -> Places<'a> {
        let root = built.book.settings.site_root();
        let path = root.split_once("://").map_or(root.as_str(), |(_, rest)| {
            rest.find('/').map_or("/", |start| &rest[start..])
        });
        Places {
            site: &built.site,
            root: path.to_string(),
        }
    }

    /// Where an address on the page `path` leads.
    pub(super) fn find(&self, path: &str, address: &str) -> Place {
        if is_elsewhere(address) && !address.starts_with('/') || address.starts_with("//") {
            return Place::Elsewhere;
        }
        let (target, anchor) = address.split_once('#').unwrap_or((address, ""));
        let target = target.split('?').next().unwrap_or_default();
        let target = percent_decode_str(target).decode_utf8_lossy();
        let page = match &*target {
            "" => path.to_string(),
            absolute if absolute.starts_with('/') => match absolute.strip_prefix(&self.root) {
                Some(inside) => inside.to_string(),
                None => return Place::Elsewhere,
            },
            relative => resolved(path, relative),
        };
        if page.starts_with("..") {
            return Place::Elsewhere;
        }
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        self.file(&page).map_or(Place::Nowhere, |file| {
            Place::File(file, anchor.into_owned())
        })
    }

    /// The file that a path leads to; a folder leads to its index.
    fn file(&self, path: &str) -> Option<String> {
        let folder = format!("{}/index.html", path.trim_end_matches('/'));
        let candidates = if path.is_empty() {
            ["index.html".to_string(), folder]
        } else {
            [path.to_string(), folder]
        };
        candidates
            .into_iter()
            .find(|path| self.site.files.contains_key(path))
    }
}

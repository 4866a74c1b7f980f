//! Where a book will be on the web.

use super::Settings;

impl Settings {
    /// The public address of the site, ending in `/`, where one is known.
    pub fn public_url(&self) -> Option<String> {
        let html = &self.html;
        let absolute = |url: &&String| url.starts_with("http://") || url.starts_with("https://");
        let base = match (&self.labbook.url, &html.site_url, &html.cname) {
            (Some(url), _, _) => url.clone(),
            (None, Some(url), _) if absolute(&url) => url.clone(),
            (None, path, Some(host)) => {
                format!(
                    "https://{host}/{}",
                    path.as_deref().unwrap_or("").trim_start_matches('/')
                )
            }
            _ => return None,
        };
        Some(if base.ends_with('/') {
            base
        } else {
            base + "/"
        })
    }

    /// The address from which 404.html reaches the site's files, ending in `/`.
    pub fn site_root(&self) -> String {
        let root = self
            .html
            .site_url
            .clone()
            .or_else(|| self.public_url())
            .unwrap_or_else(|| "/".into());
        if root.ends_with('/') {
            root
        } else {
            root + "/"
        }
    }

    /// The file name of the page for what is not there; `None` when the book wants none.
    pub fn not_found_path(&self) -> Option<String> {
        match self.html.input_404.as_deref() {
            Some("") => None,
            Some(name) => Some(name.replace(".md", ".html")),
            None => Some("404.html".into()),
        }
    }
}

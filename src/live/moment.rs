//! What is served at one moment, and since when each part of it is as it is. From that follows what a reader who saw the
//! book at some earlier moment must be told: nothing is queued for anyone, however slow.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::book::Rendered;
use crate::problem::Problem;
use crate::site::{Content, Site};

/// A moment of a book: counts up with everything that a reader may be told.
pub type Revision = u64;

/// The served book at one moment.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    /// Names this run of the program.
    pub session: String,
    /// This moment.
    pub revision: Revision,
    /// The last good site.
    pub site: Arc<Site>,
    /// The page for what is not there.
    pub not_found: Option<String>,
    /// Whether a newer site is being made.
    pub is_assembling: bool,
    /// Whether the scripts of search are those of the site.
    pub has_search: bool,
    /// What is wrong with the book as it stands on disk; empty when the site is of it.
    pub problems: Vec<Problem>,
    problems_since: Revision,
    /// Settings, templates or scripts have changed since the site was made.
    needs_reload: bool,
    /// When a site was made of changed settings, templates or scripts.
    reload_since: Revision,
    /// Path of a page to the content of its `<main>`, for pages that have changed.
    fragments: HashMap<String, (Revision, Arc<str>)>,
    /// Path of a page to a digest of it.
    documents: HashMap<String, (Revision, u64)>,
    /// Paths of files of the author's, for those that have changed.
    files: BTreeMap<String, Revision>,
    /// Paths that the site has no more.
    gone: HashMap<String, Revision>,
    /// Files made on demand that were made since the site was, or could not be.
    tried: HashSet<String>,
}

/// Something that a reader's browser is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// `hello`, `problems`, `page`, `files`, `site`, `reload` or `gone`.
    pub name: &'static str,
    /// As JSON.
    pub data: Value,
}

impl Moment {
    /// The first moment of a run.
    pub(super) fn first(session: String, site: Site, not_found: Option<String>) -> Moment {
        let empty = Moment {
            session,
            ..Moment::default()
        };
        let first = empty.assembled(site, (not_found, &[]));
        Moment {
            has_search: true,
            ..first
        }
    }

    /// Chapters were rendered; the site is yet to be made of them.
    pub(super) fn rendered(&self, rendered: &Rendered) -> Moment {
        let revision = self.revision + 1;
        let mut next = self.clone();
        (next.revision, next.is_assembling) = (revision, true);
        if rendered.reload {
            next.needs_reload = true;
            next.fragments.clear();
        }
        for (path, html) in &rendered.fragments {
            let fragment = (revision, Arc::from(html.as_str()));
            next.fragments.insert(path.clone(), fragment);
        }
        next
    }

    /// A site was made, and these of its files have changed.
    pub(super) fn assembled(
        &self,
        mut site: Site,
        (not_found, files): (Option<String>, &[String]),
    ) -> Moment {
        let revision = self.revision + 1;
        let mut next = Moment {
            revision,
            not_found,
            is_assembling: false,
            has_search: false,
            documents: HashMap::new(),
            tried: HashSet::new(),
            ..self.clone()
        };
        for (path, content) in pages(&site) {
            let digest = xxh3_64(content);
            let document = match self.documents.get(path) {
                Some(before) if before.1 == digest => *before,
                _ => (revision, digest),
            };
            next.documents.insert(path.clone(), document);
            next.gone.remove(path);
        }
        let gone = self.documents.keys();
        let gone = gone.filter(|path| !next.documents.contains_key(*path));
        next.gone.extend(gone.map(|path| (path.clone(), revision)));
        next.files
            .extend(files.iter().map(|path| (path.clone(), revision)));
        if std::mem::take(&mut next.needs_reload) {
            next.reload_since = revision;
        }
        listen(&mut site, &next.id());
        next.site = Arc::new(site);
        next
    }

    /// The same, and what is still wrong; a page that was told so `before` is not told again.
    pub(super) fn telling(self, before: &Moment, problems: Vec<Problem>) -> Moment {
        let problems_since = match problems == before.problems {
            true => before.problems_since,
            false => self.revision,
        };
        Moment {
            problems,
            problems_since,
            ..self
        }
    }

    /// No newer site came of what was rendered.
    pub(super) fn kept(&self) -> Moment {
        Moment {
            is_assembling: false,
            ..self.clone()
        }
    }

    /// The book on disk can't be built: the site stays.
    pub(super) fn failed(&self, problems: Vec<Problem>) -> Moment {
        let revision = self.revision + 1;
        Moment {
            revision,
            problems,
            problems_since: revision,
            is_assembling: false,
            ..self.clone()
        }
    }

    /// The scripts of search were made.
    pub(super) fn with_search(&self, files: Vec<(String, String)>) -> Moment {
        let mut site = Site {
            files: self.site.files.clone(),
            search: files.iter().map(|(path, _)| path.clone()).collect(),
            policies: self.site.policies.clone(),
            downloads: self.site.downloads.clone(),
            ..Site::default()
        };
        let files = files.into_iter();
        let files = files.map(|(path, text)| (path, Content::Bytes(text.into_bytes())));
        site.files.extend(files);
        Moment {
            site: Arc::new(site),
            has_search: true,
            ..self.clone()
        }
    }

    /// The whole book as one file was made, or could not be.
    pub(super) fn with_download(&self, path: &str, bytes: Option<Vec<u8>>) -> Moment {
        let mut next = self.clone();
        next.tried.insert(path.into());
        if let Some(bytes) = bytes {
            let mut site = Site {
                files: self.site.files.clone(),
                search: self.site.search.clone(),
                policies: self.site.policies.clone(),
                downloads: self.site.downloads.clone(),
                ..Site::default()
            };
            site.files.insert(path.into(), Content::Bytes(bytes));
            next.site = Arc::new(site);
        }
        next
    }

    /// Whether this is no file that is made on demand, or one that was made, or could not be.
    pub fn has_tried(&self, path: &str) -> bool {
        self.tried.contains(path) || !self.site.downloads.iter().any(|offered| offered == path)
    }

    /// Names this moment, for a page to come back with.
    pub fn id(&self) -> String {
        format!("{}.{}", self.session, self.revision)
    }

    /// The moment that an id names, if it is one of this run.
    pub fn revision_of(&self, id: &str) -> Option<Revision> {
        let (session, revision) = id.rsplit_once('.')?;
        (session == self.session).then(|| revision.parse().ok())?
    }

    /// Whether there was a page at this path once, which has gone.
    pub fn had(&self, path: &str) -> bool {
        self.gone.contains_key(path)
    }

    /// What the reader of a page must be told who saw the book at an earlier moment; `None` for one before this run.
    pub fn events(&self, path: &str, seen: Option<Revision>) -> Vec<Event> {
        let is_new = |since: Revision| seen.is_none_or(|seen| since > seen);
        let mut events = Vec::new();
        let mut tell = |name, data| events.push(Event { name, data });
        if is_new(self.problems_since) {
            tell("problems", json!(self.problems));
        }
        if self.gone.get(path).is_some_and(|since| is_new(*since)) {
            tell("gone", json!({}));
            return events;
        }
        let document = self.documents.get(path);
        let is_changed = document.is_some_and(|(since, _)| is_new(*since));
        if is_changed && seen.is_some() && is_new(self.reload_since) {
            tell("reload", json!({}));
            return events;
        }
        if let Some((since, html)) = self.fragments.get(path)
            && is_new(*since)
        {
            tell("page", json!({ "html": **html }));
        }
        let files: Vec<&String> = self
            .files
            .iter()
            .filter(|(_, since)| is_new(**since))
            .map(|(path, _)| path)
            .collect();
        if !files.is_empty() {
            tell(
                "files",
                json!({ "paths": files, "revision": self.revision }),
            );
        }
        if is_changed {
            tell("site", json!({}));
        }
        events
    }
}

/// The pages of a site that labbook made.
fn pages(site: &Site) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    let pages = site
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    pages.filter_map(|(path, content)| match content {
        Content::Bytes(bytes) => Some((path, bytes)),
        Content::File(_) => None,
    })
}

/// After this the script goes into a page: before all others, as it must see the page as it was sent.
const HEAD: &[u8] = b"<head>\n";

/// Makes every page of a site hear of changes since the moment that an id names.
fn listen(site: &mut Site, id: &str) {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"/{STYLE}\">\n<script src=\"/{SCRIPT}?{id}\" defer></script>\n"
    );
    for (path, content) in &mut site.files {
        let Content::Bytes(bytes) = content else {
            continue;
        };
        if !path.ends_with(".html") {
            continue;
        }
        let head = bytes.windows(HEAD.len()).position(|window| window == HEAD);
        if let Some(start) = head {
            let end = start + HEAD.len();
            bytes.splice(end..end, tags.bytes());
        }
    }
}

/// The script with which a page hears of changes.
pub(super) const SCRIPT: &str = "labbook/live.js";

/// How its messages look.
pub(super) const STYLE: &str = "labbook/live.css";

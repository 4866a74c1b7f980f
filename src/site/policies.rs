//! Which pages say which content security policy, and what the author must hear about it.
//!
//! A book that asks for a policy has it on every page, and what it would block is a warning. A book that says nothing has
//! labbook's own on every page that it would not harm; what keeps a page from it is a note.

use std::collections::BTreeSet;

use crate::book::{Book, Chapter};
use crate::load::{SourceLines, line_of_key};
use crate::page::Page;
use crate::policy::{OWN, Policy, PolicySetting, Use};
use crate::problem::Problem;
use crate::theme::Theme;

/// The policies of a site's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    text: Option<String>,
    /// Pages that would be harmed.
    without: BTreeSet<String>,
}

impl Policies {
    /// The policy of the page with this path in the site.
    pub fn of_page(&self, path: &str) -> Option<&str> {
        self.text
            .as_deref()
            .filter(|_| !self.without.contains(path))
    }
}

/// The policies, and what is said of them.
#[derive(Default)]
pub(super) struct Decision {
    pub(super) policies: Policies,
    pub(super) warnings: Vec<Problem>,
    pub(super) notes: Vec<Problem>,
}

/// Decides for a whole book; `not_found` is the author's 404 page.
pub(super) fn of(book: &Book, pages: &[Page], not_found: Option<&Page>, theme: &Theme) -> Decision {
    let setting = &book.settings.labbook.content_security_policy;
    let asked = match setting {
        Some(PolicySetting::Switch(false)) => return Decision::default(),
        Some(PolicySetting::Switch(true)) => Some(OWN),
        Some(PolicySetting::Text(text)) => Some(text.as_str()),
        None => None,
    };
    let policy = Policy::parse(asked.unwrap_or(OWN));
    let chapters = book
        .chapters
        .iter()
        .zip(pages)
        .chain(book.not_found.iter().zip(not_found));
    let found = Found {
        everywhere: everywhere(book, theme, &policy),
        in_pages: chapters
            .flat_map(|(chapter, page)| in_page(book, (chapter, page), &policy))
            .collect(),
    };
    match asked {
        Some(text) => found.under(text),
        None => found.beside_our_own(book),
    }
}

/// What a policy would block.
struct Found {
    /// In every page: the theme's doing, or a style sheet's.
    everywhere: Vec<Problem>,
    /// In one page: its path, where, and what.
    in_pages: Vec<(String, Problem)>,
}

impl Found {
    /// The author asked for this policy: it holds, and what it blocks is wrong.
    fn under(self, text: &str) -> Decision {
        let advice = "move styles and scripts into files (`additional-css`, `additional-js`), copy what is loaded into the book, \
                      or change `content-security-policy` in [output.labbook]";
        let blocked = self
            .everywhere
            .into_iter()
            .chain(self.in_pages.into_iter().map(|(_, place)| place));
        let warnings = blocked.map(|place| Problem {
            message: format!(
                "{} is blocked by the content security policy: {advice}",
                place.message
            ),
            ..place
        });
        Decision {
            warnings: warnings.collect(),
            policies: Policies {
                text: Some(text.to_string()),
                without: BTreeSet::new(),
            },
            notes: Vec::new(),
        }
    }

    /// The author asked for nothing: pages that our own policy would harm go without.
    fn beside_our_own(self, book: &Book) -> Decision {
        let scripts = book.settings.html.additional_js.first().map(|_| {
            let file = book.root.join("book.toml");
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let message = "what the scripts of `additional-js` do cannot be known, so the pages have no content security policy: \
                           try `content-security-policy = true` in [output.labbook], and look for complaints in the browser's console";
            Problem::in_file(&file, message).on_line(line_of_key(&text, "output.html.additional-js"))
        });
        let everywhere = self
            .everywhere
            .into_iter()
            .map(|place| note(place, "the pages have no"));
        let mut notes: Vec<Problem> = scripts.into_iter().chain(everywhere).collect();
        if !notes.is_empty() {
            return Decision {
                notes,
                ..Decision::default()
            };
        }
        let mut without: BTreeSet<String> =
            self.in_pages.iter().map(|(path, _)| path.clone()).collect();
        if !without.is_empty() {
            without.insert("print.html".into());
        }
        // The first chapter may stand in the place of the site's index as well.
        if book
            .chapters
            .first()
            .is_some_and(|first| without.contains(&first.path))
        {
            without.insert("index.html".into());
        }
        notes.extend(
            self.in_pages
                .into_iter()
                .map(|(_, place)| note(place, "this page has no")),
        );
        Decision {
            policies: Policies {
                text: Some(OWN.into()),
                without,
            },
            notes,
            warnings: Vec::new(),
        }
    }
}

fn note(place: Problem, consequence: &str) -> Problem {
    Problem {
        message: format!(
            "{} would be blocked by a content security policy, so {consequence} such policy (`content-security-policy` in [output.labbook] decides)",
            place.message
        ),
        ..place
    }
}

/// What every page does.
fn everywhere(book: &Book, theme: &Theme, policy: &Policy) -> Vec<Problem> {
    let styles = book.style_uses.clone().into_iter();
    styles
        .chain(theme.uses())
        .filter(|(_, found)| !policy.allows(&found.need))
        .map(|(file, found)| Problem::at(&file, found.line, quoted(&found)))
        .collect()
}

fn quoted(found: &Use) -> String {
    format!("`{}`", found.shown)
}

/// What one page does.
fn in_page(
    book: &Book,
    (chapter, page): (&Chapter, &Page),
    policy: &Policy,
) -> Vec<(String, Problem)> {
    let blocked: Vec<&Use> = page
        .uses
        .iter()
        .filter(|found| !policy.allows(&found.need))
        .collect();
    if blocked.is_empty() {
        return Vec::new();
    }
    let lines = SourceLines::of(chapter, &book.source);
    blocked
        .into_iter()
        .map(|found| {
            (
                chapter.path.clone(),
                lines.problem(found.line, quoted(found)),
            )
        })
        .collect()
}

//! What book.toml says, as plain data with every default filled in.
//!
//! [`crate::load`] reads it; everything else only looks.

mod addresses;
mod outputs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

mod test_settings;

pub use test_settings::TestSettings;

use crate::policy::PolicySetting;

/// The settings of a book.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Settings {
    /// Title of the book; empty when book.toml has none.
    pub title: String,
    /// Authors, as written.
    pub authors: Vec<String>,
    /// Description of the whole book.
    pub description: Option<String>,
    /// BCP 47 language, `en` when absent.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The source folder as book.toml names it, for edit links.
    pub source_name: String,
    /// The destination, relative to the book's root, `book` when absent.
    pub destination: PathBuf,
    /// Default edition of Rust snippets: `2021`.
    pub edition: Option<String>,
    /// `[output.html]`.
    pub html: HtmlSettings,
    /// `[output.labbook]`.
    pub labbook: LabbookSettings,
}

/// The keys of `[output.html]` that have a meaning here. Names and meanings are mdBook's.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct HtmlSettings {
    /// Theme shown before the reader chooses; any of mdBook's dark names means dark.
    pub default_theme: Option<String>,
    /// Curly quotes, dashes and ellipses.
    pub smart_punctuation: bool,
    /// `term`, newline, `: definition`.
    pub definition_lists: bool,
    /// `> [!NOTE]` and its kin.
    pub admonitions: bool,
    /// TeX between `\\(`, `\\[` or `$$`; rendered at build time here.
    pub mathjax_support: bool,
    /// Style sheets after the theme's own, relative to the book's root.
    pub additional_css: Vec<PathBuf>,
    /// Scripts after the theme's own, relative to the book's root.
    pub additional_js: Vec<PathBuf>,
    /// Folding of the table of contents.
    pub fold: Fold,
    /// Treatment of Rust snippets.
    #[serde(alias = "playpen")]
    pub playground: Playground,
    /// Treatment of all code blocks.
    pub code: Code,
    /// Search in the browser.
    pub search: SearchSettings,
    /// The page that holds the whole book.
    pub print: Print,
    /// No numbers before chapter names.
    pub no_section_label: bool,
    /// The repository that the header links to.
    pub git_repository_url: Option<String>,
    /// The file that becomes 404.html; empty: none is made.
    pub input_404: Option<String>,
    /// The site's address, or its path on its host.
    pub site_url: Option<String>,
    /// Written to a file CNAME.
    pub cname: Option<String>,
    /// `{path}` becomes the source file's path.
    pub edit_url_template: Option<String>,
    /// Old path (with or without a fragment) to new address.
    pub redirect: BTreeMap<String, String>,
}

impl Default for HtmlSettings {
    fn default() -> HtmlSettings {
        HtmlSettings {
            default_theme: None,
            smart_punctuation: true,
            definition_lists: true,
            admonitions: true,
            mathjax_support: false,
            additional_css: Vec::new(),
            additional_js: Vec::new(),
            fold: Fold::default(),
            playground: Playground::default(),
            code: Code::default(),
            search: SearchSettings::default(),
            print: Print::default(),
            no_section_label: false,
            git_repository_url: None,
            input_404: None,
            site_url: None,
            cname: None,
            edit_url_template: None,
            redirect: BTreeMap::new(),
        }
    }
}

/// `[output.html.fold]`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Fold {
    /// Sub-chapters are folded away.
    pub enable: bool,
    /// Levels up to this one stay open.
    pub level: usize,
}

/// `[output.html.playground]`: of mdBook's keys, the one that changes the text of a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Playground {
    /// Rust snippets without `fn main` get one, on hidden lines, as in rustdoc.
    pub runnable: bool,
    /// Editable snippets keep their text as written.
    pub editable: bool,
}

impl Default for Playground {
    fn default() -> Playground {
        Playground {
            runnable: true,
            editable: false,
        }
    }
}

/// `[output.html.code]`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Code {
    /// Language to the prefix that hides a line.
    pub hidelines: BTreeMap<String, String>,
}

/// `[output.html.search]`: of mdBook's keys, those that say what is found. Ranking is our own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct SearchSettings {
    /// The book has an index and a button that opens the search.
    pub enable: bool,
    /// A source file, or a folder of some, to what holds for it; the longest path that fits decides.
    pub chapter: BTreeMap<PathBuf, ChapterSearch>,
}

/// `[output.html.search.chapter]`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct ChapterSearch {
    /// Whether these chapters are found; `None`: as the folder above says.
    pub enable: Option<bool>,
}

impl Default for SearchSettings {
    fn default() -> SearchSettings {
        SearchSettings {
            enable: true,
            chapter: BTreeMap::new(),
        }
    }
}

impl SearchSettings {
    /// Whether a chapter is found; `source` is its file, relative to the source folder.
    pub fn finds(&self, source: &Path) -> bool {
        let mut fitting = source
            .ancestors()
            .filter_map(|path| self.chapter.get(path)?.enable);
        self.enable && fitting.next().unwrap_or(true)
    }
}

/// `[output.html.print]`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Print {
    /// Make print.html.
    pub enable: bool,
    /// Each chapter begins on a new sheet.
    pub page_break: bool,
}

impl Default for Print {
    fn default() -> Print {
        Print {
            enable: true,
            page_break: true,
        }
    }
}

/// `[output.labbook]`: what mdBook has no word for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct LabbookSettings {
    /// A line under the book's title.
    pub subtitle: Option<String>,
    /// The folder of the labs, relative to the book's root.
    pub labs: Option<PathBuf>,
    /// The crate of the live figures, relative to the book's root.
    pub figures: Option<PathBuf>,
    /// A folder whose files replace those of the default theme, relative to the book's root.
    pub theme: Option<PathBuf>,
    /// The site's public address, `https://…/`; canonical links and the sitemap need it.
    pub url: Option<String>,
    /// `## Heading` of chapter 3 becomes 3.1, 3.2, …
    pub number_sections: bool,
    /// TeX between `$` and `$$`.
    pub math: bool,
    /// `[output.labbook.test]`.
    #[serde(default = "TestSettings::of_labbooks_books")]
    pub test: TestSettings,
    /// The whole book as one zip file that opens without a server.
    pub zip: bool,
    /// The whole book as EPUB 3.
    pub epub: bool,
    /// A picture of each chapter's title, shown where a link to it is shared; pages name them where `url` is set.
    pub cards: bool,
    /// A web manifest and a service worker, so that a book on the web can be installed and read without a network.
    /// Absent: as [`LabbookSettings::is_given`].
    pub offline: Option<bool>,
    /// An Atom feed of the chapters by their last change; needs `url`. Absent: as [`LabbookSettings::is_given`].
    pub feed: Option<bool>,
    /// llms.txt, the list of chapters for language models. Absent: as [`LabbookSettings::is_given`].
    pub llms_txt: Option<bool>,
    /// The content security policy; `None`: labbook's own, on pages that hold nothing it would forbid.
    pub content_security_policy: Option<PolicySetting>,
    /// The chapter that explains terms, relative to the source folder; `check` looks for `glossary.md` when absent.
    pub glossary: Option<PathBuf>,
    /// What `check` holds a book to.
    pub check: CheckSettings,
    /// Whether book.toml has the table at all: some rules and outputs are only for books that were written for labbook.
    #[serde(skip_deserializing)]
    pub is_given: bool,
}

/// `[output.labbook.check]`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct CheckSettings {
    /// The most that the first load of a chapter may weigh, in KB (1,000 bytes), compressed; 0: no limit.
    pub page_weight_max_kb: u32,
    /// The most that the script and the module of live figures may weigh together, in KB, compressed; 0: no limit.
    pub figures_weight_max_kb: u32,
}

impl Default for CheckSettings {
    fn default() -> CheckSettings {
        CheckSettings {
            page_weight_max_kb: 250,
            figures_weight_max_kb: 160,
        }
    }
}

//! Makes books in a temporary folder, builds them, and looks at what came out.
//!
//! `Book::with("# One").build().page("one").shows("…")` is a whole test: a book with one chapter, `one.md`.

use std::fs;
use std::path::{Path, PathBuf};

use labbook::build::{Built, Purpose, build, build_with};
use labbook::check::check;
use labbook::live_figures::LiveFigures;
use labbook::problem::Problems;
use labbook::site::Content;
use tempfile::TempDir;

/// A book in a temporary folder.
pub struct Book {
    folder: TempDir,
}

impl Book {
    /// A book with one chapter, `one.md`.
    pub fn with(one: &str) -> Book {
        Book::empty()
            .file("book.toml", "[book]\ntitle = \"Test\"\n")
            .file("src/SUMMARY.md", "- [One](one.md)\n")
            .file("src/one.md", one)
    }

    /// A folder without any file.
    pub fn empty() -> Book {
        Book {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Adds or replaces a file; `path` is relative to the book's root.
    pub fn file(self, path: &str, text: &str) -> Book {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// Adds or replaces a file that is no text.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Book {
        let book = self.file(path, "");
        fs::write(book.root().join(path), bytes).unwrap();
        book
    }

    /// Removes a file.
    pub fn without(self, path: &str) -> Book {
        fs::remove_file(self.root().join(path)).unwrap();
        self
    }

    /// Adds a symbolic link.
    #[cfg(unix)]
    pub fn link(self, path: &str, target: &str) -> Book {
        std::os::unix::fs::symlink(target, self.root().join(path)).unwrap();
        self
    }

    /// Replaces book.toml; a `[book]` table with a title stands before `text`.
    pub fn settings(self, text: &str) -> Book {
        self.file("book.toml", &format!("[book]\ntitle = \"Test\"\n{text}"))
    }

    /// The folder that holds book.toml.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A folder beside the book's files that does not exist yet.
    pub fn destination(&self) -> PathBuf {
        self.root().join("out")
    }

    /// Builds the book in memory; it must succeed.
    pub fn build(self) -> Site {
        match build(self.root(), Purpose::Publish) {
            Ok(built) => Site { built, book: self },
            Err(problems) => panic!("the book does not build:\n{problems}"),
        }
    }

    /// Builds the book with live figures that were compiled before; it must succeed.
    pub fn build_with(self, figures: &LiveFigures) -> Site {
        match self.built_with(figures) {
            Ok(built) => Site { built, book: self },
            Err(problems) => panic!("the book does not build:\n{problems}"),
        }
    }

    /// The messages with which that fails, one a line, with paths relative to the book.
    pub fn fails_with(self, figures: &LiveFigures) -> String {
        match self.built_with(figures) {
            Ok(_) => panic!("the book builds, and should not"),
            Err(problems) => self.relative(&problems.to_string()),
        }
    }

    fn built_with(&self, figures: &LiveFigures) -> Result<Built, Problems> {
        build_with(self.root(), Purpose::Publish, |_| {
            Ok((figures.clone(), None))
        })
    }

    /// Builds the book, which must fail. The messages, one a line, with paths relative to the book.
    pub fn fails(self) -> String {
        match build(self.root(), Purpose::Publish) {
            Ok(_) => panic!("the book builds, and should not"),
            Err(problems) => self.relative(&problems.to_string()),
        }
    }

    /// Messages with paths relative to the book.
    fn relative(&self, messages: &str) -> String {
        messages.replace(&format!("{}/", self.root().display()), "")
    }
}

/// A book that was built.
pub struct Site {
    pub built: Built,
    pub book: Book,
}

impl Site {
    /// The page of a chapter: `one` is one.html.
    pub fn page(&self, name: &str) -> Page {
        Page {
            html: self.text(&format!("{name}.html")),
        }
    }

    /// The text of a file of the site.
    pub fn text(&self, path: &str) -> String {
        match self.built.site.files.get(path) {
            Some(Content::Bytes(bytes)) => String::from_utf8(bytes.clone()).unwrap(),
            Some(Content::File(file)) => fs::read_to_string(file).unwrap(),
            None => panic!(
                "the site has no {path}; it has {:?}",
                self.built.site.files.keys()
            ),
        }
    }

    /// Whether the site has a file.
    pub fn has(&self, path: &str) -> bool {
        self.built.site.files.contains_key(path)
    }

    /// What `check` finds, one a line, with paths relative to the book.
    pub fn problems(&self) -> String {
        let lines: Vec<String> = check(&self.built).iter().map(ToString::to_string).collect();
        self.book.relative(&lines.join("\n"))
    }

    /// The texts of all files whose path begins so.
    pub fn files(&self, prefix: &str) -> Vec<String> {
        let paths = self
            .built
            .site
            .files
            .keys()
            .filter(|path| path.starts_with(prefix));
        paths.map(|path| self.text(path)).collect()
    }

    /// Notes of the build, one a line, with paths relative to the book.
    pub fn notes(&self) -> String {
        let lines: Vec<String> = self.built.notes.iter().map(ToString::to_string).collect();
        self.book.relative(&lines.join("\n"))
    }

    /// Warnings of the build, one a line, with paths relative to the book.
    pub fn warnings(&self) -> String {
        let lines: Vec<String> = self
            .built
            .warnings
            .iter()
            .map(ToString::to_string)
            .collect();
        self.book.relative(&lines.join("\n"))
    }
}

/// A page of a site.
pub struct Page {
    pub html: String,
}

impl Page {
    /// The content of `<main>`.
    pub fn main(&self) -> &str {
        let start = self
            .html
            .find("<main")
            .expect("the page has a main element");
        let start = start + self.html[start..].find('>').unwrap() + 1;
        let end = self
            .html
            .rfind("</main>")
            .expect("the main element is closed");
        &self.html[start..end]
    }

    /// The content of `<main>` holds this HTML.
    #[track_caller]
    pub fn shows(&self, html: &str) -> &Page {
        assert!(
            self.main().contains(html),
            "not in the page: {html}\nthe page has:\n{}",
            self.main()
        );
        self
    }

    /// The content of `<main>` does not hold this HTML.
    #[track_caller]
    pub fn hides(&self, html: &str) -> &Page {
        assert!(
            !self.main().contains(html),
            "in the page: {html}\nthe page has:\n{}",
            self.main()
        );
        self
    }

    /// The whole document holds this HTML.
    #[track_caller]
    pub fn has(&self, html: &str) -> &Page {
        assert!(
            self.html.contains(html),
            "not in the document: {html}\nthe document is:\n{}",
            self.html
        );
        self
    }
}

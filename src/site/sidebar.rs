//! The table of contents beside each page.
//!
//! Up to [`WHOLE_MAX`] chapters it stands whole in each page: rendered once for each depth of folder, the current page's
//! mark spliced in. Above, a page has its ancestors, the chapters around it and those inside it, and a link to toc.html:
//! so a page of a large book costs no more than one of a small book. Neighbours share one such cut: rendering one for each
//! page took 40 % of a warm build. A script shared by all pages holds the whole table;
//! it is loaded when the reader asks for all chapters.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::context::{Builder, SiteContext, root_of};
use crate::book::Item;
use crate::problem::Problem;
use crate::theme::ASSETS;

/// The largest book whose table of contents stands whole in each page.
const WHOLE_MAX: usize = 200;

/// In a larger book, how many chapters before and after the current one are shown at least.
const AROUND: usize = 12;

/// In a larger book, how many neighbours share a cut.
const SHARED_BY: usize = 8;

/// sidebar.hbs.
#[derive(Serialize)]
struct SidebarContext<'a> {
    site: SiteContext<'a>,
    items: Vec<Line<'a>>,
    end: Vec<bool>,
    /// In a large book, the script that holds the whole table, relative to the page.
    more: Option<String>,
}

/// One line. `enter` and `leave` have one element for each level that opens or closes before it.
#[derive(Serialize, Default)]
struct Line<'a> {
    part: Option<&'a str>,
    spacer: bool,
    name: &'a str,
    href: Option<String>,
    path: Option<&'a str>,
    number: Option<&'a str>,
    level: usize,
    open: bool,
    children: bool,
    enter: Vec<bool>,
    leave: Vec<bool>,
}

/// The sidebars of a site.
pub(super) struct Sidebars<'b, 'a> {
    builder: &'b Builder<'a>,
    /// What chapters share, by group of neighbours and way back to the root. A small book is one group.
    shared: BTreeMap<(usize, String), String>,
    /// For larger books: path and text of the script that holds the whole table.
    script: Option<(String, String)>,
}

/// A chapter's sidebar.
pub(super) struct Sidebar<'s> {
    html: &'s str,
    /// Where the mark of the current page belongs.
    mark: Option<usize>,
}

impl Sidebar<'_> {
    /// The HTML in pieces, so that nobody has to copy it.
    pub(super) fn pieces(&self) -> [&str; 3] {
        let Some(mark) = self.mark else {
            return [self.html, "", ""];
        };
        let (before, after) = self.html.split_at(mark);
        [before, " aria-current=\"page\"", after]
    }
}

impl<'b, 'a> Sidebars<'b, 'a> {
    /// Renders what pages share.
    pub(super) fn new(builder: &'b Builder<'a>) -> Result<Sidebars<'b, 'a>, Problem> {
        let mut sidebars = Sidebars {
            builder,
            shared: BTreeMap::new(),
            script: None,
        };
        if sidebars.is_cut() {
            let html = serde_json::to_string(&sidebars.all("")?).unwrap_or_default();
            let text = format!("window.labbookChapters = {html};\n");
            let digest = xxh3_64(text.as_bytes()) as u32;
            sidebars.script = Some((format!("{ASSETS}/chapters-{digest:08x}.js"), text));
        }
        let roots = builder.book.chapters.iter().enumerate();
        let mut wanted: BTreeSet<(usize, String)> = roots
            .map(|(index, chapter)| (sidebars.group(index), root_of(&chapter.path)))
            .collect();
        // For the copy of the first chapter at index.html.
        wanted.insert((0, String::new()));
        let rendered = wanted.into_par_iter().map(|(group, root)| {
            let html = if sidebars.is_cut() {
                sidebars.render(&sidebars.around(group), &root, sidebars.script())?
            } else {
                sidebars.all(&root)?
            };
            Ok(((group, root), html))
        });
        sidebars.shared = rendered.collect::<Result<_, Problem>>()?;
        Ok(sidebars)
    }

    /// Whether the book is so large that a page has only a part of the table.
    fn is_cut(&self) -> bool {
        self.builder.book.chapters.len() > WHOLE_MAX
    }

    /// The neighbours that a chapter shares its sidebar with.
    fn group(&self, chapter: usize) -> usize {
        if self.is_cut() {
            self.builder.navigation.item_of_chapter[chapter] / SHARED_BY
        } else {
            0
        }
    }

    /// The table of contents with every chapter, seen from `root`.
    pub(super) fn all(&self, root: &str) -> Result<String, Problem> {
        let all: Vec<usize> = (0..self.builder.book.items.len()).collect();
        self.render(&all, root, None)
    }

    /// The sidebar of a page that is no chapter.
    pub(super) fn for_root(&self, root: &str) -> Result<String, Problem> {
        if self.is_cut() {
            self.render(&self.top(), root, self.script())
        } else {
            self.all(root)
        }
    }

    /// The sidebar of a chapter, seen from `root`, which is the chapter's own but for the copy at index.html.
    pub(super) fn for_chapter(&self, index: usize, root: &str) -> Sidebar<'_> {
        let shared = self.shared.get(&(self.group(index), root.to_string()));
        let html = shared.map_or("", String::as_str);
        let path = &self.builder.book.chapters[index].path;
        let link = format!("<a href=\"{root}{}\"", handlebars::html_escape(path));
        let mark = html.find(&link).map(|at| at + link.len());
        Sidebar { html, mark }
    }

    /// Ancestors, chapters around and chapters inside those of one group of a large book.
    fn around(&self, group: usize) -> Vec<usize> {
        let navigation = &self.builder.navigation;
        let item = group * SHARED_BY;
        let first = item.saturating_sub(AROUND);
        let last = (item + SHARED_BY - 1 + AROUND).min(self.builder.book.items.len() - 1);
        let mut chosen: Vec<usize> = (first..=last).collect();
        for near in first..=last {
            let mut parent = navigation.parents[near];
            while let Some(index) = parent {
                chosen.push(index);
                parent = navigation.parents[index];
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// The first chapters of a large book's top level.
    fn top(&self) -> Vec<usize> {
        let top = |index: &usize| self.builder.navigation.parents[*index].is_none();
        (0..self.builder.book.items.len())
            .filter(top)
            .take(2 * AROUND)
            .collect()
    }

    /// Path of the script that holds the whole table of a large book.
    fn script(&self) -> Option<&str> {
        self.script.as_ref().map(|(path, _)| path.as_str())
    }

    /// The script of a large book: its path in the site and its text.
    pub(super) fn take_script(&mut self) -> Option<(String, String)> {
        self.script.take()
    }

    fn render(&self, chosen: &[usize], root: &str, more: Option<&str>) -> Result<String, Problem> {
        let mut depth = 0;
        let items = chosen
            .iter()
            .map(|index| self.line(*index, root, &mut depth))
            .collect();
        let context = SidebarContext {
            site: self.builder.site("", root),
            items,
            end: vec![true; depth],
            more: more.map(|path| format!("{root}{path}")),
        };
        self.builder.templates.render("sidebar", &context)
    }

    /// One line; `depth` counts the lists that are open.
    fn line(&self, index: usize, root: &str, depth: &mut usize) -> Line<'_> {
        let settings = &self.builder.book.settings.html;
        match &self.builder.book.items[index] {
            Item::Part(title) => Line {
                part: Some(title),
                leave: vec![true; std::mem::take(depth)],
                ..Line::default()
            },
            Item::Separator => Line {
                spacer: true,
                leave: vec![true; std::mem::take(depth)],
                ..Line::default()
            },
            Item::Chapter {
                name,
                number,
                level,
                chapter,
            } => {
                let path = chapter.map(|chapter| self.builder.book.chapters[chapter].path.as_str());
                let before = std::mem::replace(depth, *level);
                Line {
                    name,
                    href: path.map(|path| format!("{root}{path}")),
                    path,
                    number: number.as_deref().filter(|_| !settings.no_section_label),
                    level: *level,
                    open: !settings.fold.enable || level - 1 < settings.fold.level,
                    children: self.builder.navigation.has_children[index],
                    enter: vec![true; level.saturating_sub(before)],
                    leave: vec![true; before.saturating_sub(*level)],
                    ..Line::default()
                }
            }
        }
    }
}

//! One page for each chapter, and the copy of the first one that a site opens with.

use std::borrow::Cow;

use rayon::prelude::*;

use super::context::{
    Builder, Card, Kicker, Modified, Neighbour, PageContext, Section, SiteContext, root_of,
};
use super::redirects;
use super::sidebar::Sidebars;
use crate::book::{Chapter, Item, Layout};
use crate::downloads::card_path;
use crate::page::Page;
use crate::problem::Problem;
use crate::theme::{CONTENT, SIDEBAR};

/// The chapters' pages, by path.
pub(super) fn files(
    builder: &Builder,
    sidebars: &Sidebars,
) -> Result<Vec<(String, String)>, Problem> {
    let chapters = &builder.book.chapters;
    let rendered = chapters.par_iter().enumerate().map(|(index, chapter)| {
        let html = render(builder, (index, &root_of(&chapter.path)), sidebars)?;
        Ok((chapter.path.clone(), html))
    });
    let mut files = rendered.collect::<Result<Vec<_>, Problem>>()?;
    if !chapters.is_empty() && !chapters.iter().any(|chapter| chapter.path == "index.html") {
        files.push(("index.html".into(), render(builder, (0, ""), sidebars)?));
    }
    Ok(files)
}

/// One chapter as it is seen from `root`.
fn render(
    builder: &Builder,
    (index, root): (usize, &str),
    sidebars: &Sidebars,
) -> Result<String, Problem> {
    let (book, page) = (builder.book, &builder.pages[index]);
    let (chapter, settings) = (&book.chapters[index], &book.settings);
    let home = chapter.front_matter.layout == Layout::Home;
    let moved = root != root_of(&chapter.path);
    let content = if moved {
        Cow::Owned(super::print::rebased(&page.html, &chapter.path))
    } else {
        Cow::Borrowed(page.html.as_str())
    };
    let context = PageContext {
        site: SiteContext {
            figures: builder.figures(page, root),
            ..builder.site(if moved { "index.html" } else { &chapter.path }, root)
        },
        title: builder.document_title(chapter),
        description: chapter
            .front_matter
            .description
            .as_deref()
            .or(settings.description.as_deref()),
        canonical: settings.public_url().map(|url| {
            url + chapter
                .path
                .strip_suffix("index.html")
                .unwrap_or(&chapter.path)
        }),
        path: &chapter.path,
        kind: if home { "website" } else { "article" },
        card_image: settings.public_url().and_then(|url| {
            let path = card_path(book, builder.fonts, index)?;
            Some(url + &path)
        }),
        sidebar: SIDEBAR,
        kicker: kicker(builder, chapter, page),
        content: CONTENT,
        sections: sections(page),
        previous: index
            .checked_sub(1)
            .map(|before| neighbour(&book.chapters[before], root)),
        next: book
            .chapters
            .get(index + 1)
            .map(|after| neighbour(after, root)),
        edit_url: edit_url(builder, chapter),
        modified: chapter.modified.as_deref().map(modified),
        fragment_redirects: redirects::of_page(settings, &chapter.path),
        chapters: if home {
            cards(builder, root)
        } else {
            Vec::new()
        },
    };
    let sidebar = sidebars.for_chapter(index, root);
    builder.templates.page(
        if home { "home" } else { "page" },
        &context,
        &[(CONTENT, &[&content]), (SIDEBAR, &sidebar.pieces())],
    )
}

/// The line above the title; chapters without a number and without front matter have none.
fn kicker<'a>(builder: &Builder, chapter: &'a Chapter, page: &Page) -> Option<Kicker<'a>> {
    let settings = &builder.book.settings;
    let number = chapter
        .number
        .as_ref()
        .filter(|_| !settings.html.no_section_label);
    let label = number.map(|number| {
        if settings.language.starts_with("en") {
            format!("Chapter {number}")
        } else {
            number.clone()
        }
    });
    let written = chapter.front_matter != Default::default();
    (label.is_some() || written).then(|| Kicker {
        label,
        figures: page.figures.len(),
        minutes: page.minutes(),
        lab: chapter.front_matter.lab.as_deref(),
        draft: chapter.front_matter.draft,
    })
}

/// Headings of the second and third level.
fn sections(page: &Page) -> Vec<Section<'_>> {
    page.headings
        .iter()
        .filter(|heading| matches!(heading.level, 2 | 3))
        .map(|heading| Section {
            id: &heading.id,
            title: &heading.html,
            number: heading.number.as_deref(),
            level: heading.level,
        })
        .collect()
}

fn neighbour<'a>(chapter: &'a Chapter, root: &str) -> Neighbour<'a> {
    Neighbour {
        href: format!("{root}{}", chapter.path),
        title: &chapter.name,
        number: chapter.number.as_deref(),
    }
}

/// The address at which a chapter can be edited.
fn edit_url(builder: &Builder, chapter: &Chapter) -> Option<String> {
    let settings = &builder.book.settings;
    let source = chapter
        .source
        .as_ref()?
        .display()
        .to_string()
        .replace('\\', "/");
    let template = settings.html.edit_url_template.as_ref()?;
    Some(template.replace("{path}", &format!("{}/{source}", settings.source_name)))
}

/// `2026-11-21` in words.
fn modified(day: &str) -> Modified {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next().unwrap_or(day), parts.next(), parts.next());
    let name = month.and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    let text = match (name, date) {
        (Some(name), Some(date)) => format!("{} {name} {year}", date.trim_start_matches('0')),
        _ => day.to_string(),
    };
    Modified {
        iso: day.to_string(),
        text,
    }
}

/// The numbered chapters of the top level, for the home page.
fn cards<'a>(builder: &Builder<'a>, root: &str) -> Vec<Card<'a>> {
    let card = |item: &'a Item| {
        let Item::Chapter {
            name,
            number: Some(number),
            level: 1,
            chapter: Some(index),
        } = item
        else {
            return None;
        };
        let (chapter, page) = (&builder.book.chapters[*index], &builder.pages[*index]);
        Some(Card {
            number,
            title: name,
            href: format!("{root}{}", chapter.path),
            path: &chapter.path,
            description: chapter.front_matter.description.as_deref(),
            minutes: page.minutes(),
            figures: page.figures.len(),
            lab: chapter.front_matter.lab.as_deref(),
            draft: chapter.front_matter.draft,
        })
    };
    builder.book.items.iter().filter_map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::modified;

    #[test]
    fn a_day_is_written_in_words() {
        assert_eq!(modified("2026-11-02").text, "2 November 2026");
        assert_eq!(modified("unknown").text, "unknown");
    }
}

//! Two chapters whose pages would have one name, or a chapter whose page labbook makes itself: one would be lost.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::book::Chapter;
use crate::problem::{Problem, Problems, shown};
use crate::settings::Settings;

/// Checks the names of all pages.
pub(super) fn check(
    chapters: &[Chapter],
    source: &Path,
    settings: &Settings,
) -> Result<(), Problems> {
    let file = |chapter: &Chapter| {
        let name = chapter.source.clone();
        source.join(name.unwrap_or_else(|| PathBuf::from(&chapter.path)))
    };
    let mut known: HashMap<&str, &Chapter> = HashMap::new();
    let mut problems = Vec::new();
    for chapter in chapters {
        let page = chapter.path.as_str();
        let made = page == "toc.html" || (page == "print.html" && settings.html.print.enable);
        if made {
            let message =
                format!("`{page}` is a page that labbook makes: rename the chapter's file");
            problems.push(Problem::in_file(&file(chapter), message));
        }
        let Some(first) = known.insert(page, chapter).map(file) else {
            continue;
        };
        let this = file(chapter);
        let message = if this == first {
            "stands twice in SUMMARY.md: remove one of the two lines".to_string()
        } else {
            let first = shown(&first);
            format!(
                "its page would be `{page}`, which is also that of {first}: rename one of the two files"
            )
        };
        problems.push(Problem::in_file(&this, message));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(problems))
    }
}

//! The sections' text, for the lines around a hit: scripts of some ten kilobytes, of which a query loads those that its
//! best results need. The index stays small this way, and a result still shows its words.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Section, encode};

/// A script takes whole pages until it has this many bytes of text.
const BYTES_MIN: usize = 24 * 1024;

/// The text of some pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The name of the file, in the folder of the index. It has a digest of the content.
    pub file: String,
    /// A classic script.
    pub script: String,
    /// How many sections it has.
    pub(super) sections: usize,
}

impl Text {
    /// The texts of all sections, in order.
    pub(super) fn of(sections: &[Section]) -> Vec<Text> {
        let mut parts = Vec::new();
        let mut rest = sections;
        while !rest.is_empty() {
            let (part, tail) = rest.split_at(part_length(rest));
            parts.push(part);
            rest = tail;
        }
        parts.into_par_iter().map(Text::of_part).collect()
    }

    fn of_part(sections: &[Section]) -> Text {
        let texts: Vec<String> = sections
            .iter()
            .map(|section| encode::literal(&single_spaced(section.text)))
            .collect();
        let list = texts.join(",\n");
        let digest = format!("{:08x}", xxh3_64(list.as_bytes()) as u32);
        let script = format!(
            "(window.labbookSearchTexts=window.labbookSearchTexts||{{}})[\"{digest}\"]=[\n{list}];\n"
        );
        Text {
            file: format!("search-text-{digest}.js"),
            script,
            sections: sections.len(),
        }
    }

    /// The digest in the file's name, by which the script leaves its texts.
    pub(super) fn digest(&self) -> &str {
        self.file
            .trim_start_matches("search-text-")
            .trim_end_matches(".js")
    }
}

/// How many of the sections make one script: never a part of a page.
fn part_length(sections: &[Section]) -> usize {
    let mut bytes = 0;
    for (index, section) in sections.iter().enumerate() {
        let new_page = index > 0 && sections[index - 1].page != section.page;
        if new_page && bytes >= BYTES_MIN {
            return index;
        }
        bytes += section.text.len();
    }
    sections.len()
}

/// Text on one line.
pub(super) fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

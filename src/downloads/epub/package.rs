//! Mends the package that epub-builder writes: it leaves out what a page holds, gives one id twice, and takes its dates from
//! the clock. What it has compressed is copied as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// Where epub-builder puts the package document.
const DOCUMENT: &str = "OEBPS/content.opf";

/// Pages to what they hold: `svg mathml`.
pub(super) type Properties = BTreeMap<String, String>;

/// The package with fixed dates and a whole package document; its first file stays the first (OCF 3.3, section 4.3).
pub(super) fn mended(
    written: Vec<u8>,
    properties: &Properties,
    date: Option<DateTime>,
) -> ZipResult<Vec<u8>> {
    let date = date.unwrap_or_default();
    let mut archive = ZipArchive::new(Cursor::new(written))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(date)
        .unix_permissions(MODE);
    for index in 0..archive.len() {
        if archive.name_for_index(index) == Some(DOCUMENT) {
            let mut text = String::new();
            archive.by_index(index)?.read_to_string(&mut text)?;
            writer.start_file(DOCUMENT, options)?;
            writer.write_all(document(&text, properties).as_bytes())?;
        } else {
            writer.raw_copy_file_touch(archive.by_index_raw(index)?, date, Some(MODE))?;
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// Everybody may read, its owner may write.
const MODE: u32 = 0o644;

/// The package document with what epub-builder leaves out, and without the id that it gives twice.
fn document(written: &str, properties: &Properties) -> String {
    let line = |line: &str| {
        let content = line.trim_start();
        if let (true, Some((_, language))) =
            (content.starts_with("<dc:language"), line.split_once('>'))
        {
            return format!("    <dc:language>{language}\n");
        }
        let page = line
            .split_once("href=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let held = page.and_then(|(page, _)| properties.get(page));
        match (content.starts_with("<item "), held) {
            (true, Some(held)) => format!(
                "{}\n",
                line.replace("/>", &format!(" properties=\"{held}\"/>"))
            ),
            _ => format!("{line}\n"),
        }
    };
    written.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_what_they_hold() {
        let properties = Properties::from([("one.xhtml".to_string(), "svg mathml".to_string())]);
        let written = "<dc:language id=\"epub-creator-0\">en</dc:language>\n<item media-type=\"a\" id=\"b\" href=\"one.xhtml\"/>\n<item href=\"two.xhtml\"/>\n";
        assert_eq!(
            document(written, &properties),
            "    <dc:language>en</dc:language>\n<item media-type=\"a\" id=\"b\" href=\"one.xhtml\" properties=\"svg mathml\"/>\n<item href=\"two.xhtml\"/>\n"
        );
    }
}

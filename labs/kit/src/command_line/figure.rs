//! `experiments figure`: what a link to a live figure shows, computed natively, with its digest.

use super::arguments::FigureOptions;
use super::text::columns;
use super::{Misspelt, Terminal};

/// A live figure that can be replayed.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Its name in the module of figures: `balancer`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Opens it as asked, runs it, and says what is seen. An error says what can't be and what to write instead.
    pub replay: fn(&FigureRequest) -> Result<Replay, String>,
}

/// What a link to a figure says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRequest {
    /// Which figure.
    pub figure: &'static str,
    /// Where all randomness comes from.
    pub seed: u64,
    /// Controls at the start, as pairs of name and value.
    pub set: Vec<(String, String)>,
    /// What is done later: `3s:stop=2,7.25s:policy=two-choices`.
    pub actions: String,
    /// The moment that is shown, in milliseconds.
    pub until_ms: u32,
}

/// What is seen at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// In one sentence.
    pub summary: String,
    /// As tab-separated lines: the caption, the heads of the columns, the rows.
    pub table: String,
    /// The digest of the whole state.
    pub digest: u64,
}

pub(super) fn replay(
    figures: &[Figure],
    options: &FigureOptions,
    terminal: &Terminal,
) -> anyhow::Result<u8> {
    let Some(name) = &options.name else {
        for figure in figures {
            terminal.say(&format!("{}: {}", figure.name, figure.title));
        }
        return Ok(0);
    };
    let figure = figures.iter().find(|figure| figure.name == name);
    let figure = figure.ok_or_else(|| {
        let known = figures.iter().map(|figure| figure.name);
        Misspelt::error("figure", name, known)
    })?;
    let request = FigureRequest {
        figure: figure.name,
        seed: options.seed,
        set: pairs(&options.set)?,
        actions: options.actions.clone(),
        until_ms: options.until,
    };
    let replay = (figure.replay)(&request).map_err(Misspelt)?;
    terminal.say(&format!("{}\n", super::text::wrapped("", &replay.summary)));
    let mut lines = replay.table.lines();
    if let Some(caption) = lines.next() {
        terminal.say(caption);
    }
    let rows: Vec<Vec<String>> = lines
        .map(|line| line.split('\t').map(String::from).collect())
        .collect();
    for line in columns(&rows) {
        terminal.say(&line);
    }
    terminal.say(&format!("\ndigest {:016x}", replay.digest));
    Ok(0)
}

/// `policy=two-choices,rate=80`, given once or in pieces.
fn pairs(set: &[String]) -> Result<Vec<(String, String)>, Misspelt> {
    let settings = set.iter().flat_map(|list| list.split(','));
    let settings = settings.filter(|setting| !setting.is_empty());
    settings
        .map(|setting| {
            let pair = setting.split_once('=');
            let pair = pair.map(|(name, value)| (name.to_string(), value.to_string()));
            pair.ok_or_else(|| {
                Misspelt(format!(
                    "--set {setting}: write a control and its value, as in --set policy=two-choices"
                ))
            })
        })
        .collect()
}

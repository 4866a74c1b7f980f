//! The card of a lab shows a command to type: the program that it starts must compile.
//!
//! One cargo compiles the programs of all cards, where the reader would type the command: in the book's root. Only when it
//! fails, each is compiled alone, to know which is at fault. What has compiled is not compiled again until its files change.

use std::collections::BTreeSet;

use crate::build::Built;
use crate::cargo::messages::{manifests, problems, programs};
use crate::cargo::{command, lacks_network, named, not_started, reason, sources};
use crate::output::BinaryCache;
use crate::page::{Fault, LabCard};
use crate::problem::Problem;

/// What is wrong with labs' programs.
#[derive(Default)]
pub(super) struct Found {
    /// At their cards, with the index of the chapter.
    pub(super) in_pages: Vec<(usize, Fault)>,
    /// With the machine.
    pub(super) elsewhere: Vec<Problem>,
}

/// What came of compiling programs.
enum Compiled {
    Yes,
    /// What the compiler says, or cargo.
    No(String),
    /// Nothing can be compiled here, and why.
    Never(String),
}

/// Compiles the programs that cards name.
pub(super) fn of_cards(built: &Built) -> Found {
    let root = &built.book.root;
    let pages = built.pages.iter().enumerate();
    let cards: Vec<(usize, &LabCard)> = pages
        .flat_map(|(index, page)| page.lab_cards.iter().map(move |card| (index, card)))
        .collect();
    let mut cache = BinaryCache::open(root);
    let labs: BTreeSet<&str> = cards.iter().map(|(_, card)| &*card.package).collect();
    let labs: Vec<&str> = labs.into_iter().filter(|lab| !cache.holds(lab)).collect();
    let mut found = Found::default();
    if labs.is_empty() || matches!(compiled(root, &labs, &mut cache), Compiled::Yes) {
        cache.save();
        return found;
    }
    for lab in labs {
        match compiled(root, &[lab], &mut cache) {
            Compiled::Yes => {}
            Compiled::Never(why) => {
                let message = format!("labs of cards can't be compiled: {why}");
                found.elsewhere.push(Problem::general(message));
                break;
            }
            Compiled::No(why) => {
                let of_lab = cards.iter().filter(|(_, card)| card.package == lab);
                found.in_pages.extend(of_lab.map(|(index, card)| {
                    let message = format!(
                        "{{{{#lab {}}}}}: its command does not work, as `{lab}` does not compile: {why}",
                        card.name
                    );
                    let line = card.line;
                    (*index, Fault { line, message })
                }));
            }
        }
    }
    cache.save();
    found
}

fn compiled(root: &std::path::Path, labs: &[&str], cache: &mut BinaryCache) -> Compiled {
    let bins = labs.iter().flat_map(|lab| ["--bin", lab]);
    let output = command(root)
        .args(["build", "--message-format", "json"])
        .args(bins)
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => return Compiled::Never(not_started(&error)),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        for program in programs(&said) {
            let lab = program.file_stem().unwrap_or_default().to_string_lossy();
            let mut files = sources(&program.with_extension("d"));
            // Crates from a registry do not change.
            let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
            files.extend(
                manifests(&said)
                    .into_iter()
                    .filter(|file| file.starts_with(&real)),
            );
            files.sort();
            files.dedup();
            cache.keep(&lab, files);
        }
        return Compiled::Yes;
    }
    if lacks_network(&errors) {
        return Compiled::Never(
            "crates that they need can't be fetched: try again with a network".into(),
        );
    }
    let place = |file: &std::path::Path| named(root, &root.join(file));
    let mut found = problems(&said, place).into_iter();
    let why = match (found.next(), found.len()) {
        (Some(first), 0) => first.to_string(),
        (Some(first), 1) => format!("{first} (and one more error)"),
        (Some(first), more) => format!("{first} (and {more} more errors)"),
        (None, _) => reason(&errors),
    };
    Compiled::No(why)
}

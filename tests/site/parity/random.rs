//! Chapters put together at random from pieces that meet badly: whatever an author writes, both renderings agree.

use super::Comparison;
use crate::harness::Book;

const BLOCKS: [&str; 40] = [
    "# Title\n",
    "## Part `x`\n",
    "### A [link](b.md) *here*\n",
    "Setext\n---\n",
    "\n",
    "\n",
    "\n",
    "\n",
    "text and \"more\" ...\n",
    "- item\n",
    "  - nested\n",
    "    deep\n",
    "1. one\n",
    "> quote\n",
    "> [!NOTE]\n",
    "> - in quote\n",
    "```rust\nlet a = 1;\n# hidden\n```\n",
    "```\nplain\n",
    "~~~text\n",
    "    indented\n",
    "<div>\n",
    "</div>\n",
    "<details><summary>s</summary>\n",
    "</details>\n",
    "<p>\n",
    "<!-- comment -->\n",
    "<b>\n",
    "| a | b |\n|---|:-:|\n",
    "| c | <i>d |\n",
    "Term\n: Definition\n",
    ": Another\n",
    "[^n]: Note\n",
    "    more note\n",
    "[r]: r.md\n",
    "---\n",
    "- [x] done\n",
    "<pre>\nraw\n</pre>\n",
    "<img src=\"x.png\">\n",
    "## Part {#own .c}\n",
    "<h2>Raw</h2>\n",
];

const PHRASES: [&str; 24] = [
    "word ",
    "*em* ",
    "**strong ",
    "** ",
    "`code` ",
    "[link](a.md#x) ",
    "[ref][r] ",
    "![image](i.png) ",
    "<b>",
    "</b>",
    "<i class=\"fa fa-heart\"></i>",
    "[^n]",
    "[^m]",
    "<a href=\"c.md\">",
    "</a>",
    "  \n",
    "\\\n",
    "~~gone~~ ",
    "<br>",
    "&amp; ",
    "| ",
    "\"quote\" ",
    "中文 ",
    "<https://example.org/> ",
];

/// A chapter drawn from a seed.
fn chapter(seed: u64) -> String {
    let mut state = seed;
    let mut draw = |count: usize| {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % count as u64) as usize
    };
    let mut text = String::new();
    for _ in 0..4 + draw(14) {
        if draw(3) > 0 {
            text += BLOCKS[draw(BLOCKS.len())];
        } else {
            for _ in 0..1 + draw(6) {
                text += PHRASES[draw(PHRASES.len())];
            }
            text += "\n";
        }
    }
    text
}

#[test]
fn chapters_drawn_at_random_are_the_same() {
    let from: u64 = std::env::var("SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    let n: u64 = std::env::var("COUNT")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(100);
    let mut kinds = std::collections::BTreeMap::new();
    for seed in from..from + n {
        let text = chapter(seed);
        let book = || Book::with(&text).settings("[output.html.print]\nenable = false\n");
        let r = std::panic::catch_unwind(|| {
            Comparison::of(book())
                .except("index.html", "")
                .differences()
        });
        match r {
            Err(e) => {
                let m = e.downcast_ref::<String>().cloned().unwrap_or_default();
                kinds
                    .entry(format!("PANIC {}", &m.chars().take(80).collect::<String>()))
                    .or_insert_with(Vec::new)
                    .push((seed, text.clone(), m));
            }
            Ok(d) => {
                for x in d {
                    let k = x.split(':').nth(1).unwrap().to_string();
                    kinds
                        .entry(k)
                        .or_insert_with(Vec::new)
                        .push((seed, text.clone(), x));
                }
            }
        }
    }
    for (k, v) in kinds {
        println!("=== {k}: {}", v.len());
        let mut v = v;
        v.sort_by_key(|x| x.1.len());
        for (seed, text, m) in v.iter().take(4) {
            println!("--- seed {seed}\n{text}\n>>> {m}");
        }
    }
}

//! Chapters put together at random from pieces that meet badly: whatever an author writes, both renderings agree.

use super::Comparison;
use crate::harness::Book;

const BLOCKS: &[&str] = &[
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
    "<ul><li>raw\n",
    "</ul>\n",
    "<table><tr><td>raw\n",
    "</table>\n",
    "<style>a>b{}</style>\n",
    "<pre><code class=\"language-rust\">let a;\n# h\n</code></pre>\n",
    "<dl><dt>raw</dt></dl>\n",
    "[^m]: - list\n",
    "    > quote in note\n",
    "```rust,editable\nlet b;\n```\n",
    "\t- tab\n",
    "   three\n",
    "* * *\n",
    "+ plus\n",
    "0) zero\n",
    "| a\n|--\n",
    "<svg><text id=\"t\">x</text>\n",
    "</svg>\n",
    "<iframe></iframe>\n",
    "<p align=center>\n",
];

const PHRASES: &[&str] = &[
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
    "  \n",
    "\\\n",
    "~~gone~~ ",
    "<br>",
    "&amp; ",
    "| ",
    "\"quote\" ",
    "中文 ",
    "<https://example.org/> ",
    "<code>x</code>",
    "<code class=\"x\">y</code>",
    "<br/>",
    "<span/>",
    "<img alt>",
    "<svg><path d=\"x\"/></svg>",
    "`",
    "$x$",
    "&nbsp;",
    "\\",
    "[",
    "](",
    "!",
    "<kbd>",
    "</kbd>",
];

/// A chapter drawn from a seed. Left out are pieces at which mdBook panics (an end tag for an element of Markdown) and
/// those after which a browser rearranges the page (links in links, text in `<pre>` that is never closed).
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

/// A book of chapters drawn from `seeds`; no print page, where a link to an id that stands twice leads elsewhere.
fn book(seeds: std::ops::Range<u64>) -> Book {
    let mut summary = String::new();
    let mut book = Book::empty().settings("[output.html.print]\nenable = false\n");
    for seed in seeds {
        summary += &format!("- [Chapter {seed}](seed-{seed}.md)\n");
        book = book.file(&format!("src/seed-{seed}.md"), &chapter(seed));
    }
    book.file("src/SUMMARY.md", &summary)
}

#[test]
fn chapters_drawn_at_random_are_the_same() {
    Comparison::of(book(0..200)).holds();
}

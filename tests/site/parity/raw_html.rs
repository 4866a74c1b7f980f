//! HTML inside Markdown.

use super::same;

#[test]
fn tags_that_are_not_closed_are_closed() {
    same(
        "A <b>bold *word* and <i>more\n\nNext paragraph </b> here</i>.\n\n<div>\n\nIn a **div**.\n\n<p>Unclosed\n\nAfter.\n\n- <span>item\n- next</span>\n\n| <b>a | b</b> |\n|---|---|\n| </td> | <td>x |\n\n</div></div>\n\nEnd.\n",
    );
}

#[test]
fn tags_may_reach_across_blocks() {
    same(
        "<details>\n<summary>More <b>about</b> it</summary>\n\nHidden **text**.\n\n```rust\nlet a = 1;\n```\n\n<details><summary>Nested</summary>\n\n- a\n- b\n\n</details>\n</details>\n\n<div class=\"a\">\n<p>\n\n*em*\n\n</p>\n</div>\n\n<section id=\"s\">\n\n# Heading in section\n\n</section>\n\n<center>\n\n![x](x.png)\n\n</center>\n",
    );
}

#[test]
fn links_and_images_in_html_are_links_and_images() {
    same(
        "<a href=\"x.md\">a</a> <a href=\"x.md#y\" title=\"t\">b</a> <a href=\"https://example.org/x.md\">c</a> <a name=\"old\"></a><a id=\"anchor\"/>text <A HREF=\"Y.md\">d</A> <a href=unquoted.md>e</a> <a href='single.md'>f</a>\n\n<img src=\"a.png\"> <img src=\"b.png\" alt=\"b\" width=10 /> <IMG SRC=\"c.md\">\n\n<a href=\"one.md\">![in a link](d.png)</a> [![in a link](e.png)](one.md)\n\n<picture><source srcset=\"f.webp\"><img src=\"f.png\" alt=\"\"></picture>\n\n<video controls src=\"v.mp4\"><track src=\"t.vtt\"></video>\n\n<iframe src=\"https://example.org/\" width=\"10\"></iframe>\n\n<p align=\"center\"><img src=\"g.png\" alt=\"&quot;g&quot; &lt;\"></p>\n",
    );
}

#[test]
fn scripts_styles_and_comments_are_kept() {
    same(
        "<!-- a comment -->\n\ntext <!-- inline --> text\n\n<!--\nmany\n\nlines <b>\n-->\n\n<script>\nif (a < b && c > d) { document.write(\"<p>x</p>\"); }\n</script>\n\n<style>\n.a > .b { color: red; }\n</style>\n\n<script src=\"x.js\"></script> after\n\n<?php echo 1; ?>\n\n<!DOCTYPE html>\n\n<![CDATA[ x ]]>\n\n<pre>\nraw   <b>pre</b>\n\nwith a blank line\n</pre>\n\n<textarea>\n*not em*\n</textarea>\n",
    );
}

#[test]
fn drawings_and_icons_keep_their_text() {
    same(
        "<svg viewBox=\"0 0 10 10\" xmlns=\"http://www.w3.org/2000/svg\"><title>T</title><g id=\"g\"><path d=\"M0 0\"/><text x=\"1\">label</text></g><a xlink:href=\"x.md\"><text>link</text></a></svg>\n\nAn icon <i class=\"fa fa-heart\"></i>, <i class=\"fab fa-github\" id=\"gh\"></i>, <i id=\"first\" class=\"fas fa-print extra\" title=\"p\"></i>, <i class=\"fa fa-nosuchicon\"></i>, <i class=\"other\"></i>, <i class=\"fa fa-heart\">text</i>, <i>em</i>.\n\n# <i class=\"fa fa-cog\"></i> Settings\n\n<span class=\"fa fa-heart\"></span>\n",
    );
}

#[test]
fn other_elements_stay() {
    same(
        "Press <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O, x<sup>2</sup>, <mark>m</mark>, <abbr title=\"a\">b</abbr>,<br>br<br/>br<wbr>w<hr>\n\n<dl><dt>Raw term</dt><dd>Raw</dd></dl>\n\n<table><tr><td>a</td><td>b</td></tr></table>\n\n<h3>Raw <code>heading</code></h3>\n\n<div align=\"center\"\n     data-x='a\"b'>attributes over lines</div>\n\n<input type=\"checkbox\" checked> <label>x</label>\n\n<custom-element some-attr>inside</custom-element>\n\n<p>a &amp; b &lt; c &nbsp; &unknown; d</p>\n\n< notatag> <1> <a b <c>\n\n<ruby>漢<rt>かん</rt></ruby>\n\n<small>\n\n> quote in small\n\n</small>\n",
    );
}

#[test]
fn raw_code_is_treated_like_a_block() {
    same(
        "<pre><code class=\"language-rust\">let a = 1;\n# hidden\n</code></pre>\n\n<pre><code class=\"language-text\">plain</code></pre>\n\n<code>inline &lt;raw&gt;</code> and <code class=\"x\">y</code>\n\n<pre><code class=\"language-rust ignore\"># hidden\nlet b;</code></pre>\n",
    );
}

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// A small book in which each of the browser tests' cases occurs (tests/browser/search.test.mjs).
fn fixture() -> Vec<Section<'static>> {
    let section = |page, page_title, anchor, heading, text| Section {
        page,
        page_title,
        anchor,
        heading,
        ancestors: vec!["Part \"One\""],
        text,
    };
    vec![
        section(
            "files.html",
            "Reading files",
            "",
            "Reading files",
            "Open a file, then read_to_string gives its whole content. Reading twice needs a second handle.",
        ),
        section(
            "files.html",
            "Reading files",
            "errors",
            "Errors",
            "A missing file is an error of kind NotFound. Don't ignore it; it's the caller's to handle.",
        ),
        section(
            "memory.html",
            "Memory",
            "",
            "Memory",
            "Allocators allocate. Allocation of zero bytes is no allocation at all.",
        ),
        section(
            "memory.html",
            "Memory",
            "uninitialised-memory-1",
            "Uninitialised memory",
            "MaybeUninit holds what may not be written yet. HTTPServer, ZSTs, utf8Error and __init__ are words too.",
        ),
        section(
            "memory.html",
            "Memory",
            "the-loop",
            "The `for` loop",
            "A loop goes on for each element.",
        ),
        section(
            "世界/页.html",
            "语言",
            "",
            "内存安全",
            "Rust语言没有垃圾回收。変数を束縛する。스레드 안전성. ภาษาไทย",
        ),
        section(
            "cafe.html",
            "Café “München”",
            "",
            "",
            "Un café crème, naïve Straße, ΣΊΣΥΦΟΣ, 𝔘𝔫𝔦, e\u{301}te\u{301}, हिन्दी, 0xdead_beef, \u{1f980} crab, back\\slash, </script>.",
        ),
    ]
}

fn words_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words::each(text, |word| found.push(word.to_string()));
    found
}

#[test]
fn words_are_lower_case_runs() {
    assert_eq!(
        words_of("The Loop, don't; it's Rust’s &'a T 2021"),
        ["the", "loop", "don", "it", "rust", "a", "t", "2021"]
    );
}

#[test]
fn identifiers_are_one_word_with_visible_parts() {
    assert_eq!(
        words_of("read_to_string MaybeUninit HTTPServer ZSTs utf8Error Vec2D __init__ SIZE _"),
        [
            "read_to_string",
            "maybe_uninit",
            "http_server",
            "zsts",
            "utf8_error",
            "vec2d",
            "init",
            "size"
        ]
    );
}

#[test]
fn scripts_without_gaps_give_pairs() {
    assert_eq!(
        words_of("Rust语言好 あ"),
        ["rust", "语言", "言好", "好", "あ"]
    );
}

#[test]
fn data_is_no_word() {
    assert_eq!(words_of(&"a".repeat(65)), Vec::<String>::new());
    assert_eq!(words_of(&"Ab".repeat(33)), Vec::<String>::new());
}

#[test]
fn numbers_come_back() {
    let values: Vec<usize> = (0..3000).chain([65_535, 1 << 20, 4_000_000]).collect();
    let mut text = String::new();
    for value in &values {
        encode::number(*value, &mut text);
    }
    assert!(text.is_ascii() && !text.contains(['"', '\\']));
    assert_eq!(numbers(&text), values);
}

/// What the browser does in `20-index.js`.
fn numbers(text: &str) -> Vec<usize> {
    let symbols = b" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    let mut found = Vec::new();
    let (mut value, mut unit) = (0, 1);
    for byte in text.bytes() {
        let symbol = symbols.iter().position(|each| *each == byte).unwrap();
        value += symbol * unit;
        unit *= symbols.len() - encode::LAST_SYMBOLS;
        if symbol < encode::LAST_SYMBOLS {
            found.push(value);
            (value, unit) = (0, 1);
        }
    }
    found
}

/// The members of an index by name.
fn members(index: &str) -> BTreeMap<String, String> {
    let object = index
        .strip_prefix("window.labbookSearchIndex={")
        .and_then(|rest| rest.strip_suffix("};\n"))
        .unwrap();
    object
        .split(",\n")
        .flat_map(|line| match line.split_once(",language:") {
            Some((format, language)) => {
                vec![format.to_string(), format!("language:{language}")]
            }
            None => vec![line.to_string()],
        })
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            let value: serde_json::Value = serde_json::from_str(value).unwrap();
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_string);
            (name.to_string(), text)
        })
        .collect()
}

/// Word to the sections that have it, as the browser reads them.
fn decoded(index: &str) -> BTreeMap<String, Vec<usize>> {
    let members = members(index);
    let mut words: Vec<Vec<u16>> = Vec::new();
    for unit in members["words"].encode_utf16() {
        match (unit, words.last()) {
            (65..=90, before) => {
                let shared = usize::from(unit - 65);
                words.push(before.map_or_else(Vec::new, |before| before[..shared].to_vec()));
            }
            _ => words.last_mut().unwrap().push(unit),
        }
    }
    let spread = numbers(&members["spread"]);
    let mut gaps = numbers(&members["gaps"]).into_iter();
    assert_eq!(
        numbers(&members["counts"]).len(),
        spread.iter().sum::<usize>()
    );
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|word| std::cmp::Reverse(spread[*word]));
    let mut found = BTreeMap::new();
    for word in order {
        let mut next = 0;
        let sections = gaps
            .by_ref()
            .take(spread[word])
            .map(|gap| {
                let section = next + gap;
                next = section + 1;
                section
            })
            .collect();
        found.insert(String::from_utf16(&words[word]).unwrap(), sections);
    }
    found
}

#[test]
fn an_index_comes_back() {
    let sections = fixture();
    let mut expected: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, section) in sections.iter().enumerate() {
        for word in words_of(section.text) {
            let places = expected.entry(word).or_default();
            if places.last() != Some(&index) {
                places.push(index);
            }
        }
    }
    assert_eq!(decoded(&Search::of(&sections, "en").index), expected);
}

#[test]
fn an_empty_book_has_an_index() {
    let search = Search::of(&[], "en");
    assert!(decoded(&search.index).is_empty());
    assert!(search.texts.is_empty());
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(Search::of(&fixture(), "en"), Search::of(&fixture(), "en"));
    assert_eq!(script(&fixture()), Search::of(&fixture(), "en").index);
}

#[test]
fn texts_are_cut_between_pages() {
    let long = "word ".repeat(4000);
    let sections: Vec<Section> = ["a", "a", "b", "b", "c", "d"]
        .iter()
        .map(|page| Section {
            page,
            text: &long,
            ..fixture()[0].clone()
        })
        .collect();
    let counts: Vec<usize> = Search::of(&sections, "en")
        .texts
        .iter()
        .map(|text| text.sections)
        .collect();
    assert_eq!(counts, [2, 2, 2]);
}

/// The browser tests read what stands in `tests/browser/search-fixture`. `UPDATE=1 cargo test` writes it anew.
#[test]
fn the_browser_tests_read_this_index() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/search-fixture");
    let search = Search::of(&fixture(), "en");
    let mut files = vec![("search-index.js", &search.index)];
    files.extend(
        search
            .texts
            .iter()
            .map(|text| (text.file.as_str(), &text.script)),
    );
    if std::env::var_os("UPDATE").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, content) in &files {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    for (name, content) in files {
        let known = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(&known, content, "{name} is old: run with UPDATE=1");
    }
}

#[test]
fn a_page_is_split_at_its_headings() {
    let html = concat!(
        "<h1 id=\"t\"><a class=\"header\" href=\"#t\">The <code>T&lt;u8&gt;</code> &amp; more</a></h1>\n",
        "<p>First <em>words</em>,\n no<code>gap</code>.</p><p>Next.</p>",
        "<h2 id=\"a-b\" data-number=\"1.1\"><a class=\"header\" href=\"#a-b\">A b</a></h2><p>Text</p>",
        "<h4 id=\"deep\">Deep</h4><ul><li>one</li><li>two</li></ul>",
        "<h3 id=\"c\">C</h3>"
    );
    let pieces: Vec<(String, String, String)> = split(html)
        .into_iter()
        .map(|piece| (piece.anchor, piece.heading, piece.text))
        .collect();
    let expected = [
        ("", "The T<u8> & more", "First words, nogap. Next."),
        ("a-b", "A b", "Text Deep one two"),
        ("c", "C", ""),
    ]
    .map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string()));
    assert_eq!(pieces, expected);
}

#[test]
fn what_no_reader_sees_is_left_out() {
    let html = concat!(
        "<p>a<sup class=\"footnote-reference\" id=\"fr-1\"><a href=\"#x\">1</a></sup> b</p><!-- c --><script>d < e</script>",
        "<pre><code>let x;\n<span class=\"boring\"><span class=\"hl-k\">fn</span> hidden\n</span>let y;</code></pre>",
        "<svg viewBox=\"0 0 1 1\"><title>f</title></svg><img class=\"answer\" src=\"g\" alt=\"h\">",
        "<details class=\"answer\"><summary>Answer</summary></details> i <a href=\"#fr-x-1\">↩</a>"
    );
    assert_eq!(split(html)[0].text, "a b let x; let y; i");
}

#[test]
fn a_page_may_begin_without_a_heading() {
    let pieces = split("<p>x</p><h1 id=\"y\">Y</h1>");
    assert_eq!(pieces[0].text, "x");
    assert_eq!(
        (pieces[0].heading.as_str(), pieces[1].anchor.as_str()),
        ("", "y")
    );
}

#[test]
fn broken_html_ends() {
    for html in [
        "",
        "<",
        "<p",
        "<!--",
        "</",
        "<script>",
        "&",
        "&#x110000;",
        "<h2 id=\"",
    ] {
        assert_eq!(split(html).len(), 1, "{html}");
    }
}

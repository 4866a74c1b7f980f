use super::*;

fn images(policy: &str, address: &str) -> bool {
    Policy::parse(policy).allows(&Need::Image(address.into()))
}

#[test]
fn our_own_policy_allows_nothing_from_elsewhere() {
    let own = Policy::parse(OWN);
    for need in [
        Need::InlineStyle,
        Need::InlineScript,
        Need::Image("https://example.org/a.png".into()),
        Need::Image("data:image/png;base64,AAAA".into()),
        Need::Frame("//example.org/".into()),
        Need::Script("https://example.org/a.js".into()),
    ] {
        assert!(!own.allows(&need), "{need:?}");
    }
}

#[test]
fn the_nearest_directive_decides() {
    let policy = Policy::parse("default-src *; style-src 'self' 'unsafe-inline'; IMG-SRC 'none'");
    assert!(policy.allows(&Need::InlineStyle));
    assert!(
        !policy.allows(&Need::InlineScript),
        "* does not mean inline"
    );
    assert!(policy.allows(&Need::Script("https://example.org/a.js".into())));
    assert!(!policy.allows(&Need::Image("https://example.org/a.png".into())));
    assert!(
        Policy::parse("img-src 'self'").allows(&Need::InlineScript),
        "nothing is said of scripts"
    );
    assert!(!Policy::parse("style-src 'unsafe-inline' 'nonce-x'").allows(&Need::InlineStyle));
}

#[test]
fn sources_are_schemes_hosts_and_paths() {
    for (source, allowed, refused) in [
        ("data:", "data:image/png,x", "https://a.org/"),
        ("https:", "https://a.org/x.png", "http://a.org/x.png"),
        ("http://a.org", "https://a.org/x", "https://b.org/x"),
        ("a.org", "//a.org/x.png", "https://www.a.org/x.png"),
        ("*.a.org", "https://www.a.org/x.png", "https://a.org/x.png"),
        (
            "a.org/img/",
            "https://a.org/img/x.png?v=1",
            "https://a.org/x.png",
        ),
        ("*", "http://a.org/x.png", "data:image/png,x"),
    ] {
        let policy = format!("img-src 'self' {source}");
        assert!(images(&policy, allowed), "{source} allows {allowed}");
        assert!(!images(&policy, refused), "{source} refuses {refused}");
    }
}

#[test]
fn what_a_style_sheet_loads_is_found() {
    let css = "a { color: red }\n@import \"https://a.org/x.css\";\nb { background: url( data:image/png;base64,xx ) }\nc { background: url(own.png) }\n@font-face { src: url('//a.org/x.woff2') }";
    let found: Vec<(usize, Need)> = in_style(css)
        .into_iter()
        .map(|found| (found.line, found.need))
        .collect();
    assert_eq!(
        found,
        [
            (2, Need::Style("https://a.org/x.css".into())),
            (3, Need::Image("data:image/png;base64,xx".into())),
            (5, Need::Font("//a.org/x.woff2".into())),
        ]
    );
}

#[test]
fn what_tags_do_is_found_on_their_lines() {
    let html = "<p style=\"color: red\">x\n<script>go()</script>\n<script src=\"own.js\"></script><script type=\"application/json\">{}</script>\n<a href=\"javascript:go()\" onclick=\"go()\">\n<img src=\"own.png\" srcset=\"own.png 1x, https://a.org/b.png 2x\">\n<iframe src=\"https://a.org\"></iframe>";
    let found: Vec<(usize, String)> = in_template(html)
        .into_iter()
        .map(|found| (found.line, found.shown))
        .collect();
    let expected = [
        (1, "style=\"color: red\" of <p>"),
        (2, "<script> without `src`"),
        (4, "href=\"javascript:go()\" of <a>"),
        (4, "onclick=\"go()\" of <a>"),
        (5, "srcset=\"https://a.org/b.png\" of <img>"),
        (6, "src=\"https://a.org\" of <iframe>"),
    ];
    assert_eq!(
        found,
        expected.map(|(line, shown)| (line, shown.to_string()))
    );
}

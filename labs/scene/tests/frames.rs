//! A page that has read the first picture and applied every frame holds what the present picture prints.

mod page;

use page::Page;
use scene::{Class, Element, Node, Picture, Words, units};

/// A generator of its own, so that the test draws on nothing that it tests.
struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % count
    }

    fn length(&mut self) -> i32 {
        self.below(90_001) as i32 - 45_000
    }

    fn point(&mut self) -> (i32, i32) {
        (self.length(), self.length())
    }
}

fn words(id: &str) -> Words<'_> {
    Words {
        id,
        title: "A title with <b> & \"quotes\"",
        description: "",
    }
}

fn picture() -> (Picture, Vec<Node>, Vec<Class>) {
    let mut picture = Picture::new(words("p"), (448, 300));
    picture.draw(&Element::line("s-rule", (0, 0), (units(4), 50)).stroke(1));
    let group = picture.open("group", Element::new("g", ""));
    let mut nodes = vec![
        picture.node("dot", Element::circle("f-flow", (0, 0), 350).placed((0, 0))),
        picture.node("bar", Element::rectangle("f-ok", (1, 2), (3, 4)).hidden()),
        picture.node("label", Element::new("text", "label f-ink").text("a < b")),
    ];
    picture.close(group);
    nodes.push(group);
    nodes.push(picture.node("line", Element::new("polyline", "s-hot")));
    let classes = ["f-flow", "f-wait", "f-hot", "label f-ink"].map(|class| picture.class(class));
    (picture, nodes, classes.to_vec())
}

fn change(picture: &mut Picture, nodes: &[Node], classes: &[Class], random: &mut Random) {
    const TEXTS: [&str; 6] = ["", "1", "four", "<&>\"", "9,999+ ms", "…–é"];
    let node = nodes[random.below(nodes.len() as u64) as usize];
    match random.below(8) {
        0 | 1 => picture.set_place(node, random.point()),
        2 => picture.set_class(node, classes[random.below(classes.len() as u64) as usize]),
        // Texts, sizes and points belong to the elements that have them.
        3 => picture.set_text(nodes[2], TEXTS[random.below(6) as usize]),
        4 => picture.set_shown(node, random.below(2) == 0),
        5 => picture.set_width(nodes[1], random.length()),
        6 => picture.set_height(nodes[1], random.length()),
        _ => {
            let points: Vec<_> = (0..random.below(4)).map(|_| random.point()).collect();
            picture.set_points(nodes[4], &points);
        }
    }
}

#[test]
fn a_page_that_applies_every_frame_shows_the_present_picture() {
    for seed in 0..300 {
        let mut random = Random(seed);
        let (mut picture, nodes, classes) = picture();
        let names = picture.nodes();
        let mut page = Page::read(&picture.svg());
        for _ in 0..20 {
            for _ in 0..random.below(12) {
                change(&mut picture, &nodes, &classes, &mut random);
            }
            let mut frame = Vec::new();
            picture.frame(&mut frame);
            page.apply(&names, &frame);
            assert_eq!(page, Page::read(&picture.svg()), "seed {seed}");
        }
    }
}

#[test]
fn a_page_that_reads_the_picture_in_the_middle_is_not_told_again() {
    let (mut picture, nodes, classes) = picture();
    let mut random = Random(7);
    for _ in 0..40 {
        change(&mut picture, &nodes, &classes, &mut random);
    }
    picture.forget_changes();
    let mut frame = Vec::new();
    picture.frame(&mut frame);
    assert!(frame.is_empty());
    picture.set_text(nodes[2], "later");
    picture.frame(&mut frame);
    assert_eq!(
        frame,
        [&[3, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0][..], b"later\0\0\0"].concat()
    );
}

#[test]
fn setting_what_is_already_so_is_no_change() {
    let (mut picture, nodes, classes) = picture();
    picture.set_place(nodes[0], (0, 0));
    picture.set_class(nodes[0], classes[0]);
    picture.set_text(nodes[2], "a < b");
    picture.set_shown(nodes[1], false);
    picture.set_width(nodes[1], 3);
    picture.set_height(nodes[1], 4);
    picture.set_points(nodes[4], &[]);
    let mut frame = Vec::new();
    picture.frame(&mut frame);
    assert!(frame.is_empty(), "{frame:?}");
}

#[test]
fn a_node_that_changes_twice_between_frames_is_told_once() {
    let (mut picture, nodes, _) = picture();
    for x in 1..50 {
        picture.set_place(nodes[0], (x, 0));
    }
    let mut frame = Vec::new();
    picture.frame(&mut frame);
    assert_eq!(frame.len(), 4 * 4);
}

#[test]
fn the_picture_is_named_and_described_and_its_ids_start_with_its_own() {
    let (picture, ..) = picture();
    let svg = picture.svg();
    let start = "<svg id=\"p-picture\" viewBox=\"0 0 448 300\" width=\"448\" height=\"300\" role=\"img\" \
        aria-labelledby=\"p-title p-desc\" xmlns=\"http://www.w3.org/2000/svg\"><title id=\"p-title\">A title with \
        &lt;b&gt; &amp; &quot;quotes&quot;</title><desc id=\"p-desc\">";
    assert!(svg.starts_with(start), "{svg}");
    assert!(!svg.contains("style="));
    assert_eq!(
        svg.matches(" id=\"").count(),
        svg.matches(" id=\"p-").count()
    );
}

//! What the parts of the vocabulary show.

mod page;

use page::Page;
use scene::{
    Axes, Bars, Condition, Dots, Element, Line, Machine, Marks, Picture, Pipe, Plate, Queue, Route,
    Setting, Showing, Spans, Words, units,
};

fn picture() -> Picture {
    let words = Words {
        id: "p",
        title: "",
        description: "",
    };
    Picture::new(words, (448, 300))
}

fn page(picture: &Picture) -> Page {
    Page::read(&picture.svg())
}

fn dot() -> Element {
    Element::new("circle", "f-flow").length("r", 350)
}

#[test]
fn a_request_that_has_arrived_is_no_longer_drawn() {
    let mut picture = picture();
    let mut dots = Dots::new(&mut picture, "dot", 3, &dot());
    for (requests, drawn) in [(2, 2), (1, 1), (0, 0), (5, 3), (1, 1)] {
        dots.start();
        for x in 0..requests {
            dots.put(&mut picture, (x * 100, 0));
        }
        dots.finish(&mut picture);
        assert_eq!(page(&picture).count("p-dot"), drawn);
    }
}

#[test]
fn marks_keep_their_nodes_while_others_come_and_go() {
    let mut picture = picture();
    let mut marks = Marks::new(&mut picture, "mark", 4, &dot());
    let moments = |first: i32, last: i32| -> Vec<_> { (first..=last).map(|x| (x, 0)).collect() };
    marks.set(&mut picture, &moments(1, 3));
    picture.forget_changes();
    marks.set(&mut picture, &moments(2, 4));
    let mut frame = Vec::new();
    picture.frame(&mut frame);
    // The first is hidden, the new one moved and shown.
    assert_eq!(frame.len(), 4 * (3 + 4 + 3));
    assert_eq!(page(&picture).count("p-mark"), 3);
    marks.set(&mut picture, &[]);
    assert_eq!(page(&picture).count("p-mark"), 0);
    marks.set(&mut picture, &moments(1, 9));
    assert_eq!(page(&picture).count("p-mark"), 4);
}

#[test]
fn spans_that_ended_are_not_drawn() {
    let mut picture = picture();
    let mut spans = Spans::new(&mut picture, "span", 2, ("f-fail", 300));
    for (count, drawn) in [(2, 2), (1, 1), (3, 2), (0, 0)] {
        spans.start();
        for x in 0..count {
            spans.put(&mut picture, ((x, 0), (x + 50, 0)));
        }
        spans.finish(&mut picture);
        assert_eq!(page(&picture).count("p-span"), drawn);
    }
}

#[test]
fn a_line_has_a_number_as_soon_as_it_has_no_room_for_all() {
    let mut picture = picture();
    let line = Line {
        head: (units(90), 0),
        room: 8,
        number: Setting::number((0, 0), units(50)),
    };
    let mut queue = Queue::new(&mut picture, "queue", line);
    for (waiting, dots, number) in [(0, 0, ""), (8, 8, ""), (9, 8, "9"), (u32::MAX, 8, "9,999+")] {
        queue.set(&mut picture, waiting);
        let page = page(&picture);
        assert_eq!(
            (page.count("p-queue"), page.text("p-queue-number")),
            (dots, number)
        );
        assert_eq!(queue.length(), units(9) * dots as i32);
    }
}

#[test]
fn a_machine_that_is_down_is_dashed_says_so_and_has_no_bar() {
    let mut picture = picture();
    let plate = Plate {
        title: "server 1",
        corner: (0, 0),
        size: (units(112), units(46)),
    };
    let mut machine = Machine::new(&mut picture, "m", &plate);
    let mut showing = Showing {
        condition: Condition::Running,
        is_hot: true,
        percent: 120,
        word: "",
    };
    machine.set(&mut picture, &showing);
    showing.condition = Condition::Down;
    machine.set(&mut picture, &showing);
    let down = page(&picture);
    assert_eq!(down.text("p-m-note"), "not answering");
    assert_eq!(down.text("p-m-percent"), "");
    assert!(down.shown("p-m-dashed").is_some() && down.shown("p-m").is_none());
    let width = |page: &Page| {
        page.shown("p-m-bar")
            .unwrap()
            .attribute("width")
            .map(str::to_owned)
    };
    assert_eq!(width(&down).as_deref(), Some("0"));
    showing.condition = Condition::Slow;
    machine.set(&mut picture, &showing);
    let slow = page(&picture);
    assert_eq!(
        [
            slow.text("p-m-note"),
            slow.text("p-m-percent"),
            slow.text("p-m-word")
        ],
        ["", "100%", "slow"]
    );
    assert_eq!(
        slow.shown("p-m").unwrap().attribute("class"),
        Some("f-bg s-hot")
    );
    assert_eq!(width(&slow).as_deref(), Some("54"));
}

#[test]
fn a_pipe_that_is_not_used_is_dotted() {
    let mut picture = picture();
    let pipe = Pipe::new(
        &mut picture,
        "pipe",
        Route::from((0, 0)).line((units(9), 0)),
        900,
    );
    pipe.set_used(&mut picture, false);
    let page = page(&picture);
    assert!(page.shown("p-pipe").is_none());
    let dotted = page.shown("p-pipe-out").expect("the dotted one");
    assert!(dotted.attribute("stroke-dasharray").is_some());
}

#[test]
fn a_chart_is_to_scale_and_its_newest_value_stands_on_the_right() {
    let mut picture = picture();
    let axes = Axes {
        corner: (units(60), units(10)),
        size: (units(40), units(50)),
        bars: 4,
        unit: " ms",
        top_min: 100,
        room: units(54),
    };
    let mut bars = Bars::new(&mut picture, "bar", axes);
    bars.set(&mut picture, &[9, 9, 300, 500, 250]);
    let heights = |page: &Page| {
        let height = |bar| {
            page.shown(&format!("p-bar-{bar}"))
                .unwrap()
                .attribute("height")
                .unwrap()
                .to_owned()
        };
        (1..=4).map(height).collect::<Vec<_>>()
    };
    assert_eq!(heights(&page(&picture)), ["0.9", "30", "50", "25"]);
    assert_eq!(page(&picture).text("p-bar-top"), "500 ms");
    bars.set(&mut picture, &[50]);
    assert_eq!(heights(&page(&picture)), ["0", "0", "0", "25"]);
    assert_eq!(page(&picture).text("p-bar-top"), "100 ms");
}

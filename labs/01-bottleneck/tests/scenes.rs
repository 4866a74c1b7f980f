//! The picture of the chain at its start, busy and at its longest.

#[path = "../../scene/tests/page/mod.rs"]
mod page;

use bottleneck::scene::Pipe;
use bottleneck::snapshot::{self, Stage, Traveller};
use page::{Page, labels::label_problems};
use simulation::{Duration, Time};

fn stage(name: &'static str, capacity_per_s: u32, waiting: u32) -> Stage {
    Stage {
        name,
        capacity_per_s,
        waiting,
        utilisation_percent: if waiting > 0 { 100 } else { 24 },
    }
}

fn start() -> snapshot::Chain {
    snapshot::Chain {
        time: Time::START,
        arriving_per_s: 120,
        leaving_per_s: 0,
        stages: vec![
            stage("network", 400, 0),
            stage("program", 500, 0),
            stage("database", 100, 0),
        ],
        narrowest: 2,
        travellers: Vec::new(),
        latency_p50: None,
        refused: 0,
    }
}

fn busy() -> snapshot::Chain {
    let mut now = start();
    now.leaving_per_s = 100;
    now.stages[2].waiting = 31;
    now.stages[2].utilisation_percent = 100;
    let lanes = [8, 10, 1];
    for index in 0..40_u16 {
        let stage = (index % 3) as u8;
        now.travellers.push(Traveller {
            stage,
            progress: index * 197 % 1000,
            lane: (index * 7) as u8 % lanes[usize::from(stage)],
        });
    }
    now.latency_p50 = Some(Duration::from_millis(341));
    now
}

fn mouth() -> snapshot::Chain {
    let mut now = busy();
    now.stages = vec![
        stage("network", 90, 75),
        stage("program", 500, 0),
        stage("database", 300, 0),
    ];
    now.narrowest = 0;
    // Those who have just come out of the narrowest part, in every lane.
    now.travellers.extend((0..9).map(|lane| Traveller {
        stage: 1,
        progress: 4 * u16::from(lane),
        lane,
    }));
    now
}

fn extreme() -> snapshot::Chain {
    let mut now = start();
    now.arriving_per_s = u32::MAX;
    now.leaving_per_s = u32::MAX;
    now.stages = vec![
        stage("network", 99_999, 99_999),
        stage("program", 50_000, 99_999),
        stage("database", 1, 99_999),
        stage("a name too long", 99_999, 99_999),
    ];
    for stage in &mut now.stages {
        stage.utilisation_percent = 999;
    }
    now.travellers = (0..250_u16)
        .map(|index| Traveller {
            stage: (index % 5) as u8,
            progress: index * 4,
            lane: (index % 64) as u8,
        })
        .collect();
    now.latency_p50 = Some(Duration::from_secs(99));
    now.refused = u64::MAX;
    now
}

#[test]
fn every_label_has_its_place_and_a_page_that_gets_frames_shows_the_same() {
    let mut scene = Pipe::new("figure", "A title", "A description");
    let names = scene.picture().nodes();
    let mut page = Page::read(&scene.picture().svg());
    let moments = [
        ("start", start()),
        ("busy", busy()),
        ("mouth", mouth()),
        ("extreme", extreme()),
    ];
    for (before, first) in &moments {
        for (after, second) in &moments {
            for moment in [first, second] {
                scene.show(moment);
                let mut frame = Vec::new();
                scene.picture_mut().frame(&mut frame);
                let (_, moves) = page.apply(&names, &frame);
                assert!(moves <= 300, "{moves} nodes move at once");
            }
            let svg = scene.picture().svg();
            assert_eq!(page, Page::read(&svg), "{before}, then {after}");
            let problems = label_problems(&page);
            assert!(problems.is_empty(), "{after}: {problems:#?}");
            // A folder in which the pictures are left for whoever wants to look at them.
            if let Some(folder) = std::env::var_os("SCENE_PICTURES") {
                let file = std::path::Path::new(&folder).join(format!("chain-{after}.svg"));
                std::fs::write(file, svg).unwrap();
            }
        }
    }
}

fn shown(now: &snapshot::Chain) -> Page {
    let mut scene = Pipe::new("p", "A title", "A description");
    scene.show(now);
    Page::read(&scene.picture().svg())
}

/// Places of the points that a node has.
fn points(page: &Page, id: &str) -> Vec<(f64, f64)> {
    let points = page.shown(id).and_then(|node| node.attribute("points"));
    let point = |point: &str| {
        let (x, y) = point.split_once(',').expect("two numbers");
        (x.parse().expect("a number"), y.parse().expect("a number"))
    };
    points.expect("points").split(' ').map(point).collect()
}

#[test]
fn a_section_is_as_wide_as_its_stage_carries_and_the_narrowest_has_a_warm_edge() {
    let page = shown(&busy());
    let outline = points(&page, "p-pipe");
    let width = |section: usize| 2.0 * (86.0 - outline[2 * section].1);
    // 400, 500 and 100 a second, after the mouth.
    assert_eq!([width(1), width(2), width(3)], [80.0, 100.0, 20.0]);
    let edge = points(&page, "p-upper-edge");
    assert_eq!(edge, outline[6..8]);
    assert_eq!(
        page.shown("p-stage-3-name").unwrap().attribute("class"),
        Some("label f-hot")
    );
}

#[test]
fn those_who_wait_are_piled_up_before_their_stage_and_counted() {
    let mut now = busy();
    let page = shown(&now);
    assert_eq!(page.count("p-waiting"), 31);
    assert_eq!(page.text("p-stage-3-waiting"), "31 wait");
    assert_eq!(page.text("p-stage-1-waiting"), "");
    now.stages[2].waiting = 12_000;
    let page = shown(&now);
    assert_eq!(page.count("p-waiting"), 80);
    assert_eq!(page.text("p-stage-3-waiting"), "9,999+ wait");
    // Every stage has its part of the dots.
    let page = shown(&extreme());
    assert!(page.count("p-waiting") <= 88);
    assert_eq!(page.text("p-stage-4-waiting"), "9,999+");
}

#[test]
fn who_arrives_joins_those_who_wait_and_does_not_pass_them() {
    let mut now = busy();
    now.travellers = vec![Traveller {
        stage: 1,
        progress: 1000,
        lane: 0,
    }];
    let x = |now: &snapshot::Chain| {
        let page = shown(now);
        let place = page
            .shown("p-dot-1")
            .and_then(|dot| dot.attribute("transform"));
        let place = place.and_then(|place| place["translate(".len()..].split(' ').next());
        place.expect("a place").parse::<f64>().expect("a number")
    };
    // 31 wait in four columns of ten, nine user units each.
    let before_many = x(&now);
    now.stages[2].waiting = 0;
    assert!((x(&now) - before_many - 36.0).abs() < 0.01);
}

#[test]
fn every_dot_stays_inside_the_pipe() {
    for now in [busy(), mouth(), extreme()] {
        let page = shown(&now);
        let outline = points(&page, "p-pipe");
        let upper = &outline[..outline.len() / 2];
        let half_at = |x: f64| {
            let after = upper.iter().position(|point| point.0 >= x).expect("inside");
            let (from, to) = (upper[after.max(1) - 1], upper[after.max(1)]);
            let y = from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0);
            86.0 - y
        };
        for start in ["p-dot", "p-waiting"] {
            for number in 1..=300 {
                let Some(dot) = page.shown(&format!("{start}-{number}")) else {
                    continue;
                };
                let place = dot.attribute("transform").expect("a place");
                let place = place.trim_start_matches("translate(").trim_end_matches(')');
                let (x, y) = place.split_once(' ').expect("two numbers");
                let (x, y): (f64, f64) = (x.parse().expect("x"), y.parse().expect("y"));
                assert!(
                    (y - 86.0).abs() + 3.4 <= half_at(x),
                    "{start}-{number} at {x} {y}"
                );
            }
        }
    }
}

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

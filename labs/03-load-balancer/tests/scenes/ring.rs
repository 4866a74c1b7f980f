use load_balancer::scene::Ring;
use load_balancer::snapshot::{self, Key, Member, Point};

use crate::follow;
use crate::page::Page;

fn noise(seed: u32) -> u16 {
    (seed.wrapping_mul(2_654_435_761) >> 16) as u16
}

fn ring(servers: u8, points: u32, keys: u32) -> snapshot::Ring {
    let members = (1..=servers).map(|number| Member {
        number,
        is_present: true,
        share_permille: 1000 / u32::from(servers),
        requests_per_s: 20,
    });
    let mut points: Vec<Point> = (0..points)
        .map(|index| Point {
            angle: noise(index + 7),
            server: (index % u32::from(servers)) as u8 + 1,
        })
        .collect();
    points.sort_by_key(|point| point.angle);
    let keys = (0..keys).map(|index| Key {
        angle: noise(index + 1_000),
        server: (index % u32::from(servers)) as u8 + 1,
        has_moved: index % 5 == 0,
        is_asked: index % 7 == 0,
    });
    snapshot::Ring {
        time: simulation::Time::START,
        method: "Hash ring",
        has_points: true,
        members: members.collect(),
        points,
        keys: keys.collect(),
        moved_permille: Some(234),
        moved_expected_permille: Some(200),
        requests: 7_200,
        hit_permille: Some(873),
        history_hit_permille: (0..30)
            .map(|second| if second == 20 { 400 } else { 900 - second })
            .collect(),
    }
}

fn start() -> snapshot::Ring {
    let mut now = ring(4, 16, 72);
    for key in &mut now.keys {
        key.has_moved = false;
    }
    now.moved_permille = None;
    now.moved_expected_permille = None;
    now.hit_permille = None;
    now.history_hit_permille.clear();
    now
}

fn busy() -> snapshot::Ring {
    let mut now = ring(5, 25, 72);
    for (member, share) in now.members.iter_mut().zip([310, 250, 240, 200, 0]) {
        member.share_permille = share;
    }
    now.members[4].is_present = false;
    now
}

fn extreme() -> snapshot::Ring {
    let mut now = ring(6, 48, 72);
    now.method = "Bounded loads by the least";
    for key in &mut now.keys {
        key.has_moved = true;
        key.is_asked = true;
    }
    for member in &mut now.members {
        member.share_permille = 1000;
    }
    now.moved_permille = Some(1000);
    now.moved_expected_permille = Some(1000);
    now.hit_permille = Some(1000);
    now.history_hit_permille = vec![1000; 30];
    now
}

fn modulo() -> snapshot::Ring {
    let mut now = busy();
    now.method = "Modulo";
    now.has_points = false;
    now
}

#[test]
fn every_label_has_its_place_and_a_page_that_gets_frames_shows_the_same() {
    let scene = Ring::new("figure", "A title", "A description");
    let moments = [
        ("start", start()),
        ("busy", busy()),
        ("extreme", extreme()),
        ("modulo", modulo()),
    ];
    follow(("ring", scene), &moments, Ring::show, Ring::picture_mut);
}

fn shown(now: &snapshot::Ring) -> Page {
    let mut scene = Ring::new("r", "A title", "A description");
    scene.show(now);
    Page::read(&scene.picture().svg())
}

#[test]
fn a_key_that_moved_is_a_diamond_besides() {
    let page = shown(&busy());
    assert_eq!((page.count("r-point"), page.count("r-key")), (25, 72));
    assert_eq!(page.count("r-moved"), 15);
}

#[test]
fn without_points_keys_stand_in_the_row_of_their_server() {
    let page = shown(&modulo());
    assert!(page.shown("r-ring").is_none());
    assert_eq!(page.count("r-point"), 0);
    // A diamond takes the dot's place.
    assert_eq!(page.count("r-key") + page.count("r-moved"), 72);
    assert_eq!(
        [page.text("r-row-1"), page.text("r-row-6")],
        ["server 1", ""]
    );
}

#[test]
fn one_server_with_half_as_much_again_as_is_fair_is_warm() {
    let warm = |now: &snapshot::Ring| {
        let page = shown(now);
        let is_warm = |number: &u32| {
            let bar = page.shown(&format!("r-share-{number}"));
            bar.is_some_and(|bar| bar.attribute("class") == Some("f-hot"))
        };
        (1..=6).filter(is_warm).collect::<Vec<_>>()
    };
    let mut now = ring(4, 16, 9);
    assert_eq!(warm(&now), [0_u32; 0]);
    now.members[2].share_permille = 375;
    assert_eq!(warm(&now), [0_u32; 0]);
    now.members[2].share_permille = 376;
    assert_eq!(warm(&now), [3]);
    now.members[3].share_permille = 376;
    assert_eq!(warm(&now), [3]);
}

#[test]
fn a_key_that_is_asked_for_stands_out_of_its_row_and_off_the_ring() {
    for mut now in [ring(4, 16, 8), modulo()] {
        now.keys.truncate(8);
        for key in &mut now.keys {
            key.is_asked = false;
            key.has_moved = false;
        }
        let place = |now: &snapshot::Ring| {
            let page = shown(now);
            let dot = page.shown("r-key-3").expect("a key");
            let place = dot.attribute("transform").map(str::to_owned);
            (place, dot.attribute("class").map(str::to_owned))
        };
        let at_rest = place(&now);
        now.keys[2].is_asked = true;
        let asked = place(&now);
        assert!(at_rest.0 != asked.0 && at_rest.1 != asked.1, "{at_rest:?}");
    }
}

use load_balancer::scene::Detection;
use load_balancer::snapshot::{self, Backend, Mark, MarkKind};
use simulation::{Duration, Time};

use crate::page::Page;
use crate::{follow, traveller};

fn start() -> snapshot::Detection {
    snapshot::Detection {
        time: Time::START,
        checks: "Active probes",
        interval: Duration::from_secs(2),
        timeout: Duration::from_secs(1),
        threshold: 3,
        rate_per_s: 40,
        travellers: Vec::new(),
        servers: vec![
            Backend {
                is_alive: true,
                in_rotation: true,
                probes_failed: 0,
                requests_failed: 0
            };
            4
        ],
        marks: Vec::new(),
        failed: 0,
        answered: 0,
        noticed_after: None,
        noticed_after_max: Duration::from_secs(7),
    }
}

fn mark(ms: u64, server: u8, kind: MarkKind) -> Mark {
    Mark {
        at: Time::from_millis(ms),
        server,
        kind,
    }
}

/// A server dies, is taken out, comes back and is taken back; another has just died.
fn busy() -> snapshot::Detection {
    let mut now = start();
    now.time = Time::from_millis(42_000);
    for server in 0..4_u8 {
        for ms in (12_000..42_000).step_by(2_000) {
            let ms = ms + u64::from(server) * 130;
            let is_down =
                (server == 1 && (19_000..33_000).contains(&ms)) || (server == 2 && ms > 36_500);
            now.marks.push(mark(
                ms,
                server,
                if is_down {
                    MarkKind::ProbeFailed
                } else {
                    MarkKind::ProbeAnswered
                },
            ));
        }
    }
    for (ms, kind) in [
        (19_000, MarkKind::Died),
        (25_130, MarkKind::TakenOut),
        (33_000, MarkKind::Revived),
        (36_130, MarkKind::TakenBack),
    ] {
        now.marks.push(mark(ms, 1, kind));
    }
    now.marks.push(mark(36_500, 2, MarkKind::Died));
    for ms in (19_200..25_100).step_by(400) {
        now.marks.push(mark(ms, 1, MarkKind::RequestFailed));
    }
    for ms in (36_700..42_000).step_by(410) {
        now.marks.push(mark(ms, 2, MarkKind::RequestFailed));
    }
    now.marks.sort_by_key(|mark| mark.at);
    now.servers[2] = Backend {
        is_alive: false,
        in_rotation: true,
        probes_failed: 2,
        requests_failed: 9,
    };
    now.servers[0].is_alive = false;
    now.servers[0].in_rotation = false;
    now.servers[3].in_rotation = false;
    now.travellers = (0..6)
        .map(|index| traveller(0, index * 180))
        .chain((0..4).map(|pipe| traveller(pipe + 1, 300)))
        .collect();
    for pipe in 1..=4 {
        let mut probe = traveller(pipe, 620);
        probe.is_probe = true;
        now.travellers.push(probe);
    }
    let mut lost = traveller(3, 850);
    lost.is_lost = true;
    now.travellers.push(lost);
    now.failed = 112;
    now.answered = 1_500;
    now.noticed_after = Some(Duration::from_millis(6_130));
    now
}

fn extreme() -> snapshot::Detection {
    let mut now = busy();
    now.checks = "Both";
    now.threshold = 99;
    now.rate_per_s = u32::MAX;
    now.failed = u64::MAX;
    now.noticed_after = Some(Duration::from_secs(99_999));
    now.noticed_after_max = Duration::from_secs(99_999);
    now.servers.fill(Backend {
        is_alive: false,
        in_rotation: true,
        probes_failed: 999,
        requests_failed: 999,
    });
    now
}

#[test]
fn every_label_has_its_place_and_a_page_that_gets_frames_shows_the_same() {
    let scene = Detection::new("figure", "A title", "A description");
    let moments = [("start", start()), ("busy", busy()), ("extreme", extreme())];
    follow(
        ("detection", scene),
        &moments,
        Detection::show,
        Detection::picture_mut,
    );
}

fn shown(now: &snapshot::Detection) -> Page {
    let mut scene = Detection::new("d", "A title", "A description");
    scene.show(now);
    Page::read(&scene.picture().svg())
}

/// Where a span begins and how long it is, in seconds of the run: 366 user units are thirty seconds.
fn seconds(page: &Page, id: &str) -> Option<[f64; 2]> {
    let span = page.shown(id)?;
    let place = span.attribute("transform")?.strip_prefix("translate(")?;
    let place = place.split(' ').next()?.parse::<f64>().ok()?;
    let width = span.attribute("width")?.parse::<f64>().ok()?;
    Some([place, width].map(|units| (units * 30.0 / 366.0 * 100.0).round() / 100.0))
}

#[test]
fn a_server_is_marked_from_its_death_until_it_is_taken_out() {
    let page = shown(&busy());
    assert_eq!(seconds(&page, "d-in-vain-1"), Some([19.0, 6.13]));
    // The second death has not been noticed: until now.
    assert_eq!(seconds(&page, "d-in-vain-2"), Some([36.5, 5.5]));
    assert_eq!(page.count("d-in-vain"), 2);
    assert_eq!(
        [
            page.count("d-died"),
            page.count("d-revived"),
            page.count("d-taken-out")
        ],
        [2, 1, 1]
    );
}

#[test]
fn before_the_first_mark_things_were_as_they_are_now() {
    let mut now = start();
    now.time = Time::from_millis(20_000);
    now.servers[1].in_rotation = false;
    let page = shown(&now);
    assert_eq!(page.count("d-used"), 3);
    assert_eq!(seconds(&page, "d-used-1"), Some([0.0, 20.0]));
    assert_eq!(page.count("d-in-vain"), 0);
}

#[test]
fn only_probes_count_as_strikes() {
    let mut now = start();
    now.servers[0].requests_failed = 8;
    now.servers[1].probes_failed = 2;
    now.servers[1].is_alive = false;
    let page = shown(&now);
    let strikes = |server: u32| {
        page.text(&format!("d-server-{server}-note-strikes"))
            .to_owned()
    };
    assert_eq!([strikes(1), strikes(2)], ["", "2/3"]);
}

#[test]
fn the_sentence_about_noticing_fits_at_its_longest() {
    let page = shown(&extreme());
    assert_eq!(
        page.text("d-noticed"),
        "noticed in 999.9 s (probes: within 999.9 s)"
    );
}

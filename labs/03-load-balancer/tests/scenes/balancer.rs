use load_balancer::scene::Balancer;
use load_balancer::snapshot::{self, Server, ServerState, Traveller};

use crate::page::Page;
use crate::{follow, moves_in_frame, traveller};

fn server(waiting: u32, utilisation_percent: u32) -> Server {
    Server {
        state: ServerState::Running,
        in_rotation: true,
        waiting,
        working: 1,
        utilisation_percent,
        finished_per_s: 30,
    }
}

fn start() -> snapshot::Balancer {
    snapshot::Balancer {
        time: simulation::Time::default(),
        policy: "Round robin",
        rate_per_s: 120,
        travellers: Vec::new(),
        servers: vec![server(0, 0); 4],
        answered: 0,
        failed: 0,
        latency_p50: None,
        latency_p99: None,
        history_p99_ms: Vec::new(),
    }
}

fn busy() -> snapshot::Balancer {
    let mut now = start();
    now.servers = vec![server(1, 62), server(0, 55), server(5, 100), server(0, 0)];
    now.servers[3].state = ServerState::Stopped;
    now.servers[3].in_rotation = false;
    now.servers[2].state = ServerState::Slow;
    now.travellers = (0..8)
        .map(|index| traveller(0, index * 125 + 60))
        .chain((0..3).flat_map(|pipe| {
            (0..2).map(move |index| traveller(pipe + 1, index * 480 + u16::from(pipe) * 90))
        }))
        .collect();
    now.answered = 1_234;
    now.failed = 3;
    now.latency_p99 = Some(simulation::Duration::from_millis(941));
    now.history_p99_ms = (0..30).map(|second| 40 + second * second).collect();
    now
}

fn extreme() -> snapshot::Balancer {
    let mut now = start();
    now.policy = "Least connections";
    now.rate_per_s = 99_999;
    now.servers = vec![server(99_999, 400); 4];
    for server in &mut now.servers {
        server.state = ServerState::Slow;
    }
    now.servers[1].in_rotation = false;
    now.travellers = (0..250_u16)
        .map(|index| Traveller {
            pipe: (index % 5) as u8,
            progress: index * 4,
            is_lost: index % 11 == 0,
            is_probe: false,
        })
        .collect();
    now.answered = u64::MAX;
    now.failed = u64::MAX;
    now.latency_p99 = Some(simulation::Duration::from_secs(99));
    now.history_p99_ms = vec![u32::MAX; 30];
    now
}

fn dead() -> snapshot::Balancer {
    let mut now = busy();
    now.policy = "Two choices";
    for server in &mut now.servers {
        server.state = ServerState::Stopped;
        server.in_rotation = true
    }
    now.servers[2].in_rotation = false;
    now
}

#[test]
fn every_label_has_its_place_and_a_page_that_gets_frames_shows_the_same() {
    let scene = Balancer::new("figure", "A title", "A description");
    let moments = [
        ("start", start()),
        ("busy", busy()),
        ("extreme", extreme()),
        ("dead", dead()),
    ];
    follow(
        ("balancer", scene),
        &moments,
        Balancer::show,
        Balancer::picture_mut,
    );
}

#[test]
fn two_hundred_requests_on_their_way_move_fewer_than_300_nodes_a_frame() {
    let mut scene = Balancer::new("figure", "A title", "A description");
    let mut page = Page::read(&scene.picture().svg());
    for step in 0..10_u16 {
        let mut now = extreme();
        for traveller in &mut now.travellers {
            traveller.progress = (traveller.progress + step * 37) % 1000;
        }
        now.history_p99_ms = (0..30).map(|second| second + u32::from(step)).collect();
        scene.show(&now);
        let moves = moves_in_frame(scene.picture_mut(), &mut page);
        assert!(moves <= 300, "{moves}");
        assert!(moves >= 200, "{moves}");
    }
}

/// The page of a moment.
fn shown(now: &snapshot::Balancer) -> Page {
    let mut scene = Balancer::new("b", "A title", "A description");
    scene.show(now);
    Page::read(&scene.picture().svg())
}

#[test]
fn of_all_full_servers_the_one_with_the_longest_line_alone_is_warm() {
    let mut now = start();
    now.servers = vec![
        server(3, 100),
        server(8, 100),
        server(8, 100),
        server(99, 100),
    ];
    now.servers[3].state = ServerState::Stopped;
    let page = shown(&now);
    let class = |number: u32| {
        let machine = page.shown(&format!("b-server-{number}"));
        machine.and_then(|machine| machine.attribute("class"))
    };
    let (cool, hot) = (Some("f-bg s-ink"), Some("f-bg s-hot"));
    assert_eq!(
        [class(1), class(2), class(3), class(4)],
        [cool, hot, cool, None]
    );
    now.servers = vec![server(0, 100); 4];
    assert!(!Balancer::new("b", "", "").picture().svg().contains("s-hot"));
    let page = shown(&now);
    assert_eq!(page.shown("b-server-1").unwrap().attribute("class"), cool);
}

#[test]
fn a_dead_server_can_be_told_from_one_that_is_out_of_rotation() {
    let mut now = start();
    now.servers[0].state = ServerState::Stopped;
    now.servers[1].state = ServerState::Stopped;
    now.servers[1].in_rotation = false;
    let page = shown(&now);
    for number in ["1", "2"] {
        let note = format!("b-server-{number}-note");
        assert_eq!(page.text(&note), "not answering");
    }
    assert_eq!(
        [page.text("b-server-1-word"), page.text("b-server-2-word")],
        ["", "out"]
    );
    assert!(page.shown("b-pipe-1").is_some() && page.shown("b-pipe-1-out").is_none());
    assert!(page.shown("b-pipe-2").is_none() && page.shown("b-pipe-2-out").is_some());
}

#[test]
fn a_request_joins_the_line_where_it_ends() {
    let mut now = start();
    now.travellers = vec![traveller(2, 1000)];
    let place = |now: &snapshot::Balancer| {
        let page = shown(now);
        let dot = page.shown("b-dot-1").expect("a dot");
        dot.attribute("transform").map(str::to_owned)
    };
    let before_nobody = place(&now);
    now.servers[1].waiting = 5;
    assert_eq!(before_nobody.as_deref(), Some("translate(328 99)"));
    assert_eq!(place(&now).as_deref(), Some("translate(283 99)"));
}

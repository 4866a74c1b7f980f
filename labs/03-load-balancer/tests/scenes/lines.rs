use load_balancer::scene::Lines;
use load_balancer::snapshot::{self, Half};
use simulation::{Duration, Time};

use crate::page::Page;
use crate::{follow, moves_in_frame};

fn half(lines: &[u32], servers: [Option<u16>; 4]) -> Half {
    Half {
        servers,
        lines: lines.to_vec(),
        mean: None,
        theory: Some(Duration::from_millis(100)),
        wasted_permille: 0,
    }
}

fn start() -> snapshot::Lines {
    snapshot::Lines {
        time: Time::START,
        policy: "Random",
        busy_percent: 80,
        rate_per_s: 160,
        work: Duration::from_millis(20),
        travellers: Vec::new(),
        halves: [half(&[0], [None; 4]), half(&[0; 4], [None; 4])],
    }
}

/// Below, server 3 is idle while five wait at others; above nobody is idle.
fn busy() -> snapshot::Lines {
    let mut now = start();
    now.policy = "Least connections";
    now.time = Time::from_secs(30);
    now.travellers = (0..12).map(|index| 990 - index * 80).collect();
    let [one, many] = &mut now.halves;
    *one = half(&[2], [Some(120), Some(980), Some(500), Some(0)]);
    one.mean = Some(Duration::from_micros(34_900));
    one.theory = Some(Duration::from_micros(34_910));
    *many = half(&[4, 0, 0, 1], [Some(120), Some(1_000), None, Some(640)]);
    many.mean = Some(Duration::from_micros(97_000));
    many.wasted_permille = 574;
    now
}

fn extreme() -> snapshot::Lines {
    let mut now = start();
    now.policy = "Weighted round robin of all";
    now.busy_percent = u32::MAX;
    now.rate_per_s = u32::MAX;
    now.travellers = (0..400).collect();
    now.halves = [
        half(&[99_999], [Some(u16::MAX); 4]),
        half(&[99_999; 4], [None; 4]),
    ];
    for half in &mut now.halves {
        half.mean = Some(Duration::from_secs(99_999));
        half.theory = Some(Duration::from_secs(99_999));
        half.wasted_permille = u32::MAX;
    }
    now
}

#[test]
fn every_label_has_its_place_and_a_page_that_gets_frames_shows_the_same() {
    let scene = Lines::new("figure", "A title", "A description");
    let moments = [("start", start()), ("busy", busy()), ("extreme", extreme())];
    follow(("lines", scene), &moments, Lines::show, Lines::picture_mut);
}

#[test]
fn however_many_are_on_their_way_fewer_than_300_nodes_move() {
    let mut scene = Lines::new("figure", "A title", "A description");
    let mut page = Page::read(&scene.picture().svg());
    assert!(scene.picture().nodes().lines().count() < 300);
    for step in 0..10_u16 {
        let mut now = extreme();
        for progress in &mut now.travellers {
            *progress += step * 37;
        }
        for half in &mut now.halves {
            half.servers.fill(Some(step * 100));
        }
        scene.show(&now);
        let moves = moves_in_frame(scene.picture_mut(), &mut page);
        assert!((60..=100).contains(&moves), "{moves}");
    }
}

fn shown(now: &snapshot::Lines) -> Page {
    let mut scene = Lines::new("l", "A title", "A description");
    scene.show(now);
    Page::read(&scene.picture().svg())
}

/// Which servers of both halves are warm, and which say that they are idle.
fn servers(page: &Page) -> [[(bool, bool); 4]; 2] {
    [0, 4].map(|before| {
        [1, 2, 3, 4].map(|number| {
            let id = format!("l-server-{}", before + number);
            let class = page.shown(&id).and_then(|casing| casing.attribute("class"));
            let is_idle = page.text(&format!("{id}-idle")) == "idle";
            (class == Some("f-bg s-hot"), is_idle)
        })
    })
}

#[test]
fn an_idle_server_is_warm_while_somebody_waits_at_another() {
    let (works, idles, warm) = ((false, false), (false, true), (true, true));
    assert_eq!(servers(&shown(&start())), [[idles; 4]; 2]);
    let mut now = busy();
    assert_eq!(
        servers(&shown(&now)),
        [[works; 4], [works, works, warm, works]]
    );
    now.halves[1].lines = vec![0; 4];
    assert_eq!(servers(&shown(&now))[1], [works, works, idles, works]);
}

#[test]
fn who_waits_stands_in_the_line_and_who_is_worked_on_in_the_server() {
    let page = shown(&busy());
    let lines = [1, 2, 3, 4, 5].map(|line| page.count(&format!("l-line-{line}")));
    assert_eq!(lines, [2, 4, 0, 0, 1]);
    assert_eq!(page.count("l-working"), 4 + 3);
    // Each request on its way is seen on both ways.
    assert_eq!(page.count("l-dot"), 2 * 12);
    let full = shown(&extreme());
    assert_eq!(full.count("l-line-3"), 12);
    assert_eq!(full.text("l-line-3-number"), "9,999+");
}

#[test]
fn a_request_joins_the_one_line_where_it_ends() {
    let mut now = start();
    now.travellers = vec![1000];
    let places = |now: &snapshot::Lines| {
        let page = shown(now);
        [1, 2].map(|dot| {
            let dot = page.shown(&format!("l-dot-{dot}")).expect("a dot");
            dot.attribute("transform").map(str::to_owned)
        })
    };
    let [one, many] = places(&now);
    now.halves[0].lines = vec![5];
    now.halves[1].lines = vec![5; 4];
    let [behind_five, at_balancer] = places(&now);
    assert_eq!(one.as_deref(), Some("translate(300 76)"));
    assert_eq!(behind_five.as_deref(), Some("translate(255 76)"));
    assert_eq!(at_balancer, many);
}

#[test]
fn the_bars_are_as_long_as_an_answer_takes_and_the_work_is_the_same_in_both() {
    let page = shown(&busy());
    let width = |id: &str| {
        let bar = page.shown(id).and_then(|bar| bar.attribute("width"));
        bar.and_then(|width| width.parse::<f64>().ok())
    };
    // 200 user units are ten lengths of the work: 1.7 and 4.9 are shown, by theory 1.7 and 5.0.
    assert_eq!(width("l-mean-bar-1"), Some(34.0));
    assert_eq!(width("l-mean-bar-2"), Some(98.0));
    assert_eq!(width("l-mean-work-1"), Some(20.0));
    assert_eq!(width("l-mean-work-2"), Some(20.0));
    assert_eq!(
        [page.text("l-mean-1"), page.text("l-mean-2")],
        ["1.7", "4.9"]
    );
    assert_eq!(page.text("l-theory-2"), "theory 5.0");
    let mark = page
        .shown("l-mean-mark-2")
        .and_then(|mark| mark.attribute("transform"));
    assert_eq!(mark, Some("translate(186 0)"));
    let start = shown(&start());
    assert_eq!(start.text("l-mean-1"), "–");
    let mut now = busy();
    now.halves[1].theory = None;
    let page = shown(&now);
    assert_eq!(page.text("l-theory-2"), "");
    assert!(page.shown("l-mean-mark-2").is_none());
}

#[test]
fn words_and_table_say_what_the_picture_shows() {
    let now = busy();
    assert_eq!(
        now.summary(),
        "80 % busy, Least connections. One line: 2 waiting, 0 of 4 servers idle, answers after 1.7 lengths of the work, somebody waiting beside an idle server for 0.0 % of the time. A line each: 5 waiting, 1 of 4 servers idle, answers after 4.9 lengths of the work, somebody waiting beside an idle server for 57.4 % of the time."
    );
    let table = now.table();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[0], "After 30 s");
    assert_eq!(rows[2], "One line\t2\t0\t1.7\t1.7\t0.0 %");
    assert_eq!(rows[3], "A line each\t5\t1\t4.9\t5.0\t57.4 %");
    assert!(start().table().contains("One line\t0\t4\t–\t5.0\t0.0 %"));
}

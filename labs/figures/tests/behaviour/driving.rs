//! What a reader does with a figure.

use figures::catalogue::names;

use super::{Opened, open};
use figures::host::Host;

#[test]
fn what_a_link_says_is_what_was_done() {
    let mut played = Opened::new("figure=balancer\nseed=7\nset=rate=100");
    played.step(3_000);
    played.set("stop=2").expect("server 2 can be stopped");
    played.step(4_250);
    played.set("policy=two-choices").expect("a policy");
    played.step(4_750);

    let actions = played.ask(|run| run.actions());
    assert_eq!(actions, "3s:stop=2,7.25s:policy=two-choices");
    let mut replayed = Opened::new(&format!(
        "figure=balancer\nseed=7\nset=rate=100\nactions={actions}"
    ));
    replayed.seek(12_000);
    assert_eq!(replayed.digest(), played.digest());
    assert!(shown(&replayed.ask(|run| run.svg())) == shown(&played.ask(|run| run.svg())));
}

#[test]
fn going_back_and_ahead_again_leads_to_the_same_state() {
    for name in names() {
        let mut figure = Opened::new(&format!("figure={name}"));
        figure.seek(20_000);
        let (digest, svg) = (figure.digest(), figure.ask(|run| run.svg()));
        figure.seek(3_333);
        assert_eq!(figure.time(), 3_333, "{name}");
        assert_ne!(figure.digest(), digest, "{name}");
        figure.seek(20_000);
        assert_eq!(figure.digest(), digest, "{name}");
        assert!(shown(&figure.ask(|run| run.svg())) == shown(&svg), "{name}");
    }
}

#[test]
fn small_steps_and_one_large_step_lead_to_the_same_state() {
    for name in names() {
        let mut small = Opened::new(&format!("figure={name}"));
        for _ in 0..500 {
            small.step(17);
        }
        let mut large = Opened::new(&format!("figure={name}"));
        large.step(8_500);
        assert_eq!(small.digest(), large.digest(), "{name}");
    }
}

#[test]
fn a_change_in_the_past_forks_the_run() {
    let mut figure = Opened::new("figure=balancer\nactions=3s:stop=2,9s:stop=none");
    figure.seek(12_000);
    let before = figure.digest();
    figure.seek(6_000);
    figure.set("stop=2+3").expect("two servers can be stopped");
    figure.seek(12_000);
    assert_ne!(figure.digest(), before);
    assert_eq!(figure.ask(|run| run.actions()), "3s:stop=2,6s:stop=2+3");
}

#[test]
fn frames_tell_only_what_changed() {
    for name in names() {
        let mut figure = Opened::new(&format!("figure={name}"));
        figure.seek(2_000);
        figure.frame();
        assert!(
            figure.frame().is_empty(),
            "{name}: nothing happened in between"
        );
        figure.step(500);
        let words = figure.frame();
        assert!(!words.is_empty() && words.len().is_multiple_of(4), "{name}");
    }
}

#[test]
fn what_can_not_be_opened_is_said_with_what_there_is() {
    let mut host = Host::default();
    for (lines, says) in [
        (
            "figure=balancr",
            "there is no figure `balancr`; there are pipe, balancer",
        ),
        (
            "figure=balancer\nset=polcy=random",
            "there is no control `polcy`; there are policy",
        ),
        ("figure=balancer\nset=policy=randm", "round-robin"),
        ("figure=balancer\nset=rate=9999", "rate"),
        ("figure=balancer\nactions=3s", "write one as `3s:stop=2`"),
    ] {
        let message = open(&mut host, lines).expect_err(lines);
        assert!(message.contains(says), "{lines}: {message}");
    }
}

#[test]
fn every_figure_is_listed_with_its_controls() {
    let mut host = Host::new();
    host.list();
    let list = String::from_utf8(host.output().to_vec()).expect("text");
    for name in names() {
        assert!(list.contains(&format!("\"name\":\"{name}\"")), "{list}");
    }
    assert!(list.contains("\"name\":\"stop\",\"label\":\"Stopped servers\",\"kind\":\"several\",\"options\":[{\"value\":\"1\",\"label\":\"1\"}"), "{list}");
}

#[test]
fn a_sentence_and_a_table_say_what_the_picture_shows() {
    for name in names() {
        let mut figure = Opened::new(&format!("figure={name}"));
        let at_first = figure.ask(|run| run.summary());
        figure.seek(60_000);
        let later = figure.ask(|run| run.summary());
        assert_ne!(at_first, later, "{name}");
        assert!(later.ends_with('.'), "{name}: {later}");
        let table = figure.ask(|run| run.table());
        let mut lines = table.lines().skip(1);
        let columns = lines.next().expect("heads").split('\t').count();
        assert!(columns > 1, "{name}: {table}");
        for row in lines {
            assert_eq!(row.split('\t').count(), columns, "{name}: {table}");
        }
    }
}

/// What can be seen of a picture. A node that is hidden keeps the place where it was last seen, and that is nobody's
/// business.
fn shown(svg: &str) -> String {
    let elements = svg.split_inclusive('>');
    elements
        .filter(|element| !element.contains(" display=\"none\""))
        .collect()
}

//! What the chapter says of its figures, with the tolerance that chance needs.

use load_balancer::model::{BalancerModel, DetectionModel, RingModel};
use load_balancer::snapshot::MarkKind;
use simulation::{Duration, Model, Time};

use super::{balancer, detection, ring, run, set};

const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

#[test]
fn round_robin_lets_the_line_of_a_slow_server_grow_by_6_7_a_second() {
    // 120 ÷ 3 = 40 a second come to a server that finishes 33.3.
    for seed in SEEDS {
        let faults = [("slow", "3"), ("stop", "4")];
        let early = run(balancer(seed, &faults), 10).snapshot().servers[2].waiting;
        let late = run(balancer(seed, &faults), 60).snapshot().servers[2].waiting;
        let per_s = f64::from(late - early) / 50.0;
        // 120 ± 1.55 requests a second arrive in fifty seconds (Poisson), a third of them here.
        assert!((per_s - 6.67).abs() < 1.6, "seed {seed}: {per_s}");
    }
}

#[test]
fn counting_open_requests_keeps_every_line_short() {
    for policy in ["least-connections", "two-choices", "peak-ewma"] {
        for seed in SEEDS {
            let named = [("policy", policy), ("slow", "3"), ("stop", "4")];
            let seen = run(balancer(seed, &named), 60).snapshot();
            let longest = seen.servers.iter().map(|server| server.waiting).max();
            assert!(longest < Some(20), "{policy}, seed {seed}: {longest:?}");
        }
    }
}

/// The longest line of all four servers, looked at ten times a second for half a minute.
fn longest_line(seed: u64, named: &[(&str, &str)]) -> u32 {
    let mut model = balancer(seed, named);
    let moments = (1..=300).map(|tenth| {
        model.run_until(Time::from_millis(100 * tenth));
        let servers = model.snapshot().servers;
        servers.iter().map(|server| server.waiting).max()
    });
    moments.max().flatten().expect("there are servers")
}

#[test]
fn on_old_news_least_connections_herds_and_two_choices_less() {
    for seed in SEEDS {
        let line = |policy, news| {
            let load = [("rate", "160"), ("work", "uneven")];
            longest_line(
                seed,
                &[&load[..], &[("policy", policy), ("news", news)]].concat(),
            )
        };
        let fresh = line("least-connections", "0");
        let herd = line("least-connections", "1000");
        let two = line("two-choices", "1000");
        let blind = line("random", "1000");
        // A second's 160 requests go to the one server that had least; it finishes 66.7 of them.
        assert!(fresh < 10 && herd > 40, "seed {seed}: {fresh}, {herd}");
        assert!(two < herd && blind < two, "seed {seed}: {two}, {blind}");
    }
}

#[test]
fn a_stopped_server_is_out_after_two_probes_and_no_more_requests_fail() {
    for seed in SEEDS {
        let mut model = run(balancer(seed, &[]), 10);
        set(&mut model, BalancerModel::CONTROLS, ("stop", "2"));
        let model = run(model, 13);
        let failed = model.snapshot().failed;
        assert!(!model.snapshot().servers[1].in_rotation && failed > 0);
        assert_eq!(run(model, 60).snapshot().failed, failed, "seed {seed}");
    }
}

/// When the balancer noticed the death of server 2, ten seconds into the run.
fn noticed_after(seed: u64, named: &[(&str, &str)]) -> Duration {
    let mut model = run(detection(seed, named), 10);
    set(&mut model, DetectionModel::CONTROLS, ("stop", "2"));
    let model = run(model, 80);
    model.snapshot().noticed_after.expect("it was noticed")
}

#[test]
fn probes_notice_within_threshold_times_interval_and_time_out() {
    // facts.md 23: at most k × interval + time-out; 3 × 5 + 2 = 17 s.
    for (threshold, interval) in [(1, 1), (3, 5), (5, 10), (2, 7)] {
        let bound = Duration::from_secs(threshold * interval + 2);
        for seed in SEEDS {
            let (threshold, interval) = (threshold.to_string(), interval.to_string());
            let named = [("threshold", &*threshold), ("interval", &*interval)];
            let after = noticed_after(seed, &named);
            assert!(after <= bound, "{named:?}, seed {seed}: {after:?}");
        }
    }
}

#[test]
fn passive_checks_notice_after_five_requests_and_their_time_out() {
    // A quarter of 120 a second is 30: five come in a sixth of a second. A silent server adds the second that a request waits.
    for seed in SEEDS {
        let silent = noticed_after(seed, &[("checks", "passive")]);
        assert!(
            silent < Duration::from_millis(1_600),
            "seed {seed}: {silent:?}"
        );
        let refusing = noticed_after(seed, &[("checks", "passive"), ("fault", "refuses")]);
        assert!(
            refusing < Duration::from_millis(600),
            "seed {seed}: {refusing:?}"
        );
    }
}

#[test]
fn an_idle_server_is_not_noticed_by_passive_checks() {
    let mut model = run(detection(1, &[("checks", "passive"), ("rate", "10")]), 10);
    set(&mut model, DetectionModel::CONTROLS, ("stop", "2"));
    let quick = noticed_after(1, &[("checks", "passive"), ("rate", "200")]);
    let slow = run(model, 80)
        .snapshot()
        .noticed_after
        .expect("it was noticed");
    assert!(slow > quick, "{slow:?} against {quick:?}");
}

#[test]
fn a_server_that_comes_back_is_taken_back() {
    let mut model = run(detection(1, &[("interval", "1")]), 10);
    set(&mut model, DetectionModel::CONTROLS, ("stop", "2"));
    let mut model = run(model, 20);
    set(&mut model, DetectionModel::CONTROLS, ("stop", "none"));
    let seen = run(model, 30).snapshot();
    let of_two = seen
        .marks
        .iter()
        .filter(|mark| mark.server == 1)
        .map(|mark| mark.kind);
    let turns = [
        MarkKind::Died,
        MarkKind::TakenOut,
        MarkKind::Revived,
        MarkKind::TakenBack,
    ];
    let order: Vec<MarkKind> = of_two.filter(|kind| turns.contains(kind)).collect();
    assert_eq!(order, turns);
}

#[test]
fn a_fifth_server_moves_a_fifth_of_the_keys_and_by_modulo_four_fifths() {
    // facts.md 3. A thousand keys: ± 5 % is four standard deviations of the share.
    for (method, expected) in [("modulo", 800), ("rendezvous", 200), ("maglev", 200)] {
        for seed in SEEDS {
            let mut model = run(ring(seed, &[("method", method)]), 20);
            set(&mut model, RingModel::CONTROLS, ("servers", "1+2+3+4+5"));
            let seen = model.snapshot();
            let moved = seen.moved_permille.expect("something moved");
            assert!(
                moved.abs_diff(expected) < 50,
                "{method}, seed {seed}: {moved}"
            );
            assert_eq!(seen.moved_expected_permille, Some(expected));
        }
    }
}

#[test]
fn on_the_ring_keys_move_only_to_the_server_that_came() {
    for seed in SEEDS {
        let mut model = run(ring(seed, &[]), 20);
        let before = model.snapshot();
        set(&mut model, RingModel::CONTROLS, ("servers", "1+2+3+4+5"));
        for (key, was) in model.snapshot().keys.iter().zip(&before.keys) {
            assert_eq!(key.has_moved, key.server != was.server);
            assert!(!key.has_moved || key.server == 5, "seed {seed}");
        }
    }
}

#[test]
fn what_moves_is_missed() {
    let hits = |method: &str| {
        let mut model = run(ring(1, &[("method", method)]), 20);
        let before = model.snapshot().hit_permille.expect("requests came");
        set(&mut model, RingModel::CONTROLS, ("servers", "1+2+3+4+5"));
        model.run_until(Time::from_secs(24));
        (
            before,
            model.snapshot().hit_permille.expect("requests came"),
        )
    };
    let ((before, ring), (_, modulo)) = (hits("ring"), hits("modulo"));
    assert!(before > 950, "{before}");
    assert!(modulo < ring && ring < before, "{modulo} {ring} {before}");
}

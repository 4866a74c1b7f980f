//! The experiments in virtual time: their claims hold, with any seed, and the same seed gives the same digits.

use kit::experiment::{Experiment, Findings, Source};
use load_balancer::experiments::EXPERIMENTS;

fn named(name: &str) -> &'static dyn Experiment {
    let found = EXPERIMENTS.iter().find(|one| one.name() == name);
    *found.expect("an experiment of that name")
}

/// Every claim about simulated numbers holds, and there are so many.
fn holds(name: &str, claims: usize) {
    let experiment = named(name);
    for seed in [1, 4] {
        let judged = experiment.claims(&experiment.simulate(seed));
        assert_eq!(judged.len(), claims, "{name}");
        for claim in judged {
            assert!(claim.holds, "seed {seed}: {claim:?}");
            assert!(
                claim.simulated.is_some() && claim.tolerance.is_some(),
                "{claim:?}"
            );
        }
    }
}

#[test]
fn policies_do_to_answers_what_theory_says() {
    holds("policies", 7);
}

#[test]
fn old_news_makes_least_connections_herd_and_not_two_choices() {
    holds("stale-views", 4);
}

#[test]
fn connections_are_spread_by_layer_4_and_requests_by_layer_7() {
    holds("layers", 3);
}

#[test]
fn a_death_is_noticed_within_its_bound_and_costs_its_share() {
    holds("detection", 6);
}

#[test]
fn a_drained_deploy_fails_nobody_and_another_one_its_share() {
    holds("rolling-deploy", 4);
}

#[test]
fn keys_move_as_theory_says_and_what_moves_is_missed() {
    holds("affinity", 8);
}

#[test]
fn visitors_who_stay_take_their_unevenness_along() {
    holds("sticky", 4);
}

/// Those that take a moment only.
const QUICK: [&str; 4] = ["stale-views", "layers", "rolling-deploy", "sticky"];

#[test]
fn the_same_seed_gives_the_same_digits_and_another_one_others() {
    for name in QUICK {
        let digest = |seed| named(name).simulate(seed).digest();
        assert_eq!(digest(7), digest(7), "{name}");
        assert_ne!(digest(7), digest(8), "{name}");
    }
}

#[test]
fn numbers_stand_under_the_names_of_their_sources() {
    for name in QUICK {
        let found = named(name).simulate(1);
        assert!(!found.figures.is_empty(), "{name}");
        for (variant, keys) in &found.figures {
            let prefix = match keys.values().next().map(|number| &number.source) {
                Some(Source::Theory) => "theory-",
                _ => "simulated-",
            };
            assert!(variant.starts_with(prefix), "{name}: {variant}");
        }
    }
}

#[test]
fn a_claim_about_what_is_not_there_is_left_out() {
    for experiment in EXPERIMENTS {
        let judged = experiment.claims(&Findings::default());
        assert!(judged.is_empty(), "{}", experiment.name());
    }
}

/// A verdict is no formality: with numbers that contradict a claim it says so.
#[test]
fn a_claim_that_the_numbers_contradict_does_not_hold() {
    let experiment = named("rolling-deploy");
    let mut found = experiment.simulate(1);
    let keys = found.figures.get_mut("simulated-drained");
    let failed = keys.and_then(|keys| keys.get_mut("failed"));
    failed.expect("it was simulated").value = 1.0;
    let judged = experiment.claims(&found);
    let broken: Vec<&str> = judged
        .iter()
        .filter(|claim| !claim.holds)
        .map(|claim| claim.claim.as_str())
        .collect();
    assert_eq!(
        broken,
        ["With draining, every server is restarted and no request fails"]
    );
}

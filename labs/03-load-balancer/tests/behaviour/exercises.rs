//! What a reader hears about an exercise: the stub, the solution, and mistakes that people make.

use kit::exercise::{Outcome, Passed, TIME_MAX, grade};
use load_balancer::exercises::{
    EXERCISES, bounded_loads, health_check, smuggled_request, solutions, two_choices, wrong,
};

/// Grades as the command line does.
fn outcome(grader: impl FnOnce() -> Result<Passed, String> + Send + 'static) -> Outcome {
    grade(grader, TIME_MAX)
}

fn is_passed(grader: impl FnOnce() -> Result<Passed, String> + Send + 'static) {
    let outcome = outcome(grader);
    assert!(outcome.is_passed(), "{}", outcome.message());
}

/// The grader refuses it, and says this.
fn fails_with(grader: impl FnOnce() -> Result<Passed, String> + Send + 'static, words: &[&str]) {
    let Outcome::Mistaken(message) = outcome(grader) else {
        panic!("it should be refused with a message");
    };
    for words in words {
        assert!(message.contains(words), "`{words}` is not in: {message}");
    }
}

#[test]
fn a_stub_is_not_written_yet() {
    assert_eq!(EXERCISES.len(), 4);
    for exercise in EXERCISES {
        assert_eq!(
            outcome(exercise.grade),
            Outcome::NotWritten,
            "{}",
            exercise.name
        );
    }
}

#[test]
fn every_exercise_names_the_file_that_the_reader_edits() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for exercise in EXERCISES {
        let text = std::fs::read_to_string(root.join(exercise.file)).unwrap();
        assert!(text.contains("kit::not_written!"), "{}", exercise.file);
        assert!(text.contains(exercise.name), "{}", exercise.file);
    }
}

#[test]
fn every_solution_passes() {
    is_passed(|| two_choices::grade(solutions::two_choices::choose));
    is_passed(|| health_check::grade(solutions::health_check::after_probe));
    is_passed(|| smuggled_request::grade(solutions::smuggled_request::body_of));
    is_passed(|| bounded_loads::grade(solutions::bounded_loads::choose));
}

#[test]
fn the_policies_of_the_lab_pass_as_well() {
    is_passed(|| {
        two_choices::grade(|pool, random| load_balancer::policy::TwoChoices.choose(pool, random))
    });
    is_passed(|| {
        health_check::grade(|belief, answered, thresholds| belief.after(answered, thresholds))
    });
}

#[test]
fn who_looks_at_one_server_hears_that_two_must_be_compared() {
    fails_with(
        || two_choices::grade(wrong::two_choices_looks_at_one::choose),
        &["the shorter line wins", "the one with 4"],
    );
}

#[test]
fn who_looks_at_all_servers_hears_that_two_were_asked() {
    fails_with(
        || two_choices::grade(wrong::two_choices_looks_at_all::choose),
        &["more than two servers", "two times in three"],
    );
}

#[test]
fn who_draws_the_same_server_twice_hears_it() {
    fails_with(
        || two_choices::grade(wrong::two_choices_same_one_twice::choose),
        &["compared it with itself", "two different ones"],
    );
}

#[test]
fn who_draws_from_dead_servers_hears_it() {
    fails_with(
        || two_choices::grade(wrong::two_choices_ignores_health::choose),
        &["takes no requests"],
    );
}

#[test]
fn who_never_sets_the_count_back_hears_it() {
    fails_with(
        || health_check::grade(wrong::health_check_counts_all::after_probe),
        &["probes xx. ", "sets the count back"],
    );
}

#[test]
fn who_believes_the_first_answer_hears_that_rise_are_needed() {
    fails_with(
        || health_check::grade(wrong::health_check_believes_the_first_answer::after_probe),
        &[
            "probes xxx. ",
            "one answer does not bring a dead server back",
        ],
    );
}

#[test]
fn who_waits_for_one_probe_too_many_hears_it() {
    fails_with(
        || health_check::grade(wrong::health_check_one_too_many::after_probe),
        &["probes xxx ", "the third failure in a row"],
    );
}

#[test]
fn who_believes_the_length_beside_chunks_hears_the_classic_smuggle() {
    fails_with(
        || smuggled_request::grade(wrong::smuggled_request_length_wins::body_of),
        &[
            "a length and chunks",
            "you accepted it",
            "the classic smuggle",
        ],
    );
}

#[test]
fn who_takes_the_first_of_two_lengths_hears_it() {
    fails_with(
        || smuggled_request::grade(wrong::smuggled_request_first_length::body_of),
        &["two lengths", "a body of 5 bytes", "39 bytes are smuggled"],
    );
}

#[test]
fn who_trims_names_hears_about_the_space_before_the_colon() {
    fails_with(
        || smuggled_request::grade(wrong::smuggled_request_trims_names::body_of),
        &["a space before the colon", "a body in chunks"],
    );
}

#[test]
fn who_ends_lines_anyhow_hears_about_the_line_feed() {
    fails_with(
        || smuggled_request::grade(wrong::smuggled_request_lines_end_anyhow::body_of),
        &["a line feed alone", "you accepted it"],
    );
}

#[test]
fn every_case_of_the_framer_is_judged_alike_by_its_table_and_the_solution() {
    for case in smuggled_request::CASES {
        let judged = solutions::smuggled_request::body_of(case.head);
        assert_eq!(judged.ok(), case.body, "{}", case.name);
    }
}

#[test]
fn who_gives_the_overflow_to_the_emptiest_hears_who_is_next() {
    fails_with(
        || bounded_loads::grade(wrong::bounded_loads_takes_the_emptiest::choose),
        &["the next one with room gets it"],
    );
}

#[test]
fn who_takes_the_ring_for_a_line_hears_that_it_begins_again() {
    fails_with(
        || bounded_loads::grade(wrong::bounded_loads_ends_at_the_top::choose),
        &["the circle begins again"],
    );
}

#[test]
fn who_forgets_the_request_itself_hears_that_it_counts() {
    fails_with(
        || bounded_loads::grade(wrong::bounded_loads_forgets_this_request::choose),
        &["You chose nobody"],
    );
}

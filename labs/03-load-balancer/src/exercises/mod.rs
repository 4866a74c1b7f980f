//! The exercises of chapter 3. Each file holds the task, the stub that the reader fills, and the grader, which takes an
//! implementation as an argument; so tests can hand it the stub, the solution and mistakes that people make.

pub mod bounded_loads;
pub mod health_check;
pub mod smuggled_request;
pub mod solutions;
pub mod two_choices;
pub mod wrong;

use kit::exercise::Exercise;

/// All of them, in the order of the chapter. Their words stand in the lab's Cargo.toml.
pub const EXERCISES: &[Exercise] = &[
    Exercise {
        name: "two-choices",
        file: "labs/03-load-balancer/src/exercises/two_choices.rs",
        grade: || two_choices::grade(two_choices::choose),
    },
    Exercise {
        name: "health-check",
        file: "labs/03-load-balancer/src/exercises/health_check.rs",
        grade: || health_check::grade(health_check::after_probe),
    },
    Exercise {
        name: "smuggled-request",
        file: "labs/03-load-balancer/src/exercises/smuggled_request.rs",
        grade: || smuggled_request::grade(smuggled_request::body_of),
    },
    Exercise {
        name: "bounded-loads",
        file: "labs/03-load-balancer/src/exercises/bounded_loads.rs",
        grade: || bounded_loads::grade(bounded_loads::choose),
    },
];

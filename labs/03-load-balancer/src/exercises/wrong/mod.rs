//! Mistakes that people make, one a file. The graders must tell each of them from the solution, and say what is wrong.

pub mod bounded_loads_ends_at_the_top;
pub mod bounded_loads_forgets_this_request;
pub mod bounded_loads_takes_the_emptiest;
pub mod health_check_believes_the_first_answer;
pub mod health_check_counts_all;
pub mod health_check_one_too_many;
pub mod smuggled_request_first_length;
pub mod smuggled_request_length_wins;
pub mod smuggled_request_lines_end_anyhow;
pub mod smuggled_request_trims_names;
pub mod two_choices_ignores_health;
pub mod two_choices_looks_at_all;
pub mod two_choices_looks_at_one;
pub mod two_choices_same_one_twice;

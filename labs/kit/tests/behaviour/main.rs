//! A lab's program as its readers meet it: a made-up lab, its four verbs, its files, its dashboard.

mod dashboard;
mod exercises;
mod experiments;
mod figures;
mod help;
mod made_up_lab;

//! The whole lab, as a learner starts it.

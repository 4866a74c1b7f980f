//! A run that can be set back, and forked: a model, what was done to it and when, and checkpoints of it on the way.
//!
//! Going back takes the nearest checkpoint before and repeats the actions since, so it ends in the very state in which
//! the straight run had been. Doing something in the past drops what had been done later: the run takes another course.

use alloc::vec::Vec;

use crate::{Duration, Time};

/// From one checkpoint to the next, as long as there are few.
const SPACING: Duration = Duration::from_secs(1);

/// When there are more, every second one is dropped and the spacing doubled: going back then takes longer, but the
/// memory stays bounded.
const CHECKPOINTS_MAX: usize = 64;

/// A system in virtual time. A clone is a checkpoint.
pub trait Model: Clone {
    /// The present time.
    fn now(&self) -> Time;

    /// Lets everything happen that is due until then, `until` included; after it, [`Model::now`] is `until`. In two
    /// steps the same must come out as in one.
    fn run_until(&mut self, until: Time);

    /// Somebody sets a control at the present time.
    fn set(&mut self, control: u16, value: i32);

    /// One number for the whole state.
    fn digest(&self) -> u64;
}

/// Somebody set a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Action {
    /// When.
    pub at: Time,
    /// Which, by the model's own numbering.
    pub control: u16,
    /// To what.
    pub value: i32,
}

/// A model with a past.
#[derive(Debug, Clone)]
pub struct Timeline<M> {
    present: Moment<M>,
    actions: Vec<Action>,
    /// In order of time; the first is the start.
    checkpoints: Vec<Moment<M>>,
    spacing: Duration,
}

/// A state of the model, and how many of the actions it has seen.
#[derive(Debug, Clone)]
struct Moment<M> {
    model: M,
    done: usize,
}

impl<M: Model> Timeline<M> {
    /// From a model at its start, to which nothing has been done.
    pub fn new(start: M) -> Timeline<M> {
        Timeline::with_actions(start, Vec::new())
    }

    /// From a model at its start, and what will be done to it, in any order. Actions at the start itself are done at
    /// once.
    pub fn with_actions(start: M, actions: Vec<Action>) -> Timeline<M> {
        let start = Moment {
            model: start,
            done: 0,
        };
        let mut timeline = Timeline {
            present: start.clone(),
            actions: Vec::new(),
            checkpoints: Vec::from([start]),
            spacing: SPACING,
        };
        // Inserted one by one: they are few and mostly in order, and a sort from the library weighs kilobytes in the
        // browser.
        for action in actions {
            let place = timeline
                .actions
                .partition_point(|other| other.at <= action.at);
            timeline.actions.insert(place, action);
        }
        timeline.advance(timeline.now());
        timeline
    }

    /// The model as it is at the present time.
    pub fn present(&self) -> &M {
        &self.present.model
    }

    /// The present time.
    pub fn now(&self) -> Time {
        self.present.model.now()
    }

    /// Everything that was done, or will be: after going back, the later actions stand here until something else is
    /// done.
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Lets so much time pass.
    pub fn step(&mut self, by: Duration) {
        self.seek(self.now() + by);
    }

    /// Goes to a time, back or ahead, with the same actions at the same times.
    pub fn seek(&mut self, to: Time) {
        let is_before = |checkpoint: &Moment<M>| checkpoint.model.now() <= to;
        if let Some(nearest) = self.checkpoints.iter().rposition(is_before)
            && (to < self.now() || self.checkpoints[nearest].model.now() > self.now())
        {
            self.restore(nearest);
        }
        self.advance(to);
    }

    /// Sets a control now. Actions that were to come later are dropped; an earlier setting of the same control at
    /// this very time is replaced.
    pub fn set(&mut self, control: u16, value: i32) {
        let now = self.now();
        self.actions.truncate(self.present.done);
        self.checkpoints
            .retain(|checkpoint| checkpoint.model.now() <= now);
        let same = |action: &Action| action.at == now && action.control == control;
        if let Some(replaced) = self.actions.iter().position(same) {
            self.actions.remove(replaced);
            self.actions.push(Action {
                at: now,
                control,
                value,
            });
            // A checkpoint has seen no action of its own moment, so the last one has not seen what is replaced.
            self.restore(self.checkpoints.len() - 1);
            self.advance(now);
            return;
        }
        self.actions.push(Action {
            at: now,
            control,
            value,
        });
        self.advance(now);
    }

    /// Runs the present on, does what is to be done on the way, and leaves checkpoints.
    fn advance(&mut self, to: Time) {
        loop {
            let action = self.actions.get(self.present.done).copied();
            let action = action.filter(|action| action.at <= to);
            let checkpoint = self.next_checkpoint();
            let stop = action.map_or(to, |action| action.at);
            if checkpoint <= stop {
                self.present.model.run_until(checkpoint.max(self.now()));
                self.keep_checkpoint();
                continue;
            }
            if stop > self.now() {
                self.present.model.run_until(stop);
            }
            let Some(action) = action else { return };
            self.present.model.set(action.control, action.value);
            self.present.done += 1;
        }
    }

    /// When the next checkpoint is due: one spacing after the last that is kept.
    fn next_checkpoint(&self) -> Time {
        let last = self.checkpoints.last();
        last.map_or(Time::NEVER, |last| last.model.now() + self.spacing)
    }

    fn keep_checkpoint(&mut self) {
        self.checkpoints.push(self.present.clone());
        if self.checkpoints.len() > CHECKPOINTS_MAX {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing = self.spacing * 2;
        }
    }

    /// Kept whole: a clone and a drop of the model weigh most of this file in the browser.
    #[inline(never)]
    fn restore(&mut self, checkpoint: usize) {
        self.present = self.checkpoints[checkpoint].clone();
    }
}

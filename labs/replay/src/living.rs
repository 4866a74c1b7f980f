//! A figure's model behind one type, so that the timeline and all that drives it are compiled once and not for each figure.

use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;

use simulation::{Model, Time};

use crate::figure::Figure;

/// What can be done with any figure's model.
trait Living {
    fn copy(&self) -> Box<dyn Living>;
    fn now(&self) -> Time;
    fn run_until(&mut self, until: Time);
    fn set(&mut self, control: u16, value: i32);
    fn digest(&self) -> u64;
    fn show(&self, scene: &mut dyn Any);
    fn summary(&self) -> String;
    fn table(&self) -> String;
}

struct Of<F: Figure>(F::Model);

impl<F: Figure> Living for Of<F> {
    fn copy(&self) -> Box<dyn Living> {
        Box::new(Of::<F>(self.0.clone()))
    }

    fn now(&self) -> Time {
        self.0.now()
    }

    fn run_until(&mut self, until: Time) {
        self.0.run_until(until);
    }

    fn set(&mut self, control: u16, value: i32) {
        self.0.set(control, value);
    }

    fn digest(&self) -> u64 {
        self.0.digest()
    }

    fn show(&self, scene: &mut dyn Any) {
        if let Some(scene) = scene.downcast_mut::<F::Scene>() {
            F::show(&self.0, scene);
        }
    }

    fn summary(&self) -> String {
        F::summary(&self.0)
    }

    fn table(&self) -> String {
        F::table(&self.0)
    }
}

/// The model of any figure.
pub(crate) struct AnyModel(Box<dyn Living>);

impl AnyModel {
    /// The model of the figure `F`.
    pub(crate) fn of<F: Figure>(model: F::Model) -> AnyModel {
        AnyModel(Box::new(Of::<F>(model)))
    }

    /// Puts the present state into the figure's scene; nothing happens to another's.
    pub(crate) fn show(&self, scene: &mut dyn Any) {
        self.0.show(scene);
    }

    /// The present state in one sentence.
    pub(crate) fn summary(&self) -> String {
        self.0.summary()
    }

    /// The present state as tab-separated lines.
    pub(crate) fn table(&self) -> String {
        self.0.table()
    }
}

impl Clone for AnyModel {
    fn clone(&self) -> Self {
        AnyModel(self.0.copy())
    }
}

impl Model for AnyModel {
    fn now(&self) -> Time {
        self.0.now()
    }

    fn run_until(&mut self, until: Time) {
        self.0.run_until(until);
    }

    fn set(&mut self, control: u16, value: i32) {
        self.0.set(control, value);
    }

    fn digest(&self) -> u64 {
        self.0.digest()
    }
}

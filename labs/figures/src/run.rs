//! One opened figure: its timeline, its picture, and what a host may ask of them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use scene::control::Control;
use simulation::Time;
use simulation::{Action, Model, Timeline};

use crate::actions;
use crate::figure::Figure;
use crate::opening::Opening;

/// The longest time that a figure can reach, in milliseconds: ten minutes.
pub const TIME_MS_MAX: u32 = 600_000;

/// An opened figure, whichever it is.
pub trait Run {
    /// Gives a control a value at the present time.
    ///
    /// # Errors
    /// Says which control or value is meant and what there is.
    fn set(&mut self, control: &str, value: &str) -> Result<(), String>;
    /// Goes to a time in milliseconds, back or ahead.
    fn seek(&mut self, ms: u32);
    /// The present time in milliseconds.
    fn time_ms(&self) -> u32;
    /// The whole picture as it is now.
    fn svg(&mut self) -> String;
    /// Ids of the nodes that frames speak of, an empty line, and the classes.
    fn nodes(&mut self) -> String;
    /// Appends what changed in the picture since it was last asked for.
    fn frame(&mut self, changes: &mut Vec<u8>);
    /// The present state in one sentence.
    fn summary(&self) -> String;
    /// The present state as tab-separated lines.
    fn table(&self) -> String;
    /// What was done so far, as `3s:stop=2,7.25s:policy=two-choices`.
    fn actions(&self) -> String;
    /// A digest of the whole state.
    fn digest(&self) -> u64;
}

/// Opens the figure `F`.
///
/// # Errors
/// Says which control, value or action can't be, and what to write instead.
pub(crate) fn open<F: Figure>(opening: &Opening) -> Result<Box<dyn Run>, String> {
    let mut controls: Vec<i32> = F::CONTROLS.iter().map(Control::default).collect();
    for (name, text) in &opening.controls {
        let (number, value) = read(F::CONTROLS, name, text)?;
        controls[usize::from(number)] = value;
    }
    let actions = actions::parse(F::CONTROLS, opening.actions)?;
    let timeline = Timeline::with_actions(F::model(opening.seed, &controls), actions);
    let scene = F::scene(opening.id, opening.title, opening.description);
    let mut run = OneRun::<F> { timeline, scene };
    run.show();
    Ok(Box::new(run))
}

/// The number of a control and the value that a text gives it.
pub(crate) fn read(controls: &[Control], name: &str, text: &str) -> Result<(u16, i32), String> {
    let found = controls.iter().position(|control| control.name == name);
    let Some(index) = found else {
        let names: Vec<&str> = controls.iter().map(|control| control.name).collect();
        return Err([
            "there is no control `",
            name,
            "`; there are ",
            &names.join(", "),
        ]
        .concat());
    };
    let number = u16::try_from(index).expect("a figure has few controls");
    Ok((number, controls[index].parse(text)?))
}

struct OneRun<F: Figure> {
    timeline: Timeline<F::Model>,
    scene: F::Scene,
}

impl<F: Figure> OneRun<F> {
    fn show(&mut self) {
        F::show(self.timeline.present(), &mut self.scene);
    }
}

impl<F: Figure> Run for OneRun<F> {
    fn set(&mut self, control: &str, value: &str) -> Result<(), String> {
        let (number, value) = read(F::CONTROLS, control, value)?;
        self.timeline.set(number, value);
        self.show();
        Ok(())
    }

    fn seek(&mut self, ms: u32) {
        let ms = u64::from(ms.min(TIME_MS_MAX));
        self.timeline.seek(Time::from_millis(ms));
        self.show();
    }

    fn time_ms(&self) -> u32 {
        let ms = self.timeline.present().now().as_nanos() / 1_000_000;
        u32::try_from(ms).unwrap_or(u32::MAX)
    }

    fn svg(&mut self) -> String {
        F::picture(&mut self.scene).svg()
    }

    fn nodes(&mut self) -> String {
        F::picture(&mut self.scene).nodes()
    }

    fn frame(&mut self, changes: &mut Vec<u8>) {
        F::picture(&mut self.scene).frame(changes);
    }

    fn summary(&self) -> String {
        F::summary(self.timeline.present())
    }

    fn table(&self) -> String {
        F::table(self.timeline.present())
    }

    fn actions(&self) -> String {
        let now = self.timeline.present().now();
        let past: Vec<&Action> = self
            .timeline
            .actions()
            .iter()
            .filter(|action| action.at <= now)
            .collect();
        actions::print(F::CONTROLS, &past)
    }

    fn digest(&self) -> u64 {
        self.timeline.present().digest()
    }
}

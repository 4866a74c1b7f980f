//! One opened figure: its timeline, its picture, and what a host may ask of them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::any::Any;

use scene::Picture;
use scene::control::Control;
use simulation::{Action, Model, Time, Timeline};

use crate::actions;
use crate::figure::Figure;
use crate::living::AnyModel;
use crate::opening::Opening;

/// The longest time that a figure can reach, in milliseconds: ten minutes.
pub const TIME_MS_MAX: u32 = 600_000;

/// An opened figure, whichever it is.
pub struct Run {
    controls: &'static [Control],
    timeline: Timeline<AnyModel>,
    scene: Box<dyn Any>,
    picture: fn(&mut dyn Any) -> Option<&mut Picture>,
}

impl Run {
    /// Opens the figure `F` at time 0.
    ///
    /// # Errors
    /// Says which control, value or action can't be, and what to write instead.
    pub fn open<F: Figure>(opening: &Opening) -> Result<Run, String> {
        let (controls, actions) = wishes(F::CONTROLS, opening)?;
        let model = AnyModel::of::<F>(F::model(opening.seed, &controls));
        let scene = F::scene(opening.id, opening.title, opening.description);
        let mut run = Run {
            controls: F::CONTROLS,
            timeline: Timeline::with_actions(model, actions),
            scene: Box::new(scene),
            picture: |scene| Some(F::picture(scene.downcast_mut()?)),
        };
        run.show();
        Ok(run)
    }

    fn show(&mut self) {
        self.timeline.present().show(&mut *self.scene);
    }

    fn picture(&mut self) -> Option<&mut Picture> {
        (self.picture)(&mut *self.scene)
    }

    /// Gives a control a value at the present time.
    ///
    /// # Errors
    /// Says which control or value is meant and what there is.
    pub fn set(&mut self, control: &str, value: &str) -> Result<(), String> {
        let (number, value) = read(self.controls, control, value)?;
        self.timeline.set(number, value);
        self.show();
        Ok(())
    }

    /// Goes to a time in milliseconds, back or ahead.
    pub fn seek(&mut self, ms: u32) {
        let ms = u64::from(ms.min(TIME_MS_MAX));
        self.timeline.seek(Time::from_millis(ms));
        self.show();
    }

    /// The present time in milliseconds.
    #[must_use]
    pub fn time_ms(&self) -> u32 {
        u32::try_from(self.timeline.now().as_millis()).unwrap_or(u32::MAX)
    }

    /// The whole picture as it is now. Frames then tell what changes from here on.
    pub fn svg(&mut self) -> String {
        let Some(picture) = self.picture() else {
            return String::new();
        };
        picture.forget_changes();
        picture.svg()
    }

    /// Ids of the nodes that frames speak of, an empty line, and the classes.
    pub fn nodes(&mut self) -> String {
        self.picture()
            .map_or_else(String::new, |picture| picture.nodes())
    }

    /// Appends what changed in the picture since it was last asked for.
    pub fn frame(&mut self, changes: &mut Vec<u8>) {
        if let Some(picture) = self.picture() {
            picture.frame(changes);
        }
    }

    /// The present state in one sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        self.timeline.present().summary()
    }

    /// The present state as tab-separated lines.
    #[must_use]
    pub fn table(&self) -> String {
        self.timeline.present().table()
    }

    /// What was done, as `3s:stop=2,7.25s:policy=two-choices`; after going back, with what is still to come.
    #[must_use]
    pub fn actions(&self) -> String {
        actions::print(self.controls, self.timeline.actions())
    }

    /// A digest of the whole state.
    #[must_use]
    pub fn digest(&self) -> u64 {
        self.timeline.present().digest()
    }
}

/// The controls at the start, and what will be done later.
fn wishes(all: &[Control], opening: &Opening) -> Result<(Vec<i32>, Vec<Action>), String> {
    let mut values: Vec<i32> = all.iter().map(Control::default).collect();
    for (name, text) in &opening.controls {
        let (number, value) = read(all, name, text)?;
        values[usize::from(number)] = value;
    }
    Ok((values, actions::parse(all, opening.actions)?))
}

/// The number of a control and the value that a text gives it.
pub(crate) fn read(controls: &[Control], name: &str, text: &str) -> Result<(u16, i32), String> {
    let found = (0_u16..)
        .zip(controls)
        .find(|(_, control)| control.name == name);
    let Some((number, control)) = found else {
        let names: Vec<&str> = controls.iter().map(|control| control.name).collect();
        return Err([
            "there is no control `",
            name,
            "`; there are ",
            &names.join(", "),
        ]
        .concat());
    };
    Ok((number, control.parse(text)?))
}

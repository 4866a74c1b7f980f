//! What a figure is: a model, its controls, its picture and its words.

use alloc::string::String;

use scene::Picture;
use scene::control::Control;
use simulation::Model;

/// A figure of the course. What it does is the lab's; this only names the parts.
pub trait Figure: 'static {
    /// The system in virtual time.
    type Model: Model + 'static;
    /// Its picture.
    type Scene: 'static;

    /// What a chapter calls it: `live = "balancer"`.
    const NAME: &'static str;
    /// Its title, for lists; a chapter gives its own.
    const TITLE: &'static str;
    /// What it shows, for lists and for those who can't see it; a chapter gives its own.
    const DESCRIPTION: &'static str;
    /// What a reader may change, in the order in which the page shows it. A control's place is its number.
    const CONTROLS: &'static [Control];
    /// How much time Step lets pass, in milliseconds.
    const STEP_MS: u32;
    /// How fast it plays at first, in hundredths of real time.
    const SPEED_PERCENT: u32;

    /// The system at time 0. `controls` has a value for each of [`Self::CONTROLS`], in its range.
    fn model(seed: u64, controls: &[i32]) -> Self::Model;
    /// The picture before anything is shown in it; ids begin with `id`.
    fn scene(id: &str, title: &str, description: &str) -> Self::Scene;
    /// Puts the model's present state into the picture.
    fn show(model: &Self::Model, scene: &mut Self::Scene);
    /// The picture of a scene.
    fn picture(scene: &mut Self::Scene) -> &mut Picture;
    /// The present state in one sentence, with numbers.
    fn summary(model: &Self::Model) -> String;
    /// The present state as tab-separated lines: the caption, the heads of the columns, the rows.
    fn table(model: &Self::Model) -> String;
}

/// Ties a lab's model to its scene. Models, snapshots and scenes have the same methods in every lab.
#[macro_export]
macro_rules! figure {
    ($(#[$what:meta])* $figure:ident of $model:ty, drawn by $scene:ty {
        $($constant:ident: $kind:ty = $value:expr,)*
    }) => {
        $(#[$what])*
        pub struct $figure;

        impl $crate::figure::Figure for $figure {
            type Model = $model;
            type Scene = $scene;

            const CONTROLS: &'static [$crate::Control] = <$model>::CONTROLS;
            $(const $constant: $kind = $value;)*

            fn model(seed: u64, controls: &[i32]) -> Self::Model {
                <$model>::new(seed, controls)
            }

            fn scene(id: &str, title: &str, description: &str) -> Self::Scene {
                <$scene>::new(id, title, description)
            }

            fn show(model: &Self::Model, scene: &mut Self::Scene) {
                scene.show(&model.snapshot());
            }

            fn picture(scene: &mut Self::Scene) -> &mut $crate::Picture {
                scene.picture_mut()
            }

            fn summary(model: &Self::Model) -> $crate::String {
                model.snapshot().summary()
            }

            fn table(model: &Self::Model) -> $crate::String {
                model.snapshot().table()
            }
        }
    };
}

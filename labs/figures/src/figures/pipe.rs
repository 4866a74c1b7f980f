//! The pipe. The home page and chapter 1: the narrowest stage decides.

use alloc::string::String;

use ::scene::Picture;
use ::scene::control::Control;
use bottleneck::model::PipeModel;
use bottleneck::scene;

use crate::figure::Figure;

/// See the module.
pub(crate) struct Pipe;

impl Figure for Pipe {
    type Model = PipeModel;
    type Scene = scene::Pipe;

    const NAME: &'static str = "pipe";
    const TITLE: &'static str = "The pipe";
    const DESCRIPTION: &'static str = "Requests flow through three stages; each is as wide as what it can finish in a second. They pile up in front of the narrowest.";
    const CONTROLS: &'static [Control] = PipeModel::CONTROLS;
    const STEP_MS: u32 = 50;
    const SPEED_PERCENT: u32 = 10;

    fn model(seed: u64, controls: &[i32]) -> Self::Model {
        PipeModel::new(seed, controls)
    }

    fn scene(id: &str, title: &str, description: &str) -> Self::Scene {
        scene::Pipe::new(id, title, description)
    }

    fn show(model: &Self::Model, scene: &mut Self::Scene) {
        scene.show(&model.snapshot());
    }

    fn picture(scene: &mut Self::Scene) -> &mut Picture {
        scene.picture_mut()
    }

    fn summary(model: &Self::Model) -> String {
        model.snapshot().summary()
    }

    fn table(model: &Self::Model) -> String {
        model.snapshot().table()
    }
}

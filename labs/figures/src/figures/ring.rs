//! The ring. Chapter 3: which keys move when a server comes or goes.

use alloc::string::String;

use ::scene::Picture;
use ::scene::control::Control;
use load_balancer::model::RingModel;
use load_balancer::scene;

use crate::figure::Figure;

/// See the module.
pub(crate) struct Ring;

impl Figure for Ring {
    type Model = RingModel;
    type Scene = scene::Ring;

    const NAME: &'static str = "ring";
    const TITLE: &'static str = "The ring";
    const DESCRIPTION: &'static str = "Keys stand on a ring; each belongs to the next server clockwise. When a server comes or goes, some keys get another server.";
    const CONTROLS: &'static [Control] = RingModel::CONTROLS;
    const STEP_MS: u32 = 250;
    const SPEED_PERCENT: u32 = 50;

    fn model(seed: u64, controls: &[i32]) -> Self::Model {
        RingModel::new(seed, controls)
    }

    fn scene(id: &str, title: &str, description: &str) -> Self::Scene {
        scene::Ring::new(id, title, description)
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

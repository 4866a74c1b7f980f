//! Noticing the dead. Chapter 3: probes, failed requests, and how long a death goes unnoticed.

use alloc::string::String;

use ::scene::Picture;
use ::scene::control::Control;
use load_balancer::model::DetectionModel;
use load_balancer::scene;

use crate::figure::Figure;

/// See the module.
pub(crate) struct Detection;

impl Figure for Detection {
    type Model = DetectionModel;
    type Scene = scene::Detection;

    const NAME: &'static str = "detection";
    const TITLE: &'static str = "Noticing the dead";
    const DESCRIPTION: &'static str = "A balancer sends requests and probes to four servers. Below, the last thirty seconds of each server: when it died, which probes and requests failed, when it was taken out.";
    const CONTROLS: &'static [Control] = DetectionModel::CONTROLS;
    const STEP_MS: u32 = 250;
    const SPEED_PERCENT: u32 = 100;

    fn model(seed: u64, controls: &[i32]) -> Self::Model {
        DetectionModel::new(seed, controls)
    }

    fn scene(id: &str, title: &str, description: &str) -> Self::Scene {
        scene::Detection::new(id, title, description)
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

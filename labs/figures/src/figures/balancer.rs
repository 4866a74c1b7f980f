//! Who gets the next request? Chapter 3: policies, slow servers, stopped servers.

use alloc::string::String;

use ::scene::Picture;
use ::scene::control::Control;
use load_balancer::model::BalancerModel;
use load_balancer::scene;

use crate::figure::Figure;

/// See the module.
pub(crate) struct Balancer;

impl Figure for Balancer {
    type Model = BalancerModel;
    type Scene = scene::Balancer;

    const NAME: &'static str = "balancer";
    const TITLE: &'static str = "Who gets the next request?";
    const DESCRIPTION: &'static str = "Requests run from the clients through a load balancer to four servers. Each server shows how busy it is, and its line.";
    const CONTROLS: &'static [Control] = BalancerModel::CONTROLS;
    const STEP_MS: u32 = 50;
    const SPEED_PERCENT: u32 = 10;

    fn model(seed: u64, controls: &[i32]) -> Self::Model {
        BalancerModel::new(seed, controls)
    }

    fn scene(id: &str, title: &str, description: &str) -> Self::Scene {
        scene::Balancer::new(id, title, description)
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

//! The figures, each by what it is called and by the lab's parts that it puts together.

use alloc::string::String;

use ::scene::Picture;
use ::scene::control::Control;
use bottleneck::{model as pipe_model, scene as pipe_scene};
use load_balancer::{model, scene};

use crate::figure::Figure;

/// Ties a lab's model to its scene. Models, snapshots and scenes have the same methods in every lab.
macro_rules! figure {
    ($(#[$what:meta])* $figure:ident of $model:ty, drawn by $scene:ty {
        $($constant:ident: $kind:ty = $value:expr,)*
    }) => {
        $(#[$what])*
        pub(crate) struct $figure;

        impl Figure for $figure {
            type Model = $model;
            type Scene = $scene;

            const CONTROLS: &'static [Control] = <$model>::CONTROLS;
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
    };
}

figure! {
    /// Home page and chapter 1: the narrowest stage decides.
    Pipe of pipe_model::PipeModel, drawn by pipe_scene::Pipe {
        NAME: &'static str = "pipe",
        TITLE: &'static str = "The pipe",
        DESCRIPTION: &'static str = "Requests flow through three stages; each is as wide as what it can finish in a second. They pile up in front of the narrowest.",
        STEP_MS: u32 = 50,
        SPEED_PERCENT: u32 = 10,
    }
}

figure! {
    /// Chapter 3: policies, slow servers, stopped servers.
    Balancer of model::BalancerModel, drawn by scene::Balancer {
        NAME: &'static str = "balancer",
        TITLE: &'static str = "Who gets the next request?",
        DESCRIPTION: &'static str = "Requests run from the clients through a load balancer to four servers. Each server shows how busy it is, and its line.",
        STEP_MS: u32 = 50,
        SPEED_PERCENT: u32 = 10,
    }
}

figure! {
    /// Chapter 3: probes, failed requests, and how long a death goes unnoticed.
    Detection of model::DetectionModel, drawn by scene::Detection {
        NAME: &'static str = "detection",
        TITLE: &'static str = "Noticing the dead",
        DESCRIPTION: &'static str = "A balancer sends requests and probes to four servers. Below, the last thirty seconds of each server: when it died, which probes and requests failed, when it was taken out.",
        STEP_MS: u32 = 250,
        SPEED_PERCENT: u32 = 100,
    }
}

figure! {
    /// Chapter 3: which keys move when a server comes or goes.
    Ring of model::RingModel, drawn by scene::Ring {
        NAME: &'static str = "ring",
        TITLE: &'static str = "The ring",
        DESCRIPTION: &'static str = "Keys stand on a ring; each belongs to the next server clockwise. When a server comes or goes, some keys get another server.",
        STEP_MS: u32 = 250,
        SPEED_PERCENT: u32 = 50,
    }
}

//! The pictures at their start, busy, broken and at their longest.

mod balancer;
mod detection;

use load_balancer::snapshot;

/// Leaves a picture in the folder that SCENE_PICTURES names, for whoever wants to look at it.
fn keep(name: &str, svg: &str) {
    if let Some(folder) = std::env::var_os("SCENE_PICTURES") {
        std::fs::write(
            std::path::Path::new(&folder)
                .join(name)
                .with_extension("svg"),
            svg,
        )
        .unwrap();
    }
}

fn traveller(pipe: u8, progress: u16) -> snapshot::Traveller {
    snapshot::Traveller {
        pipe,
        progress,
        is_lost: false,
        is_probe: false,
    }
}

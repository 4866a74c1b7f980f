//! The pictures at their start, busy, broken and at their longest: every label in its place, and a page that only ever got
//! frames shows the same.

#[path = "../../../scene/tests/page/mod.rs"]
mod page;

mod balancer;
mod detection;
mod lines;
mod ring;

use load_balancer::snapshot;
use page::{Page, labels::label_problems};
use scene::Picture;

/// Shows every moment after every other. A page follows by frames; labels are measured at each. SCENE_PICTURES names a
/// folder in which the pictures are left for whoever wants to look at them.
fn follow<S, M>(
    (name, mut scene): (&str, S),
    moments: &[(&str, M)],
    show: impl Fn(&mut S, &M),
    picture: impl Fn(&mut S) -> &mut Picture,
) {
    let names = picture(&mut scene).nodes();
    let mut page = Page::read(&picture(&mut scene).svg());
    let mut frame = Vec::new();
    for (before, first) in moments {
        for (after, second) in moments {
            for moment in [first, second] {
                show(&mut scene, moment);
                frame.clear();
                picture(&mut scene).frame(&mut frame);
                page.apply(&names, &frame);
            }
            let svg = picture(&mut scene).svg();
            assert_eq!(page, Page::read(&svg), "{name}: {before}, then {after}");
            let problems = label_problems(&page);
            assert!(problems.is_empty(), "{name}, {after}: {problems:#?}");
            if let Some(folder) = std::env::var_os("SCENE_PICTURES") {
                let file = std::path::Path::new(&folder).join(format!("{name}-{after}.svg"));
                std::fs::write(file, svg).expect("the folder is there");
            }
        }
    }
}

/// How many nodes the frame from one moment to the next moves at most.
fn moves_in_frame(picture: &mut Picture, page: &mut Page) -> usize {
    let names = picture.nodes();
    let mut frame = Vec::new();
    picture.frame(&mut frame);
    page.apply(&names, &frame).1
}

fn traveller(pipe: u8, progress: u16) -> snapshot::Traveller {
    snapshot::Traveller {
        pipe,
        progress,
        is_lost: false,
        is_probe: false,
    }
}

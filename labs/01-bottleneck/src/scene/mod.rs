//! The chain as a pipe as wide as each stage carries, requests as dots in it, and those that wait piled up
//! before the stage that they wait for.

mod plan;
mod stage;

use alloc::string::String;
use alloc::vec::Vec;

use scene::{
    Dots, Element, Label, Node, Picture, Setting, Words, push_count, push_milliseconds, push_whole,
    units,
};
use simulation::Duration;

use crate::snapshot;
use plan::Plan;
use stage::Stage;

/// What the picture has stages for.
const STAGES: usize = 4;
/// Dots for requests on their way, and for those that wait: a frame moves at most 300 nodes.
const FLOWING: usize = 200;
const WAITING: usize = 88;
const SIZE: (i32, i32) = (448, 250);

/// The picture of [`snapshot::Chain`].
#[derive(Debug, Clone)]
pub struct Pipe {
    picture: Picture,
    plan: Plan,
    outline: Node,
    edges: [Node; 2],
    stages: Vec<Stage>,
    flowing: Dots,
    waiting: Dots,
    arriving: Label,
    leaving: Label,
    latency: Label,
    refused: Label,
    text: String,
}

impl Pipe {
    /// Draws it, without stages. All ids start with `id`.
    #[must_use]
    pub fn new(id: &str, title: &str, description: &str) -> Self {
        let words = Words {
            id,
            title,
            description,
        };
        let mut picture = Picture::new(words, SIZE);
        let outline = Element::new("polygon", "f-pipe s-rule").stroke(1);
        let outline = picture.node("pipe", outline.fixed("stroke-linejoin", "round"));
        let waiting = Element::new("circle", "f-wait").length("r", plan::RADIUS);
        let waiting = Dots::new(&mut picture, "waiting", WAITING, &waiting);
        let flowing = Element::new("circle", "f-flow").length("r", plan::RADIUS);
        let flowing = Dots::new(&mut picture, "dot", FLOWING, &flowing);
        let edge = Element::new("polyline", "s-hot").outline(units(2));
        let edges = ["upper-edge", "lower-edge"].map(|id| picture.node(id, edge.clone()));
        let stages = (0..STAGES).map(|index| Stage::new(&mut picture, index));
        let stages = stages.collect();
        let mut row = |name, words, (x, y): (i32, i32)| {
            let at = (units(x), units(y));
            picture.draw(&Setting::muted(at, units(110)).element(words));
            let number = Setting::number((at.0 + units(196), at.1), units(76)).end();
            Label::new(&mut picture, name, number, "–")
        };
        Self {
            arriving: row("arriving", "come in", (8, 222)),
            leaving: row("leaving", "come out", (244, 222)),
            latency: row("latency", "half take at most", (8, 241)),
            refused: row("refused", "turned away", (244, 241)),
            plan: Plan::default(),
            outline,
            edges,
            stages,
            flowing,
            waiting,
            text: String::new(),
            picture,
        }
    }

    /// The picture.
    #[must_use]
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    /// The picture, to take its frames.
    pub const fn picture_mut(&mut self) -> &mut Picture {
        &mut self.picture
    }

    /// Shows a moment.
    pub fn show(&mut self, now: &snapshot::Chain) {
        let stages = &now.stages[..now.stages.len().min(STAGES)];
        if self.plan.fit(stages) {
            self.picture.set_points(self.outline, self.plan.outline());
        }
        let narrowest = usize::from(now.narrowest);
        let edges = self.plan.edges(narrowest);
        for (edge, points) in self.edges.iter().zip(&edges) {
            self.picture.set_points(*edge, points);
        }
        for (index, drawn) in self.stages.iter().enumerate() {
            let stage = stages.get(index);
            let left = self.plan.middle(index);
            drawn.show(&mut self.picture, (stage, left), &mut self.text);
            drawn.set_hot(&mut self.picture, index == narrowest);
        }
        self.show_waiting(stages);
        self.show_flowing(now);
        self.show_numbers(now);
    }

    fn show_waiting(&mut self, stages: &[snapshot::Stage]) {
        self.waiting.start();
        self.plan.pile(stages, WAITING as u32);
        let words = if self.plan.has_room_for_words() {
            " wait"
        } else {
            ""
        };
        for (index, drawn) in self.stages.iter().enumerate() {
            for place in self.plan.piled(index) {
                self.waiting.put(&mut self.picture, place);
            }
            let waiting = stages.get(index).map_or(0, |stage| stage.waiting);
            self.text.clear();
            if waiting > 0 {
                push_count(&mut self.text, u64::from(waiting));
                self.text.push_str(words);
            }
            drawn.show_waiting(&mut self.picture, (&self.text, self.plan.pile_end(index)));
        }
        self.waiting.finish(&mut self.picture);
    }

    fn show_flowing(&mut self, now: &snapshot::Chain) {
        self.flowing.start();
        for traveller in &now.travellers {
            if let Some(place) = self.plan.place(traveller) {
                self.flowing.put(&mut self.picture, place);
            }
        }
        self.flowing.finish(&mut self.picture);
    }

    fn show_numbers(&mut self, now: &snapshot::Chain) {
        for (label, rate) in [
            (&self.arriving, now.arriving_per_s),
            (&self.leaving, now.leaving_per_s),
        ] {
            self.text.clear();
            push_count(&mut self.text, u64::from(rate));
            self.text.push_str(" /s");
            label.set(&mut self.picture, &self.text);
        }
        self.text.clear();
        let nanos = now.latency_p50.map(Duration::as_nanos);
        push_milliseconds(&mut self.text, nanos);
        self.latency.set(&mut self.picture, &self.text);
        self.text.clear();
        push_count(&mut self.text, now.refused);
        self.refused.set(&mut self.picture, &self.text);
    }
}

/// The id of a part of a stage.
fn id(stage: usize, part: &str) -> String {
    let mut id = String::from("stage-");
    push_whole(&mut id, stage as u64 + 1);
    id.push_str(part);
    id
}

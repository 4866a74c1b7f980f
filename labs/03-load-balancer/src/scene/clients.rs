//! The clients, and the pipe that their requests share.

use alloc::string::String;

use scene::{Element, Label, Picture, Pipe, Point, Route, Setting, push_count, units};

/// Four clients and the pipe from them.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub inlet: Pipe,
    rate: Label,
    text: String,
}

/// Where they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The height at which the pipe runs.
    pub middle: i32,
    /// Half the height from one client to the next.
    pub spacing: i32,
    /// Where the pipe ends.
    pub end: i32,
    /// Where the words below the clients stand.
    pub words: i32,
}

impl Clients {
    pub(super) fn new(picture: &mut Picture, place: Place) -> Self {
        let start = (units(48), place.middle);
        for step in [-3, -1, 1, 3] {
            let y = place.middle + step * place.spacing;
            let bends = [(units(40), y), (units(40), place.middle)];
            let way = Route::from((units(23), y)).curve(bends, start);
            let line = Element::new("path", "s-pipe").fixed("d", way.path());
            picture.draw(&line.outline(150));
            let client = Element::circle("f-card s-ink", (units(16), y), units(8));
            picture.draw(&client.length("stroke-width", 125));
        }
        let inlet = Route::from(start).line((place.end, place.middle));
        let at = (units(8), place.words);
        picture.draw(&Setting::muted(at, units(90)).element("clients"));
        let rate = Setting::number((at.0, at.1 + units(17)), units(96));
        Self {
            inlet: Pipe::new(picture, "inlet", inlet, units(14)),
            rate: Label::new(picture, "rate", rate.class("label mono f-muted"), ""),
            text: String::new(),
        }
    }

    /// Shows how many requests they send.
    pub(super) fn set_rate(&mut self, picture: &mut Picture, rate_per_s: u32) {
        self.text.clear();
        push_count(&mut self.text, u64::from(rate_per_s));
        self.text.push_str(" req/s");
        self.rate.set(picture, &self.text);
    }

    /// The place of a request between them and the balancer.
    pub(super) fn place(&self, progress: u16) -> Point {
        self.inlet.at(progress, 0)
    }
}

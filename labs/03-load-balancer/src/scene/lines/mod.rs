//! One line or many, as a picture: the same requests run to two halves of four servers. Above they stand in one line, below
//! in a line at each server. Under both, how long an answer takes on average.

mod half;
mod mean;
mod pipes;

use alloc::string::String;

use scene::{Dots, Element, Picture, Setting, Words, units};

use super::clients::{Clients, Place};
use super::desk::{self, Desk};
use super::looks;
use crate::snapshot;
use half::Half;
use pipes::{CLIENTS, DOOR, FORK, SERVERS, middle, pipes};

const SIZE: (i32, i32) = (448, 334);
/// Dots for requests on their way; each is seen twice, once for each half.
const DOTS: usize = 60;

/// The picture of [`snapshot::Lines`].
#[derive(Debug, Clone)]
pub struct Lines {
    picture: Picture,
    clients: Clients,
    desk: Desk,
    dots: Dots,
    working: Dots,
    halves: [Half; 2],
    text: String,
}

impl Lines {
    /// Draws it, with nothing on its way. All ids start with `id`.
    #[must_use]
    pub fn new(id: &str, title: &str, description: &str) -> Self {
        let words = Words {
            id,
            title,
            description,
        };
        let mut picture = Picture::new(words, SIZE);
        let place = Place {
            middle: CLIENTS,
            spacing: units(14),
            end: FORK,
            words: CLIENTS + units(66),
        };
        let clients = Clients::new(&mut picture, place);
        for half in 0..2 {
            pipes(&mut picture, half);
        }
        let dots = Dots::new(&mut picture, "dot", DOTS, &looks::request());
        let corner = (DOOR, middle(1) - desk::SIZE.1 / 2);
        let desk = Desk::new(&mut picture, corner);
        let halves = [0, 1].map(|half| Half::new(&mut picture, half));
        legend(&mut picture);
        Self {
            working: Dots::new(&mut picture, "working", 2 * SERVERS, &looks::request()),
            clients,
            desk,
            dots,
            halves,
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
    pub fn show(&mut self, now: &snapshot::Lines) {
        let picture = &mut self.picture;
        self.desk.set(picture, now.policy);
        self.clients.set_rate(picture, now.rate_per_s);
        self.dots.start();
        self.working.start();
        for (drawn, half) in self.halves.iter_mut().zip(&now.halves) {
            drawn.show(picture, (now, half), &mut self.text);
            for place in drawn.works(half) {
                self.working.put(picture, place);
            }
            for progress in now.travellers.iter().take(DOTS / 2) {
                self.dots.put(picture, drawn.place(*progress));
            }
        }
        self.dots.finish(picture);
        self.working.finish(picture);
    }
}

/// The words that never change, and what the colours of the bars mean.
fn legend(picture: &mut Picture) {
    for (x, y, words) in [
        (226, 17, "waiting beside an idle server"),
        (226, 153, "waiting beside an idle server"),
        (8, 285, "time to the answer, in lengths of the work"),
        (343, 285, "work"),
        (393, 285, "waiting"),
        (8, 306, "one line"),
        (8, 325, "a line each"),
    ] {
        let place = (units(x), units(y));
        picture.draw(&Setting::muted(place, units(300)).element(words));
    }
    for (x, class) in [(330, "f-flow"), (380, "f-wait")] {
        let corner = (units(x), units(276));
        picture.draw(&Element::rectangle(class, corner, (units(9), units(9))));
    }
}

//! Who gets the next request, as a picture: clients, the balancer, four servers with their lines, and how long answers
//! take.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{
    Axes, Bars, Condition, Dots, Label, Line, Machine, Picture, Pipe, Plate, Point, Queue, Route,
    Setting, Showing, Words, push_count, push_milliseconds, push_whole, units,
};
use simulation::Duration;

use super::clients::{Clients, Place};
use super::desk::{self, Desk};
use super::looks;
use crate::snapshot::{self, ServerState};

const SIZE: (i32, i32) = (448, 350);
/// What the picture has servers for.
const SERVERS: usize = 4;
/// Dots for requests on their way; with those that are lost a frame moves fewer than 300 nodes.
const DOTS: usize = 200;
const LOST: usize = 40;
const MIDDLE: i32 = units(132);
const BALANCER: Point = (units(102), MIDDLE - desk::SIZE.1 / 2);
const SERVER_LEFT: i32 = units(332);
const SERVER_SIZE: Point = (units(112), units(46));
const SERVER_STEP: i32 = units(66);
const SERVER_TOP: i32 = units(10);
const QUEUE_ROOM: u32 = 8;

/// The picture of [`snapshot::Balancer`].
#[derive(Debug, Clone)]
pub struct Balancer {
    picture: Picture,
    clients: Clients,
    desk: Desk,
    servers: Vec<Server>,
    dots: Dots,
    lost: Dots,
    results: Results,
}

#[derive(Debug, Clone)]
struct Server {
    pipe: Pipe,
    machine: Machine,
    queue: Queue,
}

/// What came of the requests.
#[derive(Debug, Clone)]
struct Results {
    answered: Label,
    failed: Label,
    latency: Label,
    history: Bars,
    text: String,
}

impl Balancer {
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
            middle: MIDDLE,
            spacing: units(18),
            end: BALANCER.0,
            words: units(214),
        };
        let clients = Clients::new(&mut picture, place);
        let pipes: Vec<Pipe> = (0..SERVERS)
            .map(|index| pipe(&mut picture, index))
            .collect();
        let dots = Dots::new(&mut picture, "dot", DOTS, &looks::request());
        let lost = Dots::new(&mut picture, "lost", LOST, &looks::lost());
        let desk = Desk::new(&mut picture, BALANCER);
        let servers = pipes.into_iter().enumerate();
        let servers = servers.map(|(index, pipe)| server(&mut picture, index, pipe));
        Self {
            servers: servers.collect(),
            results: results(&mut picture),
            clients,
            desk,
            dots,
            lost,
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
    pub fn show(&mut self, now: &snapshot::Balancer) {
        self.desk.set(&mut self.picture, now.policy);
        self.clients.set_rate(&mut self.picture, now.rate_per_s);
        let hottest = hottest(&now.servers);
        for (index, (drawn, server)) in self.servers.iter_mut().zip(&now.servers).enumerate() {
            drawn.show(&mut self.picture, server, hottest == Some(index));
        }
        self.show_travellers(now);
        self.results.show(&mut self.picture, now);
    }

    fn show_travellers(&mut self, now: &snapshot::Balancer) {
        self.dots.start();
        self.lost.start();
        for traveller in &now.travellers {
            let place = match usize::from(traveller.pipe).checked_sub(1) {
                None => self.clients.place(traveller.progress),
                Some(server) => match self.servers.get(server) {
                    Some(server) => server.place(traveller.progress),
                    None => continue,
                },
            };
            let dots = if traveller.is_lost {
                &mut self.lost
            } else {
                &mut self.dots
            };
            dots.put(&mut self.picture, place);
        }
        self.dots.finish(&mut self.picture);
        self.lost.finish(&mut self.picture);
    }
}

impl Results {
    fn show(&mut self, picture: &mut Picture, now: &snapshot::Balancer) {
        for (label, count) in [(&self.answered, now.answered), (&self.failed, now.failed)] {
            self.text.clear();
            push_count(&mut self.text, count);
            label.set(picture, &self.text);
        }
        self.text.clear();
        let nanos = now.latency_p99.map(Duration::as_nanos);
        push_milliseconds(&mut self.text, nanos);
        self.latency.set(picture, &self.text);
        self.history.set(picture, &now.history_p99_ms);
    }
}

impl Server {
    fn place(&self, progress: u16) -> Point {
        self.pipe.at(progress, self.queue.length() + units(4))
    }

    fn show(&mut self, picture: &mut Picture, server: &snapshot::Server, is_hot: bool) {
        self.pipe.set_used(picture, server.in_rotation);
        self.queue.set(picture, server.waiting);
        let condition = match server.state {
            ServerState::Running => Condition::Running,
            ServerState::Slow => Condition::Slow,
            ServerState::Stopped => Condition::Down,
        };
        let showing = Showing {
            condition,
            is_hot,
            percent: server.utilisation_percent,
            word: if server.in_rotation { "" } else { "out" },
        };
        self.machine.set(picture, &showing);
    }
}

/// The one server that requests wait behind most: always busy, and with the longest line.
fn hottest(servers: &[snapshot::Server]) -> Option<usize> {
    let is_full = |server: &snapshot::Server| {
        server.state != ServerState::Stopped
            && server.utilisation_percent >= 100
            && server.waiting > 0
    };
    let servers = servers.iter().enumerate();
    let full = servers.filter(|(_, server)| is_full(server));
    let longest = full.max_by_key(|(index, server)| (server.waiting, usize::MAX - index));
    longest.map(|(index, _)| index)
}

fn results(picture: &mut Picture) -> Results {
    for (words, y) in [("answered", 302), ("failed", 322)] {
        picture.draw(&Setting::muted((units(8), units(y)), units(66)).element(words));
    }
    let count = |y| Setting::number((units(78), units(y)), units(50));
    let right = units(444);
    let words = Setting::muted((units(196), units(282)), units(158));
    picture.draw(&words.element("99 of 100 answers within"));
    let latency = Setting::number((right, units(282)), units(76)).end();
    let axes = Axes {
        corner: (units(262), units(296)),
        size: (units(180), units(36)),
        bars: 30,
        unit: " ms",
        top_min: 100,
        room: units(76),
    };
    Results {
        answered: Label::new(picture, "answered", count(302), "0"),
        failed: Label::new(picture, "failed", count(322), "0"),
        latency: Label::new(picture, "latency", latency, "–"),
        history: Bars::new(picture, "history", axes),
        text: String::new(),
    }
}

/// The middle of a server's box, from above.
fn server_middle(index: usize) -> i32 {
    SERVER_TOP + index as i32 * SERVER_STEP + SERVER_SIZE.1 / 2
}

fn pipe(picture: &mut Picture, index: usize) -> Pipe {
    let y = server_middle(index);
    let right = BALANCER.0 + desk::SIZE.0;
    let route = Route::from((right, MIDDLE))
        .level_curve((right + units(60), y))
        .line((SERVER_LEFT, y));
    let mut name = String::from("pipe-");
    push_whole(&mut name, index as u64 + 1);
    Pipe::new(picture, &name, route, units(9))
}

fn server(picture: &mut Picture, index: usize, pipe: Pipe) -> Server {
    let number = index as u64 + 1;
    let mut title = String::from("server ");
    push_whole(&mut title, number);
    let mut name = String::from("server-");
    push_whole(&mut name, number);
    let y = server_middle(index);
    let plate = Plate {
        title: &title,
        corner: (SERVER_LEFT, y - SERVER_SIZE.1 / 2),
        size: SERVER_SIZE,
    };
    let machine = Machine::new(picture, &name, &plate);
    name.push_str("-waiting");
    // On the side from which the pipe does not come.
    let beside = if y < MIDDLE { -units(9) } else { units(18) };
    let number = Setting::number((SERVER_LEFT - units(6), y + beside), units(50));
    let line = Line {
        head: (SERVER_LEFT - units(7), y),
        room: QUEUE_ROOM,
        number: number.class("label mono f-wait").end(),
    };
    Server {
        pipe,
        machine,
        queue: Queue::new(picture, &name, line),
    }
}

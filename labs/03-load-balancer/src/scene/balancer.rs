//! Who gets the next request, as a picture: clients, the balancer, four servers with their lines.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{
    Condition, Dots, Element, Label, Line, Machine, Picture, Pipe, Plate, Point, Queue, Route,
    Setting, Showing, Words, push_count, push_whole, text, units,
};

use crate::snapshot::{self, ServerState};

const SIZE: (i32, i32) = (448, 344);
/// What the picture has servers for.
const SERVERS: usize = 4;
/// Dots for requests on their way; with those that wait in line a frame moves fewer than 300 nodes.
const DOTS: usize = 200;
const MIDDLE: i32 = units(132);
const BALANCER: (Point, Point) = ((units(102), MIDDLE - units(30)), (units(98), units(60)));
const SERVER_LEFT: i32 = units(332);
const SERVER_SIZE: Point = (units(112), units(46));
const SERVER_STEP: i32 = units(66);
const SERVER_TOP: i32 = units(10);
const QUEUE_ROOM: u32 = 8;

/// The picture of [`snapshot::Balancer`].
#[derive(Debug, Clone)]
pub struct Balancer {
    picture: Picture,
    inlet: Pipe,
    policy: [Label; 2],
    rate: Label,
    servers: Vec<Server>,
    dots: Dots,
    lost: Dots,
    answered: Label,
    failed: Label,
    text: String,
    policy_shown: &'static str,
}

#[derive(Debug, Clone)]
struct Server {
    pipe: Pipe,
    machine: Machine,
    queue: Queue,
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
        let rate = clients(&mut picture);
        let inlet = Route::from((units(48), MIDDLE)).line((BALANCER.0.0, MIDDLE));
        let inlet = Pipe::new(&mut picture, "inlet", inlet, units(14));
        let pipes: Vec<Pipe> = (0..SERVERS)
            .map(|index| pipe(&mut picture, index))
            .collect();
        let look = Element::new("circle", "f-flow").length("r", 350);
        let dots = Dots::new(&mut picture, "dot", DOTS, &look);
        let look = Element::new("circle", "f-card s-fail")
            .length("r", 275)
            .length("stroke-width", 150);
        let lost = Dots::new(&mut picture, "lost", 30, &look);
        let policy = balancer(&mut picture);
        let servers = pipes.into_iter().enumerate();
        let servers = servers.map(|(index, pipe)| server(&mut picture, index, pipe));
        let servers = servers.collect();
        let number = |y| Setting::number((units(76), y), units(50));
        picture.draw(&Setting::muted((units(8), units(300)), units(66)).element("answered"));
        picture.draw(&Setting::muted((units(8), units(320)), units(66)).element("failed"));
        Self {
            inlet,
            policy,
            rate,
            servers,
            dots,
            lost,
            answered: Label::new(&mut picture, "answered", number(units(300)), "0"),
            failed: Label::new(&mut picture, "failed", number(units(320)), "0"),
            text: String::new(),
            policy_shown: "",
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
        self.show_policy(now.policy);
        self.text.clear();
        push_count(&mut self.text, u64::from(now.rate_per_s));
        self.text.push_str(" req/s");
        self.rate.set(&mut self.picture, &self.text);
        let hottest = hottest(&now.servers);
        for (index, (drawn, server)) in self.servers.iter_mut().zip(&now.servers).enumerate() {
            drawn.show(&mut self.picture, server, hottest == Some(index));
        }
        self.show_travellers(now);
        self.show_count(now);
    }

    fn show_policy(&mut self, policy: &'static str) {
        if policy == self.policy_shown {
            return;
        }
        self.policy_shown = policy;
        let lines = text::wrap(policy, text::Face::Regular, (BALANCER.1.0 - units(12), 2));
        for (index, label) in self.policy.iter().enumerate() {
            let line = lines.get(index).map_or("", String::as_str);
            label.set(&mut self.picture, line);
        }
    }

    fn show_travellers(&mut self, now: &snapshot::Balancer) {
        self.dots.start();
        self.lost.start();
        for traveller in &now.travellers {
            let place = match usize::from(traveller.pipe).checked_sub(1) {
                None => self.inlet.at(traveller.progress, units(4)),
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

    fn show_count(&mut self, now: &snapshot::Balancer) {
        for (label, count) in [(&self.answered, now.answered), (&self.failed, now.failed)] {
            self.text.clear();
            push_count(&mut self.text, count);
            label.set(&mut self.picture, &self.text);
        }
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

/// The one server that the others' requests wait behind: always busy, and with the longest line.
fn hottest(servers: &[snapshot::Server]) -> Option<usize> {
    let is_full = |server: &snapshot::Server| {
        server.state != ServerState::Stopped
            && server.utilisation_percent >= 100
            && server.waiting > 0
    };
    let full = servers
        .iter()
        .enumerate()
        .filter(|(_, server)| is_full(server));
    let longest = full.max_by_key(|(index, server)| (server.waiting, usize::MAX - index));
    longest.map(|(index, _)| index)
}

fn clients(picture: &mut Picture) -> Label {
    for step in [-3, -1, 1, 3] {
        let y = MIDDLE + step * units(18);
        let way = Route::from((units(23), y))
            .curve([(units(40), y), (units(40), MIDDLE)], (units(48), MIDDLE));
        let line = Element::new("path", "s-pipe")
            .fixed("d", way.path())
            .outline(150);
        picture.draw(&line);
        let client = Element::circle("f-card s-ink", (units(16), y), units(8));
        picture.draw(&client.length("stroke-width", 125));
    }
    picture.draw(&Setting::muted((units(8), units(212)), units(90)).element("clients"));
    let rate = Setting::number((units(8), units(230)), units(96));
    Label::new(picture, "rate", rate.class("label mono f-muted"), "0 req/s")
}

fn balancer(picture: &mut Picture) -> [Label; 2] {
    let (corner, size) = BALANCER;
    let frame = Element::rectangle("f-bg s-ink", corner, size).round(units(8));
    picture.draw(&frame.length("stroke-width", 175));
    let centre = corner.0 + size.0 / 2;
    let name = Setting::name((centre, corner.1 + units(20)), size.0 - units(8)).middle();
    picture.draw(&name.element("load balancer"));
    let line = |y| Setting::muted((centre, corner.1 + y), size.0 - units(12)).middle();
    [
        Label::new(picture, "policy", line(units(37)), ""),
        Label::new(picture, "policy-more", line(units(52)), ""),
    ]
}

/// The middle of a server's box, from above.
fn server_middle(index: usize) -> i32 {
    SERVER_TOP + index as i32 * SERVER_STEP + SERVER_SIZE.1 / 2
}

fn pipe(picture: &mut Picture, index: usize) -> Pipe {
    let y = server_middle(index);
    let right = BALANCER.0.0 + BALANCER.1.0;
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
    let line = Line {
        head: (SERVER_LEFT - units(7), y),
        room: QUEUE_ROOM,
        number: Setting::number((SERVER_LEFT - units(6), y + beside), units(50))
            .class("label mono f-wait")
            .end(),
    };
    Server {
        pipe,
        machine,
        queue: Queue::new(picture, &name, line),
    }
}

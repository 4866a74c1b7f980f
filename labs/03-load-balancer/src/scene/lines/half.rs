//! Four servers with their line or lines.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{Casing, Class, Label, Line, Picture, Point, Queue, Route, Setting, push_whole, units};

use super::mean::Mean;
use super::pipes::{DOOR, HEAD, SERVER_LEFT, SERVERS, middle, server_middle, way};
use crate::snapshot;

const SERVER_SIZE: Point = (units(80), units(21));
/// The way of a request through its server.
const TRACK: (i32, i32) = (units(386), units(431));

/// Four servers with their lines, and what comes of it.
#[derive(Debug, Clone)]
pub(super) struct Half {
    way: Route,
    queues: Vec<Queue>,
    servers: Vec<Server>,
    wasted: Label,
    mean: Mean,
}

#[derive(Debug, Clone)]
struct Server {
    casing: Casing,
    idle: Label,
    looks: [Class; 2],
    middle: i32,
}

impl Half {
    pub(super) fn new(picture: &mut Picture, half: usize) -> Self {
        let top = middle(half) - units(59);
        let (right, room) = (SERVER_LEFT + SERVER_SIZE.0, units(38));
        let title = ["One line", "A line each"][half];
        picture.draw(&Setting::name((DOOR, top), units(100)).element(title));
        let wasted = Setting::number((right, top), room).end();
        let servers = (0..SERVERS).map(|server| Server::new(picture, (half, server)));
        let servers = servers.collect();
        let lines = if half == 0 { 1 } else { SERVERS };
        let queues = (0..lines).map(|line| queue(picture, (half, line)));
        Self {
            way: way(half),
            queues: queues.collect(),
            wasted: Label::new(picture, &numbered("wasted", half), wasted, ""),
            mean: Mean::new(picture, half),
            servers,
        }
    }

    /// Where a request is on its way from the clients.
    pub(super) fn place(&self, progress: u16) -> Point {
        // At one line the way ends where the line does; at many it ends at the balancer.
        let short = match &self.queues[..] {
            [one] => one.length() + units(6),
            _ => 0,
        };
        self.way.at(progress, short)
    }

    /// Where the requests are that are being worked on.
    pub(super) fn works(&self, half: &snapshot::Half) -> impl Iterator<Item = Point> {
        let servers = self.servers.iter().zip(&half.servers);
        servers.filter_map(|(drawn, server)| server.map(|progress| drawn.at(progress)))
    }

    pub(super) fn show(
        &mut self,
        picture: &mut Picture,
        (now, half): (&snapshot::Lines, &snapshot::Half),
        text: &mut String,
    ) {
        self.mean.show(picture, (now, half), text);
        for (queue, waiting) in self.queues.iter_mut().zip(&half.lines) {
            queue.set(picture, *waiting);
        }
        let is_wasting = half.is_wasting();
        for (drawn, server) in self.servers.iter().zip(&half.servers) {
            drawn.show(picture, server.is_none(), is_wasting);
        }
        text.clear();
        push_whole(text, u64::from((half.wasted_permille.min(1_000) + 5) / 10));
        text.push('%');
        self.wasted.set(picture, text);
    }
}

impl Server {
    fn new(picture: &mut Picture, (half, server): (usize, usize)) -> Self {
        let middle = server_middle(half, server);
        let mut id = numbered("server", half * SERVERS + server);
        let corner = (SERVER_LEFT, middle - SERVER_SIZE.1 / 2);
        let casing = Casing::new(picture, &id, (corner, SERVER_SIZE));
        let baseline = middle + units(4);
        let mut number = String::new();
        push_whole(&mut number, server as u64 + 1);
        let at = (SERVER_LEFT + units(9), baseline);
        picture.draw(&Setting::name(at, units(10)).element(&number));
        id.push_str("-idle");
        let idle = Setting::muted((TRACK.1, baseline), units(40)).end();
        Self {
            idle: Label::new(picture, &id, idle, ""),
            looks: [picture.class("label f-muted"), picture.class("label f-hot")],
            casing,
            middle,
        }
    }

    /// A server that is idle while somebody waits is what this picture is about: the one warm thing.
    fn show(&self, picture: &mut Picture, is_idle: bool, is_wasting: bool) {
        let is_hot = is_idle && is_wasting;
        self.casing.set(picture, false, is_hot);
        self.idle
            .set_class(picture, self.looks[usize::from(is_hot)]);
        self.idle.set(picture, if is_idle { "idle" } else { "" });
    }

    fn at(&self, progress: u16) -> Point {
        let gone = (TRACK.1 - TRACK.0) * i32::from(progress.min(1_000)) / 1_000;
        (TRACK.0 + gone, self.middle)
    }
}

/// `name-1` for the first.
pub(super) fn numbered(name: &str, index: usize) -> String {
    let mut id = String::from(name);
    id.push('-');
    push_whole(&mut id, index as u64 + 1);
    id
}

fn queue(picture: &mut Picture, (half, line): (usize, usize)) -> Queue {
    let (right, y, room) = if half == 0 {
        (HEAD, middle(half), 20)
    } else {
        (SERVER_LEFT, server_middle(half, line), 12)
    };
    let number = Setting::number((right - units(4), y - units(7)), units(50));
    let line_of = Line {
        head: (right - units(7), y),
        room,
        number: number.class("label mono f-wait").end(),
    };
    Queue::new(picture, &numbered("line", half + line), line_of)
}

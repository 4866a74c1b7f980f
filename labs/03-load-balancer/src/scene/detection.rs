//! Noticing the dead, as a picture: the balancer asks its servers whether they are well, sends them requests, and is wrong
//! about them for a while. Below, what happened in the last thirty seconds.

use alloc::string::String;
use alloc::vec::Vec;

use scene::{
    Casing, Dots, Label, Picture, Pipe, Point, Route, Setting, Words, push_count, push_tenths,
    push_whole, units,
};
use simulation::Duration;

use super::clients::{Clients, Place};
use super::desk::{self, Desk};
use super::lanes::Lanes;
use super::looks;
use crate::snapshot::{self, Backend};

const SIZE: (i32, i32) = (448, 346);
/// What the picture has servers for.
const SERVERS: usize = 4;
const MIDDLE: i32 = units(76);
const BALANCER: Point = (units(88), MIDDLE - desk::SIZE.1 / 2);
const SERVER_CORNER: Point = (units(246), units(8));
const SERVER_SIZE: Point = (units(196), units(28));
const SERVER_STEP: i32 = units(36);

/// The picture of [`snapshot::Detection`].
#[derive(Debug, Clone)]
pub struct Detection {
    picture: Picture,
    clients: Clients,
    desk: Desk,
    servers: Vec<Server>,
    requests: Dots,
    lost: Dots,
    probes: Dots,
    failed: Label,
    noticed: Label,
    lanes: Lanes,
    text: String,
}

#[derive(Debug, Clone)]
struct Server {
    pipe: Pipe,
    casing: Casing,
    note: Label,
    strikes: Label,
}

impl Detection {
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
            spacing: units(10),
            end: BALANCER.0,
            words: units(130),
        };
        let clients = Clients::new(&mut picture, place);
        let pipes: Vec<Pipe> = (0..SERVERS)
            .map(|index| pipe(&mut picture, index))
            .collect();
        let requests = Dots::new(&mut picture, "dot", 120, &looks::request());
        let lost = Dots::new(&mut picture, "lost", 40, &looks::lost());
        let probes = Dots::new(&mut picture, "probe", 24, &looks::probe());
        let desk = Desk::new(&mut picture, BALANCER);
        let servers = pipes.into_iter().enumerate();
        let servers = servers.map(|(index, pipe)| Server::new(&mut picture, index, pipe));
        let failed = Setting::number((units(112), units(172)), units(50));
        Self {
            servers: servers.collect(),
            failed: Label::new(&mut picture, "failed", failed, "0"),
            noticed: noticed(&mut picture),
            lanes: Lanes::new(&mut picture),
            clients,
            desk,
            requests,
            lost,
            probes,
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
    pub fn show(&mut self, now: &snapshot::Detection) {
        self.desk.set(&mut self.picture, now.checks);
        self.clients.set_rate(&mut self.picture, now.rate_per_s);
        for (drawn, server) in self.servers.iter().zip(&now.servers) {
            self.text.clear();
            drawn.show(&mut self.picture, (server, now.threshold), &mut self.text);
        }
        self.show_travellers(now);
        self.text.clear();
        push_count(&mut self.text, now.failed);
        self.failed.set(&mut self.picture, &self.text);
        self.show_noticed(now);
        self.lanes.show(&mut self.picture, now);
    }

    fn show_travellers(&mut self, now: &snapshot::Detection) {
        let pools = [&mut self.requests, &mut self.lost, &mut self.probes];
        let [requests, lost, probes] = pools;
        requests.start();
        lost.start();
        probes.start();
        for traveller in &now.travellers {
            let place = match usize::from(traveller.pipe).checked_sub(1) {
                None => self.clients.place(traveller.progress),
                Some(server) => match self.servers.get(server) {
                    Some(server) => server.pipe.at(traveller.progress, 0),
                    None => continue,
                },
            };
            let pool = match (traveller.is_probe, traveller.is_lost) {
                (true, _) => &mut *probes,
                (false, true) => &mut *lost,
                (false, false) => &mut *requests,
            };
            pool.put(&mut self.picture, place);
        }
        requests.finish(&mut self.picture);
        lost.finish(&mut self.picture);
        probes.finish(&mut self.picture);
    }

    fn show_noticed(&mut self, now: &snapshot::Detection) {
        self.text.clear();
        if let Some(noticed_after) = now.noticed_after {
            self.text.push_str("noticed in ");
            push_tenths(&mut self.text, tenths(noticed_after));
            self.text.push_str(" s (probes: within ");
        } else {
            self.text.push_str("probes notice a death within ");
        }
        push_tenths(&mut self.text, tenths(now.noticed_after_max));
        let has_both = now.noticed_after.is_some();
        self.text.push_str(if has_both { " s)" } else { " s" });
        self.noticed.set(&mut self.picture, &self.text);
    }
}

impl Server {
    fn new(picture: &mut Picture, index: usize, pipe: Pipe) -> Self {
        let mut name = String::from("server ");
        push_whole(&mut name, index as u64 + 1);
        let mut id = String::from("server-");
        push_whole(&mut id, index as u64 + 1);
        let corner = (
            SERVER_CORNER.0,
            SERVER_CORNER.1 + index as i32 * SERVER_STEP,
        );
        let casing = Casing::new(picture, &id, (corner, SERVER_SIZE));
        let (left, right) = (corner.0 + units(9), corner.0 + SERVER_SIZE.0 - units(9));
        let baseline = corner.1 + units(19);
        picture.draw(&Setting::name((left, baseline), units(56)).element(&name));
        id.push_str("-note");
        let note = Setting::words((left + units(58), baseline), units(120));
        let note = Label::new(picture, &id, note.class("label f-fail"), "");
        id.push_str("-strikes");
        let strikes = Setting::number((right, baseline), units(32)).end();
        Self {
            pipe,
            casing,
            note,
            strikes: Label::new(picture, &id, strikes, ""),
        }
    }

    fn show(&self, picture: &mut Picture, (server, threshold): (&Backend, u32), text: &mut String) {
        self.pipe.set_used(picture, server.in_rotation);
        self.casing.set(picture, !server.is_alive, false);
        let note = match (server.is_alive, server.in_rotation) {
            (true, true) => "",
            (true, false) => "out, but answers",
            (false, true) => "not answering",
            (false, false) => "not answering, out",
        };
        self.note.set(picture, note);
        let strikes = server.probes_failed;
        if server.in_rotation && strikes > 0 {
            push_whole(text, u64::from(strikes.min(threshold).min(9)));
            text.push('/');
            push_whole(text, u64::from(threshold.min(9)));
        }
        self.strikes.set(picture, text);
    }
}

/// Tenths of a second, rounded to the nearest.
fn tenths(duration: Duration) -> u64 {
    (duration.as_millis() + 50) / 100
}

fn noticed(picture: &mut Picture) -> Label {
    let words = Setting::muted((units(8), units(172)), units(100));
    picture.draw(&words.element("requests failed"));
    let noticed = Setting::muted((units(442), units(172)), units(276)).end();
    Label::new(picture, "noticed", noticed, "")
}

fn pipe(picture: &mut Picture, index: usize) -> Pipe {
    let y = SERVER_CORNER.1 + index as i32 * SERVER_STEP + SERVER_SIZE.1 / 2;
    let right = BALANCER.0 + desk::SIZE.0;
    let route = Route::from((right, MIDDLE)).level_curve((SERVER_CORNER.0, y));
    let mut name = String::from("pipe-");
    push_whole(&mut name, index as u64 + 1);
    Pipe::new(picture, &name, route, units(9))
}

//! Old news: a board with the length of every line, which all balancers read and nobody writes in between.

use super::{Event, Fleet, News};

impl Fleet {
    pub(super) fn write_board(&mut self) {
        let News::Board(every) = self.settings.news else {
            return;
        };
        self.events.after(every, Event::BoardIsWritten);
        for balancer in &mut self.balancers {
            for (view, server) in balancer.views.iter_mut().zip(&self.servers) {
                view.connections = server.inside();
            }
        }
    }
}

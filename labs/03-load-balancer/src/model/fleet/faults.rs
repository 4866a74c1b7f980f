//! What is done to the servers.

use super::{Choosing, Fleet};

impl Fleet {
    /// The program of a server ends: its connections close, what it was working on is lost, and it refuses at once.
    pub fn stop(&mut self, server: u32) {
        let now = self.now();
        if self.settings.choosing == Choosing::PerConnection {
            self.crowd.hang_up(server);
            for balancer in &mut self.balancers {
                balancer.views[server as usize].connections = 0;
            }
        }
        for job in self.servers[server as usize].crash(now) {
            self.fail(server, job);
        }
    }

    /// It starts again, empty.
    pub fn start(&mut self, server: u32) {
        self.servers[server as usize].bounce();
    }

    /// From now on it works at this speed; 1,000 is full speed.
    pub fn slow(&mut self, server: u32, speed_permille: u32) {
        self.servers[server as usize].slow(speed_permille);
    }

    /// Sends it nothing new; what it has it finishes.
    pub fn drain(&mut self, server: u32) {
        self.is_draining[server as usize] = true;
        self.apply_health();
    }

    /// Sends to it again, whatever the probes have said of it meanwhile: the operator knows that it runs.
    pub fn ready(&mut self, server: u32) {
        self.is_draining[server as usize] = false;
        self.apply_health();
    }
}

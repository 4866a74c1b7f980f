//! What pokes do to the running system.

use std::format;
use std::string::String;

use kit::origin::Work;

use super::board::LoadBalancerBoard;
use super::controls::{Poke, controls, place_of};
use super::whole::WORK;
use crate::policy::Policy;

/// A slow server needs twice as long.
const SLOW_PERCENT: u32 = 200;

impl LoadBalancerBoard {
    /// Does what was asked for.
    pub(super) fn poke(&mut self, poke: Poke, value: i32) -> Result<(), String> {
        let pool = self.system.pool();
        let told = |error: anyhow::Error| format!("{error:#}");
        match poke {
            Poke::Policy => {
                let name = controls()[place_of(poke)].print(value);
                let policy = Policy::named(&name).ok_or("no such policy")?;
                pool.set_policy(policy, self.system.now());
            }
            Poke::Rate => self.clients.set_rate(value.into()).map_err(told)?,
            Poke::Work => {
                for origin in &self.system.origins {
                    let work = if value == 0 {
                        Work::Constant(WORK)
                    } else {
                        Work::Exponential(WORK)
                    };
                    origin.set_work(work).map_err(told)?;
                }
            }
            Poke::Slow | Poke::Stop | Poke::Freeze => {
                for (server, origin) in self.system.origins.iter().enumerate() {
                    match (poke, value >> server & 1 == 1) {
                        (Poke::Slow, is_slow) => {
                            origin.slow(if is_slow { SLOW_PERCENT } else { 100 })
                        }
                        (Poke::Stop, true) => origin.stop(),
                        (Poke::Stop, false) => origin.start_again().map_err(told)?,
                        (_, true) => origin.freeze(),
                        (_, false) => origin.thaw(),
                    }
                }
            }
            Poke::Drain => {
                for (server, (id, _)) in pool.addresses().into_iter().enumerate() {
                    let was_drained = self.has(Poke::Drain, server);
                    match (was_drained, value >> server & 1 == 1) {
                        (false, true) => pool.drain(id, self.system.now()),
                        (true, false) => pool.ready(id, self.system.now()),
                        _ => false,
                    };
                }
            }
        }
        Ok(())
    }
}

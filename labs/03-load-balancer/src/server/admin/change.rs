//! Changes of the pool: read from a request, then made.

use std::{
    format, str,
    string::{String, ToString},
};

use serde_json::json;

use super::{Refused, form};
use crate::server::{
    pool::{NewServer, WEIGHT_MAX},
    settings::{Layer, PolicyName, resolve},
    shared::Shared,
};

/// Servers that a pool may have: each has a probe of its own and points on the ring.
const SERVERS_MAX: usize = 1_000;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Add(NewServer),
    Remove(u32),
    Drain(u32),
    Ready(u32),
    Weigh(u32, u32),
    Policy(PolicyName),
}

impl Change {
    /// What a request asks for.
    pub(super) fn of(method: &str, path: &str, body: &[u8]) -> Result<Change, Refused> {
        let body = str::from_utf8(body).map_err(|_| Refused::new(400, "The body is no text."))?;
        let path: std::vec::Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, path[..].as_ref()) {
            ("POST", ["servers"]) => added(body),
            ("DELETE", ["servers", id]) => Ok(Change::Remove(number(id)?)),
            ("POST", ["servers", id, "drain"]) => Ok(Change::Drain(number(id)?)),
            ("POST", ["servers", id, "ready"]) => Ok(Change::Ready(number(id)?)),
            ("POST", ["servers", id, "weight"]) => {
                let form = form::read(body, &["weight"])?;
                form.needs("weight")?;
                Ok(Change::Weigh(number(id)?, weight(&form)?))
            }
            ("POST", ["policy"]) => {
                let form = form::read(body, &["name"])?;
                let name = form.needs("name")?.parse();
                let name = name.map_err(|advice: String| Refused::new(400, advice))?;
                Ok(Change::Policy(name))
            }
            _ => Err(Refused::new(
                404,
                "Changes are POST /servers, DELETE /servers/ID, POST /servers/ID/drain, …/ready, …/weight, and POST /policy.",
            )),
        }
    }

    /// Makes it; what to answer.
    pub(super) fn make(self, shared: &Shared) -> Result<String, Refused> {
        let (pool, now) = (&shared.pool, shared.clock.now());
        let (id, is_known) = match self {
            Change::Add(server) => {
                if pool.addresses().len() >= SERVERS_MAX {
                    let advice = format!("{SERVERS_MAX} servers are enough: remove one first.");
                    return Err(Refused::new(409, advice));
                }
                return Ok(json!({ "id": pool.add(server, now) }).to_string());
            }
            Change::Policy(name) => {
                if shared.settings.layer == Layer::Four && name.as_str() == "sticky-cookie" {
                    let advice =
                        "Layer 4 sees no cookies; sticky-table keeps a client by its address.";
                    return Err(Refused::new(409, advice));
                }
                pool.set_policy(name.policy(), now);
                return Ok(json!({ "policy": name.as_str() }).to_string());
            }
            Change::Remove(id) => (id, pool.remove(id, now)),
            Change::Drain(id) => (id, pool.drain(id, now)),
            Change::Ready(id) => (id, pool.ready(id, now)),
            Change::Weigh(id, weight) => (id, pool.set_weight(id, weight, now)),
        };
        match is_known {
            true => Ok(json!({ "id": id }).to_string()),
            false => Err(Refused::new(
                404,
                format!("There is no server {id}: GET /statistics names them all."),
            )),
        }
    }
}

fn added(body: &str) -> Result<Change, Refused> {
    let form = form::read(body, &["address", "weight"])?;
    let address = resolve(form.needs("address")?).map_err(|advice| Refused::new(400, advice))?;
    let weight = weight(&form)?;
    Ok(Change::Add(NewServer { address, weight }))
}

fn weight(form: &form::Form) -> Result<u32, Refused> {
    let weight = form.number("weight")?.unwrap_or(1);
    let weight = u32::try_from(weight)
        .ok()
        .filter(|weight| *weight <= WEIGHT_MAX);
    weight.ok_or_else(|| Refused::new(400, format!("A weight is a number from 0 to {WEIGHT_MAX}.")))
}

fn number(text: &str) -> Result<u32, Refused> {
    text.parse().map_err(|_| {
        Refused::new(
            400,
            format!("`{text}` is no server's id: write digits only"),
        )
    })
}

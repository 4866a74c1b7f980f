//! A rolling deploy: one server after the other is drained, restarted by the caller, and taken back when the probes find it
//! well. [`plan`] is a pure list of steps; [`carry_out`] does them on a running pool, and stops at the first server that does
//! not come back: the others go on with what worked.

use std::{fmt, future::Future, net::SocketAddr, string::String, time::Duration, vec::Vec};

use tokio::time;

use super::shared::Shared;

/// What is done to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It gets no new requests.
    Drain(u32),
    /// Waits until it has none open, at most so long; what is open then will be cut off.
    AwaitIdle(u32, Duration),
    /// The caller restarts it.
    Restart(u32),
    /// Waits until a probe that began after the restart is answered and the probes say that it is up, at most so long.
    AwaitProbe(u32, Duration),
    /// It gets requests again.
    Ready(u32),
}

/// How a deploy is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeployRules {
    /// Whether servers are drained before they are restarted. Without it, requests are cut off: that is what draining is for.
    pub drains: bool,
    /// So long for open requests. Default 30 s, as long as an answer may take.
    pub idle_deadline: Duration,
    /// So long for a server to come back. Default 60 s.
    pub probe_deadline: Duration,
}

impl Default for DeployRules {
    fn default() -> DeployRules {
        DeployRules {
            drains: true,
            idle_deadline: Duration::from_secs(30),
            probe_deadline: Duration::from_secs(60),
        }
    }
}

/// The steps for these servers, one server after the other.
pub fn plan(servers: &[u32], rules: &DeployRules) -> Vec<Step> {
    let steps_of = |id: u32| {
        let begin = [Step::Drain(id), Step::AwaitIdle(id, rules.idle_deadline)];
        let restart = [
            Step::Restart(id),
            Step::AwaitProbe(id, rules.probe_deadline),
        ];
        let begin = begin.into_iter().filter(|_| rules.drains);
        let end = rules.drains.then_some(Step::Ready(id));
        begin.chain(restart).chain(end)
    };
    servers.iter().copied().flat_map(steps_of).collect()
}

/// What a deploy did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployed {
    /// Servers that were restarted and came back.
    pub restarted: u32,
    /// Requests that were still open when their server's deadline was over.
    pub cut_off: u32,
}

/// Why a deploy stopped half way.
#[derive(Debug)]
pub enum DeployError {
    /// This server is not in the pool any more.
    Gone(u32),
    /// The caller could not restart it; the message is the caller's.
    NotRestarted(u32, String),
    /// It did not come back in time. It is still draining.
    NotBack(u32),
}

impl fmt::Display for DeployError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            DeployError::Gone(id) => write!(formatter, "server {id} has left the pool"),
            DeployError::NotRestarted(id, why) => {
                write!(formatter, "server {id} could not be restarted: {why}")
            }
            DeployError::NotBack(id) => write!(
                formatter,
                "server {id} answers no probe after its restart; it gets no requests, and the others were left as they are"
            ),
        }
    }
}

impl core::error::Error for DeployError {}

/// Carries out a plan. `restart` gets a server's id and address, and returns when the program has been started again.
///
/// # Errors
/// The first step that cannot be done.
pub async fn carry_out<R, F>(
    shared: &Shared,
    steps: &[Step],
    mut restart: R,
) -> Result<Deployed, DeployError>
where
    R: FnMut(u32, SocketAddr) -> F,
    F: Future<Output = Result<(), String>>,
{
    let mut deployed = Deployed::default();
    let mut answered_before = 0;
    for step in steps {
        match *step {
            Step::Drain(id) => known(shared.pool.drain(id, shared.clock.now()), id)?,
            Step::AwaitIdle(id, deadline) => {
                let idle = shared.pool.wait_until_idle(id);
                if time::timeout(deadline, idle).await.is_err() {
                    deployed.cut_off += view(shared, id)?.open;
                }
            }
            Step::Restart(id) => {
                let address = view(shared, id)?.address;
                let restarted = restart(id, address).await;
                restarted.map_err(|why| DeployError::NotRestarted(id, why))?;
                answered_before = view(shared, id)?.counts.probes_answered;
            }
            Step::AwaitProbe(id, deadline) => {
                await_probe(shared, id, (answered_before, deadline)).await?;
                deployed.restarted += 1;
            }
            Step::Ready(id) => known(shared.pool.ready(id, shared.clock.now()), id)?,
        }
    }
    Ok(deployed)
}

/// Waits for a probe that was answered after `answered_before` others. One that began before the restart may be among them;
/// a second one cannot, as a server is never probed twice at once.
async fn await_probe(
    shared: &Shared,
    id: u32,
    (answered_before, deadline): (u64, Duration),
) -> Result<(), DeployError> {
    if !super::probe::is_probing(&shared.settings) {
        return Ok(());
    }
    let mut is_gone = false;
    let back = shared.pool.wait_until(|_| match view(shared, id) {
        Ok(server) => server.is_up && server.counts.probes_answered >= answered_before + 2,
        Err(_) => {
            is_gone = true;
            true
        }
    });
    let back = time::timeout(deadline, back).await;
    match (back, is_gone) {
        (Ok(()), false) => Ok(()),
        (Ok(()), true) => Err(DeployError::Gone(id)),
        (Err(_), _) => Err(DeployError::NotBack(id)),
    }
}

fn known(is_known: bool, id: u32) -> Result<(), DeployError> {
    is_known.then_some(()).ok_or(DeployError::Gone(id))
}

fn view(shared: &Shared, id: u32) -> Result<super::pool::ServerView, DeployError> {
    let servers = shared.pool.servers(shared.clock.now());
    let found = servers.into_iter().find(|server| server.id == id);
    found.ok_or(DeployError::Gone(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_is_back_before_the_next_is_drained() {
        let steps = plan(&[4, 7], &DeployRules::default());
        let place = |step: Step| steps.iter().position(|own| *own == step).unwrap();
        assert!(place(Step::Drain(4)) < place(Step::Restart(4)));
        assert!(place(Step::Restart(4)) < place(Step::Ready(4)));
        assert!(place(Step::Ready(4)) < place(Step::Drain(7)));
        assert_eq!(steps.len(), 10);
    }

    #[test]
    fn without_draining_a_server_is_just_restarted() {
        let rules = DeployRules {
            drains: false,
            ..DeployRules::default()
        };
        let waits = Step::AwaitProbe(1, rules.probe_deadline);
        assert_eq!(plan(&[1], &rules), [Step::Restart(1), waits]);
    }
}

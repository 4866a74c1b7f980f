//! Chapter 3: a load balancer to poke at. Four origins, the balancer in front of them, clients that never stop asking,
//! and a dashboard that shows who gets the next request.

use std::process::ExitCode;

use kit::command_line::{self, Figure, Lab, NoOptions, Session};
use kit::exercise::Exercise;
use kit::experiment::Experiment;
use load_balancer::exercises::EXERCISES;
use load_balancer::experiments::EXPERIMENTS;
use load_balancer::figures::FIGURES;
use load_balancer::lab::board::LoadBalancerBoard;
use load_balancer::lab::system::System;
use load_balancer::lab::{replay, whole};
use load_balancer::server::{self, ServeOptions};

struct LoadBalancer;

impl Lab for LoadBalancer {
    const NAME: &'static str = "lab-03";
    const MANIFEST: &'static str = include_str!("../Cargo.toml");
    const FOLDER: &'static str = env!("CARGO_MANIFEST_DIR");

    type Start = NoOptions;
    type Serve = ServeOptions;

    async fn start(mut session: Session, _options: NoOptions) -> anyhow::Result<()> {
        let system = System::start_on(whole::settings(session.seed())?, session.service()?)?;
        let clients = whole::clients(system.address, session.seed())?;
        session.run(LoadBalancerBoard::new(system, clients)).await
    }

    fn serve(options: ServeOptions) -> anyhow::Result<()> {
        server::serve(
            &options,
            command_line::asked_to_stop(),
            &mut std::io::stdout(),
        )?;
        Ok(())
    }

    fn experiments() -> &'static [&'static dyn Experiment] {
        EXPERIMENTS
    }

    fn exercises() -> &'static [Exercise] {
        EXERCISES
    }

    fn figures() -> Vec<Figure> {
        FIGURES.iter().map(|known| replay::figure(known)).collect()
    }
}

fn main() -> ExitCode {
    command_line::main::<LoadBalancer>()
}

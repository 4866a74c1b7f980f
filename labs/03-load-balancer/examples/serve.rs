//! The balancer alone, until `lab-03 serve` is there.

use clap::Parser;
use load_balancer::server::{ServeOptions, serve};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    serve: ServeOptions,
}

fn main() {
    let arguments = Arguments::parse();
    let shutdown = async {
        let mut terminated =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
                .expect("signals can be waited for");
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
    };
    match serve(&arguments.serve, shutdown, &mut std::io::stdout()) {
        Ok(ended) => println!("{ended:?}"),
        Err(error) => {
            eprintln!("error: {error:#}");
            std::process::exit(1);
        }
    }
}

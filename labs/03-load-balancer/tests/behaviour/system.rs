//! The lab's system in one process: servers, the balancer, and an end.

use std::time::Duration;

use kit::http1::client::{Client, Request};
use kit::origin::Work;
use load_balancer::lab::system::{Deploy, System, SystemSettings};

fn settings(servers: u32) -> SystemSettings {
    SystemSettings::new(servers, Work::Constant(Duration::ZERO), 1)
}

/// Who answers.
async fn answered_by(client: &Client) -> String {
    let answer = client.send(&Request::get("/", "lab")).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.header("X-Server").unwrap().to_owned()
}

#[tokio::test]
async fn a_system_answers_by_all_its_servers_until_it_is_stopped() {
    let system = System::start(settings(3)).unwrap();
    let client = Client::new(system.address);
    let mut servers = Vec::new();
    for _ in 0..9 {
        servers.push(answered_by(&client).await);
    }
    servers.sort();
    servers.dedup();
    assert_eq!(servers, ["server-1", "server-2", "server-3"]);
    assert_eq!(system.servers().len(), 3);
    let address = system.address;
    system.stop().await.unwrap();
    assert!(
        Client::new(address)
            .send(&Request::get("/", "lab"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_deploy_restarts_every_server_and_ends_with_all_of_them_in_the_pool() {
    let mut settings = settings(2);
    settings.balancer.probes.interval_ms = 50;
    settings.balancer.probes.timeout_ms = 50;
    let system = System::start(settings).unwrap();
    let deploy = Deploy {
        drains: true,
        restart: Duration::from_millis(5),
        pause: Duration::from_millis(5),
    };
    system.deploy(&deploy).await.unwrap();
    assert!(system.origins.iter().all(|origin| origin.is_running()));
    let pool = system.pool();
    pool.wait_until(|pool| {
        pool.servers(system.now())
            .iter()
            .all(|server| server.in_rotation)
    })
    .await;
    answered_by(&Client::new(system.address)).await;
}

#[tokio::test]
async fn a_server_that_is_not_there_has_no_id() {
    let system = System::start(settings(2)).unwrap();
    assert!(system.id(1).is_ok());
    let message = system.id(2).unwrap_err().to_string();
    assert_eq!(message, "there is no server 3 in the pool");
}

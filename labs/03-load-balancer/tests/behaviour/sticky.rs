//! Visitors who stay with their server.

use std::collections::BTreeSet;

use kit::{
    http1::client::{Client, Request, Response},
    origin::{Origin, OriginSettings},
};
use load_balancer::server::Settings;

use crate::running::{Running, layer7, soon};

struct System {
    origins: [Origin; 3],
    balancer: Running,
    client: Client,
}

async fn system(change: impl FnOnce(&mut Settings)) -> System {
    let origins = ["a", "b", "c"].map(|name| Origin::start(OriginSettings::new(name)).unwrap());
    let mut settings = layer7(&origins.each_ref().map(Origin::address));
    change(&mut settings);
    let balancer = Running::start(settings).await;
    let client = Client::new(balancer.address);
    System {
        origins,
        balancer,
        client,
    }
}

impl System {
    async fn ask(&self, headers: &[(&str, &str)]) -> Response {
        let all = [&[("Host", "localhost")], headers].concat();
        let request = Request::new("GET", "/page?x=1", &all);
        soon(self.client.send(&request)).await.unwrap()
    }
}

fn server(response: &Response) -> String {
    response.header("X-Server").unwrap().to_owned()
}

fn sticky_cookie(settings: &mut Settings) {
    settings.policy = "sticky-cookie".parse().unwrap();
}

/// `name=value` of the cookie that an answer sets.
fn cookie(response: &Response) -> Option<String> {
    let line = response.header("Set-Cookie")?;
    Some(line.split(';').next().unwrap().to_owned())
}

#[tokio::test]
async fn a_visitor_gets_a_cookie_once_and_stays_with_its_server() {
    let system = system(sticky_cookie).await;
    let first = system.ask(&[]).await;
    let cookie_line = first.header("Set-Cookie").unwrap();
    assert!(cookie_line.starts_with("lab03="), "{cookie_line}");
    assert!(
        cookie_line.contains("HttpOnly"),
        "no script has to read it: {cookie_line}"
    );
    let brought = cookie(&first).unwrap();
    for _ in 0..6 {
        let again = system
            .ask(&[("Cookie", &format!("theme=dark; {brought}"))])
            .await;
        assert_eq!(server(&again), server(&first));
        assert_eq!(again.header("Set-Cookie"), None);
    }
}

#[tokio::test]
async fn visitors_without_a_cookie_are_spread() {
    let system = system(sticky_cookie).await;
    let mut servers = Vec::new();
    for _ in 0..3 {
        servers.push(server(&system.ask(&[]).await));
    }
    servers.sort();
    assert_eq!(servers, ["a", "b", "c"]);
}

#[tokio::test]
async fn when_the_server_is_gone_the_visitor_gets_another_and_a_new_cookie() {
    let system = system(sticky_cookie).await;
    let first = system.ask(&[]).await;
    let old = cookie(&first).unwrap();
    let gone = system
        .origins
        .iter()
        .find(|origin| origin.name() == server(&first));
    gone.unwrap().stop();
    let second = system.ask(&[("Cookie", &old)]).await;
    assert_eq!(second.status, 200);
    assert_ne!(server(&second), server(&first));
    assert_ne!(cookie(&second).unwrap(), old);
}

#[tokio::test]
async fn a_draining_server_sends_its_visitors_on() {
    let system = system(sticky_cookie).await;
    let first = system.ask(&[]).await;
    let ids = ["a", "b", "c"];
    let id = ids.iter().position(|name| *name == server(&first)).unwrap() as u32;
    system.balancer.pool().drain(id, system.balancer.now());
    let second = system.ask(&[("Cookie", &cookie(&first).unwrap())]).await;
    assert_ne!(server(&second), server(&first));
}

#[tokio::test]
async fn a_made_up_cookie_names_no_server() {
    let system = system(sticky_cookie).await;
    for made_up in [
        "lab03=0",
        "lab03=1",
        "lab03=ffffffffffffffff",
        "lab03=",
        "lab03=%00;lab03=zz",
    ] {
        let response = system.ask(&[("Cookie", made_up)]).await;
        assert_eq!(response.status, 200);
        assert!(response.header("Set-Cookie").is_some(), "{made_up}");
    }
}

async fn keyed(key: &str) -> System {
    system(|settings| {
        settings.policy = "rendezvous".parse().unwrap();
        settings.key = key.parse().unwrap();
    })
    .await
}

#[tokio::test]
async fn requests_with_the_same_header_go_to_the_same_server() {
    let system = keyed("header:X-User").await;
    let home = server(&system.ask(&[("X-User", "ada")]).await);
    for _ in 0..5 {
        assert_eq!(server(&system.ask(&[("x-user", "ada")]).await), home);
    }
    let mut homes = BTreeSet::new();
    for number in 0..20 {
        let user = format!("user-{number}");
        homes.insert(server(&system.ask(&[("X-User", &user)]).await));
    }
    assert_eq!(homes.len(), 3, "others go elsewhere");
}

#[tokio::test]
async fn requests_with_the_same_cookie_go_to_the_same_server() {
    let system = keyed("cookie:session").await;
    let home = server(&system.ask(&[("Cookie", "session=7")]).await);
    for _ in 0..5 {
        let again = system.ask(&[("Cookie", "a=b; session=7")]).await;
        assert_eq!(server(&again), home);
    }
}

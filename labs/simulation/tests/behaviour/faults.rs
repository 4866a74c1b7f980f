//! Servers that refuse, slow down, stop and come back; links that are cut and held.

use simulation::{Digest, Duration, Generator, Link, Offer, Passage, Server, Time};

fn at(millis: u64) -> Time {
    Time::from_millis(millis)
}

const WORK: Duration = Duration::from_millis(10);

fn begun<J>(offer: Offer<J>) -> simulation::Begun {
    match offer {
        Offer::Begins(begun) => begun,
        Offer::Waits => panic!("it waits"),
        Offer::Refused(_) => panic!("it is refused"),
    }
}

#[test]
fn the_first_in_line_begins_when_a_worker_is_free() {
    let mut server = Server::new(2);
    let first = begun(server.offer(at(0), 'a', WORK));
    begun(server.offer(at(1), 'b', WORK));
    assert_eq!(server.offer(at(2), 'c', WORK), Offer::Waits);
    assert_eq!(server.offer(at(3), 'd', WORK), Offer::Waits);
    assert_eq!(
        (server.working(), server.waiting(), server.inside()),
        (2, 2, 4)
    );
    let finished = server.finish(first.ends, first.ticket).unwrap();
    assert_eq!((finished.job, finished.began), ('a', at(0)));
    let next = finished.next.unwrap();
    assert_eq!(next.ends, at(20));
    let jobs: Vec<char> = server.works().flatten().map(|work| work.job).collect();
    assert_eq!(jobs, ['c', 'b'], "it has the place of the one that is done");
    assert_eq!(server.line().collect::<String>(), "d");
}

#[test]
fn a_full_line_refuses_and_gives_the_job_back() {
    let mut server = Server::new(1).with_waiting_max(1);
    begun(server.offer(at(0), 'a', WORK));
    assert_eq!(server.offer(at(0), 'b', WORK), Offer::Waits);
    assert_eq!(server.offer(at(0), 'c', WORK), Offer::Refused('c'));
    assert_eq!((server.refused(), server.inside()), (1, 2));
}

#[test]
fn at_half_speed_work_takes_twice_as_long() {
    let mut server = Server::new(3);
    let before = begun(server.offer(at(0), (), WORK));
    server.slow(500);
    let slow = begun(server.offer(at(0), (), WORK));
    server.slow(1000);
    let after = begun(server.offer(at(0), (), WORK));
    let ends = [before, slow, after].map(|begun| begun.ends);
    assert_eq!(ends, [at(10), at(20), at(10)]);
}

#[test]
fn a_crash_loses_every_job_and_a_bounce_starts_empty() {
    let mut server = Server::new(1);
    let lost = begun(server.offer(at(0), 'a', WORK));
    server.offer(at(0), 'b', WORK);
    assert_eq!(server.crash(at(5)), ['a', 'b']);
    assert_eq!(server.offer(at(6), 'c', WORK), Offer::Refused('c'));
    server.bounce();
    let kept = begun(server.offer(at(7), 'd', WORK));
    assert_eq!(
        server.finish(lost.ends, lost.ticket),
        None,
        "its ticket is void"
    );
    let finished = server.finish(kept.ends, kept.ticket).unwrap();
    assert_eq!((finished.job, finished.next), ('d', None));
    assert_eq!(
        (server.finished(), server.lost(), server.refused()),
        (1, 2, 1)
    );
    assert_eq!(
        server.finish(kept.ends, kept.ticket),
        None,
        "a ticket is good for once"
    );
}

#[test]
fn a_crashed_server_does_not_work() {
    let mut server = Server::new(1);
    begun(server.offer(at(0), (), Duration::from_secs(60)));
    server.crash(at(1000));
    assert_eq!(server.worked(at(9000)), Duration::from_secs(1));
    assert_eq!(server.utilisation_permille(at(2000)), 500);
    assert_eq!(server.utilisation_permille(at(9000)), 0);
}

#[test]
fn whatever_happens_to_a_server_changes_its_digest() {
    let mut server = Server::<char>::new(1).with_waiting_max(1);
    let mut digests = vec![Digest::of(&server)];
    let mut seen = |server: &Server<char>| {
        let digest = Digest::of(server);
        assert!(!digests.contains(&digest));
        digests.push(digest);
    };
    let first = begun(server.offer(at(0), 'a', WORK));
    seen(&server);
    server.offer(at(1), 'b', WORK);
    seen(&server);
    server.offer(at(1), 'c', WORK);
    seen(&server);
    server.slow(999);
    seen(&server);
    server.finish(first.ends, first.ticket);
    seen(&server);
    server.crash(at(20));
    seen(&server);
    server.bounce();
    seen(&server);
}

#[test]
fn a_message_arrives_after_the_latency_and_some_jitter() {
    let mut random = Generator::new(1);
    let mut steady = Link::new(WORK);
    assert_eq!(steady.send('a', &mut random), Passage::Arrives(WORK, 'a'));
    assert_eq!(random, Generator::new(1), "without jitter nothing is drawn");
    let shaky = Link::<char>::new(WORK).with_jitter(WORK);
    let delays: Vec<Duration> = (0..1000).map(|_| shaky.delay(&mut random)).collect();
    assert!(delays.iter().all(|delay| (WORK..=WORK * 2).contains(delay)));
    assert!(
        delays
            .iter()
            .any(|delay| *delay < Duration::from_micros(10_100))
    );
    assert!(
        delays
            .iter()
            .any(|delay| *delay > Duration::from_micros(19_900))
    );
}

#[test]
fn a_partition_loses_messages_until_it_is_repaired() {
    let (mut link, mut random) = (Link::new(WORK), Generator::new(1));
    link.partition();
    assert_eq!(link.send('a', &mut random), Passage::Lost('a'));
    link.repair();
    assert_eq!(link.send('b', &mut random), Passage::Arrives(WORK, 'b'));
    assert_eq!((link.sent(), link.lost()), (2, 1));
}

#[test]
fn held_messages_come_out_in_their_order_when_they_are_released() {
    let (mut link, mut random) = (Link::new(WORK), Generator::new(1));
    link.hold();
    assert_eq!(link.send('a', &mut random), Passage::Held);
    assert_eq!(link.send('b', &mut random), Passage::Held);
    assert!(link.is_held());
    assert_eq!(link.release(), ['a', 'b']);
    assert_eq!(link.send('c', &mut random), Passage::Arrives(WORK, 'c'));
    assert_eq!(link.release(), []);
}

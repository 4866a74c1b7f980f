//! A primary writes, a replica follows.

use simulation::{Digest, Store, Time};

#[test]
fn a_replica_keeps_the_newest_version_in_whichever_order_they_come() {
    let (mut primary, mut replica) = (Store::new(), Store::new());
    let old = primary.write(Time::from_secs(1), 7);
    let new = primary.write(Time::from_secs(2), 7);
    assert_eq!((old.number, new.number), (1, 2));
    replica.apply(7, new);
    replica.apply(7, old);
    assert_eq!(replica.read(7), Some(new));
}

#[test]
fn a_read_of_nothing_is_a_miss() {
    let mut store = Store::new();
    let version = store.write(Time::START, 1);
    assert_eq!((store.read(1), store.read(2)), (Some(version), None));
    assert_eq!((store.keys(), store.reads(), store.misses()), (1, 2, 1));
    assert_eq!(store.remove(1), Some(version));
    store.write(Time::START, 3);
    store.clear();
    assert_eq!(store.keys(), 0);
}

#[test]
fn every_version_is_part_of_the_digest() {
    let mut store = Store::new();
    store.write(Time::from_secs(1), 7);
    let mut other = Store::new();
    other.write(Time::from_nanos(1_000_000_001), 7);
    assert_ne!(Digest::of(&store), Digest::of(&other));
}

//! Where things stand, and the pipes between them.

use scene::{Element, Picture, Route, units};

use super::desk;

/// What each half has servers for.
pub(super) const SERVERS: usize = 4;
/// The middle of the upper half, and from there to the lower one's.
const MIDDLE: i32 = units(76);
const HALF_STEP: i32 = units(136);
/// Half way between the two: there the clients are.
pub(super) const CLIENTS: i32 = MIDDLE + HALF_STEP / 2;
/// Where the ways to the two doors part.
pub(super) const FORK: i32 = units(62);
/// The left edge of the balancer's box, and where the one line's pipe has become level.
pub(super) const DOOR: i32 = units(106);
/// Where the one line ends: at the door behind which the servers are.
pub(super) const HEAD: i32 = units(306);
pub(super) const SERVER_LEFT: i32 = units(360);
const SERVER_STEP: i32 = units(26);

/// The middle of a half, from above.
pub(super) const fn middle(half: usize) -> i32 {
    MIDDLE + half as i32 * HALF_STEP
}

pub(super) fn server_middle(half: usize, server: usize) -> i32 {
    middle(half) + (2 * server as i32 - 3) * SERVER_STEP / 2
}

/// The way of a request from the clients: to the end of the one line, or to the balancer.
pub(super) fn way(half: usize) -> Route {
    let middle = middle(half);
    let start = Route::from((units(48), CLIENTS)).line((FORK, CLIENTS));
    let end = if half == 0 { HEAD } else { DOOR };
    start.level_curve((DOOR, middle)).line((end, middle))
}

/// Draws the pipes of a half.
pub(super) fn pipes(picture: &mut Picture, half: usize) {
    pipe(picture, &way(half));
    let (left, level) = if half == 0 {
        (HEAD, SERVER_LEFT)
    } else {
        let right = DOOR + desk::SIZE.0;
        (right, right + units(38))
    };
    for server in 0..SERVERS {
        let y = server_middle(half, server);
        let route = Route::from((left, middle(half))).level_curve((level, y));
        pipe(picture, &route.line((SERVER_LEFT, y)));
    }
}

fn pipe(picture: &mut Picture, route: &Route) {
    let path = Element::new("path", "s-pipe").fixed("d", route.path());
    picture.draw(&path.outline(units(9)).fixed("stroke-linecap", "round"));
}

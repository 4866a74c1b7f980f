//! What travels, by shape as well as by colour: a request is a dot, one that will come to nothing a cross, a probe a ring.

use scene::Element;

/// A request on its way.
pub(super) fn request() -> Element {
    Element::new("circle", "f-flow").length("r", 350)
}

/// A request that will come to nothing, or has.
pub(super) fn lost() -> Element {
    Element::new("path", "s-fail")
        .fixed("d", "M-3-3L3 3M-3 3L3-3")
        .outline(200)
}

/// A request that failed, as a mark.
pub(super) fn request_failed() -> Element {
    Element::new("path", "s-fail")
        .fixed("d", "M-2.2-2.2L2.2 2.2M-2.2 2.2L2.2-2.2")
        .outline(150)
}

/// A probe on its way.
pub(super) fn probe() -> Element {
    Element::new("circle", "f-card s-flow")
        .length("r", 275)
        .length("stroke-width", 150)
}

/// A probe that was answered.
pub(super) fn probe_answered() -> Element {
    Element::new("circle", "f-card s-muted")
        .length("r", 225)
        .length("stroke-width", 125)
}

/// A probe without an answer: a ring struck through.
pub(super) fn probe_failed() -> Element {
    Element::new("path", "f-card s-fail")
        .fixed(
            "d",
            "M-3.5 0A3.5 3.5 0 0 1 3.5 0A3.5 3.5 0 0 1 -3.5 0ZM-4 4L4-4",
        )
        .length("stroke-width", 150)
}

/// The moment a server died.
pub(super) fn died() -> Element {
    Element::new("path", "s-fail")
        .fixed("d", "M0-10V10")
        .outline(250)
}

/// The moment it was alive again.
pub(super) fn revived() -> Element {
    let line = Element::new("path", "s-ok").fixed("d", "M0-10V10");
    line.outline(250).fixed("stroke-dasharray", "3 2.67")
}

/// The moment the balancer took it out.
pub(super) fn taken_out() -> Element {
    Element::new("path", "f-ink").fixed("d", "M-4.5-11H4.5L0-4Z")
}

/// The moment the balancer took it back.
pub(super) fn taken_back() -> Element {
    Element::new("path", "f-card s-ink")
        .fixed("d", "M-4-4.5H4L0-11Z")
        .length("stroke-width", 125)
}

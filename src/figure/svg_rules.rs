//! What an author's SVG may hold. Everything that is not named here is refused, or dropped where it
//! is a drawing program's own bookkeeping.

use super::{references::Ids, tokens};

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const XLINK_NAMESPACE: &str = "http://www.w3.org/1999/xlink";

/// Elements that draw or hold what draws.
const ELEMENTS: [&str; 18] = [
    "g", "defs", "title", "desc", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "path", "text", "tspan", "use", "symbol", "marker", "clipPath", "pattern",
];

/// Attributes whose value is one number in user units.
const NUMBERS: [&str; 25] = [
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "dx",
    "dy",
    "font-size",
    "stroke-width",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "markerWidth",
    "markerHeight",
    "pathLength",
];

/// Attributes that are kept as they are.
const PLAIN: [&str; 26] = [
    "d",
    "points",
    "viewBox",
    "preserveAspectRatio",
    "fill-rule",
    "clip-rule",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "vector-effect",
    "paint-order",
    "text-anchor",
    "dominant-baseline",
    "font-weight",
    "font-style",
    "refX",
    "refY",
    "orient",
    "markerUnits",
    "patternUnits",
    "patternContentUnits",
    "clipPathUnits",
    "clip-path",
    "marker-start",
    "marker-mid",
    "marker-end",
];

/// What becomes of an element or an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict<T> {
    /// It stays, in this form.
    Keep(T),
    /// It goes, silently.
    Drop,
}

/// Whether an element may stay.
pub(super) fn element(namespace: Option<&str>, name: &str) -> Result<Verdict<()>, String> {
    let refusal = match name {
        "script" => "a figure runs no script: remove <script>; for a moving figure use `live`",
        "style" => {
            "<style> is not allowed in a figure: use attributes (stroke-width=\"2\") and the \
                classes f-TOKEN, s-TOKEN, label and mono"
        }
        "foreignObject" => "<foreignObject> is not allowed in a figure: write labels with <text>",
        "image" | "feImage" => {
            "<image> is not allowed in a figure: draw it, or place the picture in the chapter \
                with ![description](file.png)"
        }
        "a" => "<a> is not allowed in a figure: put the link in the caption",
        "animate" | "animateTransform" | "animateMotion" | "set" => {
            "a still figure does not move: remove the animation, or use `live`"
        }
        "textPath" => {
            "<textPath> is not allowed in a figure: use <text> with transform=\"rotate(…)\""
        }
        "svg" => "an <svg> inside the <svg> is not allowed: use <g transform=\"translate(…)\">",
        "linearGradient" | "radialGradient" => {
            "a figure's colours are states, not shades: use a class f-TOKEN"
        }
        _ if namespace.is_some_and(|namespace| namespace != SVG_NAMESPACE)
            || name == "metadata" =>
        {
            return Ok(Verdict::Drop);
        }
        _ if ELEMENTS.contains(&name) => return Ok(Verdict::Keep(())),
        _ => {
            return Err(format!(
                "<{name}> is not allowed in a figure: use {}",
                ELEMENTS.join(", ")
            ));
        }
    };
    Err(refusal.to_owned())
}

/// Whether an attribute may stay, and as what. `class` and `id` are the caller's.
pub(super) fn attribute(
    namespace: Option<&str>,
    name: &str,
    value: &str,
    ids: &Ids,
) -> Result<Verdict<String>, String> {
    let is_link = name == "href" && namespace.is_none_or(|namespace| namespace == XLINK_NAMESPACE);
    if is_link {
        return ids.href(value).map(Verdict::Keep);
    }
    if namespace.is_some() || is_bookkeeping(name) {
        return Ok(Verdict::Drop);
    }
    match name {
        "style" => Err(
            "style=\"…\" is not allowed in a figure: use attributes (stroke-width=\"2\") and \
                the classes f-TOKEN, s-TOKEN, label and mono"
                .to_owned(),
        ),
        "font-family" => Err(
            "the theme chooses the fonts: use class=\"label\" or class=\"label \
            mono\""
                .to_owned(),
        ),
        "fill" | "stroke" => paint(name, value, ids).map(Verdict::Keep),
        "transform" | "patternTransform" => match super::geometry::Matrix::parse(value) {
            Some(_) => Ok(Verdict::Keep(value.to_owned())),
            None => Err(format!(
                "`{value}` is not a transform: write translate(x y), \
                rotate(degrees) or scale(factor)"
            )),
        },
        _ if name.len() > 2 && name.starts_with("on") => Err(format!(
            "a figure runs no script: remove the event handler `{name}`"
        )),
        _ if NUMBERS.contains(&name) => length(name, value).map(Verdict::Keep),
        _ if PLAIN.contains(&name) => ids.with_urls(value).map(Verdict::Keep),
        _ => Err(format!(
            "the attribute `{name}` is not allowed in a figure: remove it"
        )),
    }
}

/// What drawing programs and templates write and no picture needs.
fn is_bookkeeping(name: &str) -> bool {
    matches!(
        name,
        "version"
            | "baseProfile"
            | "role"
            | "lang"
            | "tabindex"
            | "focusable"
            | "enable-background"
    ) || name.starts_with("data-")
        || name.starts_with("aria-")
}

/// A colour: one of the few that carry none.
fn paint(name: &str, value: &str, ids: &Ids) -> Result<String, String> {
    let value = value.trim();
    if value.contains("url(") {
        return ids.with_urls(value);
    }
    if matches!(
        value,
        "none" | "currentColor" | "inherit" | "context-fill" | "context-stroke"
    ) {
        return Ok(value.to_owned());
    }
    let letter = if name == "fill" { 'f' } else { 's' };
    Err(format!(
        "`{value}` is not one of the theme's colours: instead of {name}=\"{value}\" write \
            class=\"{letter}-TOKEN\" with one of {}",
        tokens::names()
    ))
}

/// A number, with or without `px`.
fn length(name: &str, value: &str) -> Result<String, String> {
    let bare = value.trim().trim_end_matches("px").trim_end();
    match bare.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(bare.to_owned()),
        _ => Err(format!(
            "{name}=\"{value}\" must be one plain number, in the units of the viewBox"
        )),
    }
}

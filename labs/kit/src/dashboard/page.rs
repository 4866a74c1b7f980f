//! The page as HTML, complete without scripts. The markup of controls and picture is that of a live figure, so that the
//! theme's styles and scripts fit.

use scene::control::{Choice, Control, Kind};

use super::hub::{Hub, News};

pub(super) fn html(hub: &Hub) -> String {
    let (svg, news, controls) = hub.still();
    let page = &hub.page;
    let number = page.lab.trim_start_matches("lab-").trim_start_matches('0');
    let title = escaped(&page.title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · lab {number}</title>\n<link rel=\"icon\" href=\"/favicon.svg\">\n<link rel=\"stylesheet\" href=\"/dashboard.css\">\n<script src=\"/dashboard.js\" defer></script>\n</head>\n<body>\n"
    );
    html += &format!(
        "<header class=\"board-head\"><p class=\"kicker\"><span class=\"up\">Lab {number}</span><span>dashboard</span><span class=\"board-line\" role=\"status\">a still picture: reload for a newer one</span></p><h1>{title}</h1></header>\n<main class=\"board\">\n"
    );
    html += &figure(&svg, &news, &controls);
    html += &format!(
        "<section class=\"board-latencies\" aria-labelledby=\"latencies-head\"><h2 id=\"latencies-head\">How long answers took</h2><p class=\"board-note\">The last ten seconds.</p><div class=\"figure-picture\">{}</div></section>\n",
        news.latencies
    );
    html += &format!(
        "<section class=\"board-log\" aria-labelledby=\"log-head\"><h2 id=\"log-head\">What happened</h2><ol tabindex=\"0\" aria-labelledby=\"log-head\" data-log>{}</ol></section>\n",
        log(&news)
    );
    html += &pokes(hub, &controls, &news);
    html + "</main>\n</body>\n</html>\n"
}

fn figure(svg: &str, news: &News, controls: &[Control]) -> String {
    let value = |control: &Control| {
        let found = news.controls.iter().find(|(name, _)| *name == control.name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let fields: String = controls
        .iter()
        .map(|one| control(one, value(one)))
        .collect();
    format!(
        "<figure class=\"figure\" id=\"board\" data-kind=\"live\" aria-label=\"The lab now\">\n<form class=\"figure-controls\" aria-label=\"Pokes\">\n{fields}<p class=\"board-problem\" role=\"alert\" hidden></p></form>\n<div class=\"figure-picture\">{svg}</div>\n<p class=\"figure-sentence\">{}</p>\n<details class=\"figure-numbers\"><summary>The numbers at {} s</summary>{}</details>\n</figure>\n",
        escaped(&news.summary),
        news.at_ms / 1_000,
        table(&news.table)
    )
}

/// One control, as labbook writes it.
fn control(control: &Control, value: &str) -> String {
    let (name, label) = (escaped(control.name), escaped(control.label));
    match control.kind {
        Kind::Choice { options, .. } => {
            let fields = fields(control, ("radio", options), |option| option == value);
            format!(
                "<fieldset data-control=\"{name}\"><legend>{label}</legend>{fields}</fieldset>\n"
            )
        }
        Kind::Several { options, .. } => {
            let is_on = |option: &str| value.split('+').any(|each| each == option);
            let fields = fields(control, ("checkbox", options), is_on);
            format!(
                "<fieldset data-control=\"{name}\"><legend>{label}</legend>{fields}</fieldset>\n"
            )
        }
        Kind::Range {
            least,
            most,
            step,
            unit,
            ..
        } => format!(
            "<label data-control=\"{name}\" data-unit=\"{unit}\">{label} <input type=\"range\" name=\"board.{name}\" min=\"{least}\" max=\"{most}\" step=\"{step}\" value=\"{value}\" autocomplete=\"off\"><output>{value} {unit}</output></label>\n",
            unit = escaped(unit)
        ),
    }
}

fn fields(
    control: &Control,
    (kind, options): (&str, &[Choice]),
    is_on: impl Fn(&str) -> bool,
) -> String {
    let one = |option: &Choice| {
        let checked = if is_on(option.value) { " checked" } else { "" };
        format!(
            "<label><input type=\"{kind}\" name=\"board.{}\" value=\"{}\" autocomplete=\"off\"{checked}> {}</label>",
            control.name,
            escaped(option.value),
            escaped(option.label)
        )
    };
    options.iter().map(one).collect()
}

/// Where things listen, what to try, and every poke as a line for a terminal.
fn pokes(hub: &Hub, controls: &[Control], news: &News) -> String {
    let page = &hub.page;
    let mut html = String::from(
        "<section class=\"board-pokes\" aria-labelledby=\"pokes-head\"><h2 id=\"pokes-head\">Try this</h2>\n<ul>",
    );
    for poke in &page.pokes {
        html += &format!("<li>{}</li>", with_code(poke));
    }
    html += "</ul>\n<h2>Where things listen</h2><dl>";
    for (what, address) in &page.listening {
        let (what, address) = (escaped(what), escaped(address));
        html += &if address.starts_with("http://") {
            format!("<dt>{what}</dt><dd><a href=\"{address}\">{address}</a></dd>")
        } else {
            format!("<dt>{what}</dt><dd>{address}</dd>")
        };
    }
    html += "</dl>\n<h2>Every poke from a terminal</h2>";
    for (control, (_, value)) in controls.iter().zip(&news.controls) {
        html += &format!(
            "<pre tabindex=\"0\" aria-label=\"{}\"><code>curl -X POST -H 'X-Lab: 1' -d {}={} {}/set</code></pre>",
            escaped(control.label),
            control.name,
            escaped(&example(control, value)),
            hub.address
        );
    }
    html + "</section>\n"
}

/// A value that differs from the present one, so that the line does something.
fn example(control: &Control, value: &str) -> String {
    let (least, most) = control.extremes();
    let two = match control.kind {
        // One server, and not the first: bit 1 is the second.
        Kind::Several { .. } => 2.min(most),
        _ => most,
    };
    let text = control.print(two);
    if text == value {
        control.print(least)
    } else {
        text
    }
}

fn log(news: &News) -> String {
    let line =
        |(at, what): &(String, String)| format!("<li><time>{at}</time> {}</li>", escaped(what));
    news.log.iter().map(line).collect()
}

/// A table from lines with tabs: the caption, the heads, the rows.
fn table(text: &str) -> String {
    let mut lines = text.lines();
    let caption = escaped(lines.next().unwrap_or_default());
    let row = |line: &str, tags: (&str, &str)| -> String {
        let cells = line.split('\t').enumerate().map(|(place, cell)| {
            let tag = if place == 0 { tags.0 } else { tags.1 };
            let end = tag.split(' ').next().unwrap_or(tag);
            format!("<{tag}>{}</{end}>", escaped(cell))
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let column = "th scope=\"col\"";
    let heads = row(lines.next().unwrap_or_default(), (column, column));
    let rows = lines.filter(|line| !line.is_empty());
    let rows: String = rows
        .map(|line| row(line, ("th scope=\"row\"", "td")))
        .collect();
    format!(
        "<table><caption>{caption}</caption><thead>{heads}</thead><tbody>{rows}</tbody></table>"
    )
}

/// Text with `code` in backquotes as HTML.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let pieces = pieces.map(|(place, piece)| match place % 2 {
        0 => escaped(piece),
        _ => format!("<code>{}</code>", escaped(piece)),
    });
    pieces.collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
    out
}

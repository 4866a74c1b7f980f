//! What a host says to open a figure: lines `key=value`.

use alloc::string::String;
use alloc::vec::Vec;

/// Which figure, and how it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening<'a> {
    /// Its name.
    pub figure: &'a str,
    /// What the ids of its picture begin with: small letters, digits and hyphens.
    pub id: &'a str,
    /// Where its randomness comes from.
    pub seed: u64,
    /// The picture's title, for those who can't see it.
    pub title: &'a str,
    /// The picture's description, for those who can't see it.
    pub description: &'a str,
    /// Controls at time 0, as texts.
    pub controls: Vec<(&'a str, &'a str)>,
    /// Actions at later times, as text.
    pub actions: &'a str,
}

/// Reads an opening: `figure=`, `id=`, `seed=`, `title=`, `description=`, `set=CONTROL=VALUE`, `actions=`, one a line.
///
/// # Errors
/// Names the line that can't be read.
pub fn parse(text: &str) -> Result<Opening<'_>, String> {
    let mut opening = Opening {
        figure: "",
        id: "figure",
        seed: 1,
        title: "",
        description: "",
        controls: Vec::new(),
        actions: "",
    };
    for line in text.lines() {
        let (key, value) = line.split_once('=').ok_or_else(|| no_setting(line))?;
        match key {
            "figure" => opening.figure = value,
            "id" => opening.id = id(value)?,
            "seed" => opening.seed = seed(value)?,
            "title" => opening.title = value,
            "description" => opening.description = value,
            "actions" => opening.actions = value,
            "set" => opening
                .controls
                .push(value.split_once('=').ok_or_else(|| no_setting(line))?),
            _ => return Err(no_setting(line)),
        }
    }
    Ok(opening)
}

fn no_setting(line: &str) -> String {
    [
        "`",
        line,
        "` opens nothing: write figure=, id=, seed=, title=, description=, set=CONTROL=VALUE or actions=",
    ]
    .concat()
}

fn id(text: &str) -> Result<&str, String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || !text.bytes().all(fits) {
        return Err(["id `", text, "` must be small letters, digits and hyphens"].concat());
    }
    Ok(text)
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| {
        [
            "seed `",
            text,
            "` is no whole number from 0 to 18446744073709551615",
        ]
        .concat()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_read_line_by_line() {
        let text = "figure=balancer\nid=who-gets-next\nseed=7\ntitle=a = b\nset=rate=120\nset=stop=2+3\nactions=3s:stop=2";
        let opening = parse(text).expect("all is well");
        assert_eq!(opening.figure, "balancer");
        assert_eq!((opening.seed, opening.title), (7, "a = b"));
        assert_eq!(opening.controls, [("rate", "120"), ("stop", "2+3")]);
        assert_eq!(opening.actions, "3s:stop=2");
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        for (text, says) in [
            ("balancer", "opens nothing"),
            ("sed=7", "opens nothing"),
            ("seed=-1", "seed `-1` is no whole number"),
            ("id=A", "id `A` must be"),
            ("id=", "must be small letters"),
            ("set=rate", "opens nothing"),
        ] {
            let message = parse(text).expect_err(text);
            assert!(message.contains(says), "{text}: {message}");
        }
    }
}

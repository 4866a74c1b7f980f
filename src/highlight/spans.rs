//! Writes the HTML of lines: pieces of text, each with a class or none, merged and escaped.

/// The class of a token, by what it means to a reader; the theme gives the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Macro,
    Parameter,
    Property,
    Tag,
    Inserted,
    Deleted,
    Heading,
}

impl Class {
    /// The class's letter, as in `class="hl-k"`.
    fn letter(self) -> char {
        match self {
            Class::Comment => 'c',
            Class::Keyword => 'k',
            Class::String => 's',
            Class::Number => 'n',
            Class::Function => 'f',
            Class::Type => 't',
            Class::Macro => 'm',
            Class::Parameter => 'v',
            Class::Property => 'p',
            Class::Tag => 'g',
            Class::Inserted => 'i',
            Class::Deleted => 'd',
            Class::Heading => 'h',
        }
    }
}

/// The HTML of a text's lines, while it is written from beginning to end.
pub(super) struct Spans {
    lines: Vec<String>,
    /// The line under way.
    line: String,
    /// Whether any text has been added since the last newline.
    begun: bool,
    /// The class of the span that is open at the end of `line`.
    open: Option<Class>,
    /// Spaces at the end of `line` that are not written yet: they go into the open span if it goes on after them.
    spaces: usize,
}

impl Spans {
    /// Starts on a text of about `bytes` bytes.
    pub(super) fn new(bytes: usize) -> Spans {
        // Lines of code have about 30 bytes.
        let lines = Vec::with_capacity(bytes / 30 + 1);
        Spans {
            lines,
            line: String::new(),
            begun: false,
            open: None,
            spaces: 0,
        }
    }

    /// Adds `text`, which may have newlines in it, in `class`. A span goes on over neighbours of the same class, and over
    /// spaces between them, but never over a newline. Spaces at the ends of a token stay outside of it where they can.
    pub(super) fn push(&mut self, text: &str, class: Option<Class>) {
        let mut rest = text;
        while let Some(newline) = rest.find('\n') {
            self.push_in_line(&rest[..newline], class);
            self.end_line();
            rest = &rest[newline + 1..];
        }
        self.push_in_line(rest, class);
    }

    /// The finished lines. A newline at the very end of the text has not started another line.
    pub(super) fn finish(mut self) -> Vec<String> {
        if self.begun {
            self.end_line();
        }
        self.lines
    }

    fn push_in_line(&mut self, text: &str, class: Option<Class>) {
        if text.is_empty() {
            return;
        }
        self.begun = true;
        let inside = text.trim_start_matches(' ');
        self.spaces += text.len() - inside.len();
        // A prompt keeps its space, so that both can be left out of what is selected and copied.
        let token = if class == Some(Class::Heading) {
            inside
        } else {
            inside.trim_end_matches(' ')
        };
        if token.is_empty() {
            return;
        }
        if class != self.open {
            self.close();
        }
        self.write_spaces();
        if let Some(class) = class.filter(|_| self.open.is_none()) {
            self.line.push_str("<span class=\"hl-");
            self.line.push(class.letter());
            self.line.push_str("\">");
        }
        self.open = class;
        escape(token, &mut self.line);
        self.spaces = inside.len() - token.len();
    }

    fn end_line(&mut self) {
        self.close();
        self.write_spaces();
        // The next line is likely about as long.
        let next = String::with_capacity(self.line.len());
        self.lines.push(std::mem::replace(&mut self.line, next));
        self.begun = false;
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.line.push_str("</span>");
        }
    }

    fn write_spaces(&mut self) {
        self.line.extend(std::iter::repeat_n(' ', self.spaces));
        self.spaces = 0;
    }
}

/// Appends `text` to `html` with `&`, `<` and `>` escaped. Quotes need nothing: the text stands between tags.
fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(position) = rest.find(['&', '<', '>']) {
        html.push_str(&rest[..position]);
        html.push_str(match rest.as_bytes()[position] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[position + 1..];
    }
    html.push_str(rest);
}

//! `<pre><code class="language-rust">` written as HTML: mdBook treats it like a block of Markdown, and so do we.

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::code_info::CodeInfo;

/// A listing among the tokens of raw HTML.
pub(super) struct Listing {
    /// What its class says.
    pub(super) info: CodeInfo,
    /// The code.
    pub(super) code: String,
    /// How many tokens it takes.
    pub(super) tokens: usize,
}

/// The listing that begins here, if one does: a language, text alone inside, and no attribute that would get lost.
pub(super) fn listing(tokens: &[(Token, u64)]) -> Option<Listing> {
    let mut parts = tokens
        .iter()
        .enumerate()
        .filter(|(_, (token, _))| !is_blank(token));
    let pre = tag(&parts.next()?.1.0, "pre", TagKind::StartTag)?;
    let code = tag(&parts.next()?.1.0, "code", TagKind::StartTag)?;
    let [class] = code.attrs.as_slice() else {
        return None;
    };
    if !pre.attrs.is_empty() || &*class.name.local != "class" {
        return None;
    }
    let info = info(&class.value)?;
    let start = tokens
        .iter()
        .position(|(token, _)| tag(token, "code", TagKind::StartTag).is_some())?;
    let mut text = String::new();
    let mut end = start + 1;
    while let (Token::CharacterTokens(part), _) = tokens.get(end)? {
        text.push_str(part);
        end += 1;
    }
    tag(&tokens[end].0, "code", TagKind::EndTag)?;
    end += 1 + tokens[end + 1..]
        .iter()
        .take_while(|(token, _)| is_blank(token))
        .count();
    tag(&tokens.get(end)?.0, "pre", TagKind::EndTag)?;
    Some(Listing {
        info,
        code: text,
        tokens: end + 1,
    })
}

fn is_blank(token: &Token) -> bool {
    matches!(token, Token::CharacterTokens(text) if text.trim().is_empty())
}

fn tag<'t>(token: &'t Token, name: &str, kind: TagKind) -> Option<&'t Tag> {
    match token {
        Token::TagToken(tag) if &*tag.name == name && tag.kind == kind => Some(tag),
        _ => None,
    }
}

/// The language and flags that a class names; `None` without a language.
fn info(class: &str) -> Option<CodeInfo> {
    let language = class
        .split_whitespace()
        .find_map(|class| class.strip_prefix("language-"))?;
    let flags = class
        .split_whitespace()
        .filter(|class| !class.starts_with("language-"));
    Some(CodeInfo {
        language: language.to_string(),
        flags: flags.map(str::to_string).collect(),
        ..CodeInfo::default()
    })
}

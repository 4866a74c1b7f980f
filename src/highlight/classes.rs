//! Which class a grammar's scope gets.
//!
//! Scopes are dotted names from the general to the special (`string.quoted.double.rust`); grammars nest them. A rule
//! speaks for every scope that starts with its name; the longest name wins.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::Scope;

use super::spans::Class;

/// What a scope does to the text inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// Nothing: the scope around it decides.
    Inherit,
    /// Takes the colour away, as code inside a string's `${…}` must not look like a string.
    Plain,
    /// Gives a class, until a scope further inside says otherwise.
    Token(Class),
    /// Gives a class to everything inside, up to a `Plain` scope: a JSON key is a string too, but is shown as a key.
    Whole(Class),
}

use Class::*;
use Paint::{Inherit, Plain, Token, Whole};

/// The rules, by the names that Sublime Text's grammars use.
const RULES: &[(&str, Paint)] = &[
    ("comment", Token(Comment)),
    ("constant", Token(Number)),
    ("entity.name.class", Token(Type)),
    ("entity.name.constant", Token(Number)),
    ("entity.name.enum", Token(Type)),
    ("entity.name.function", Token(Function)),
    ("entity.name.impl", Token(Type)),
    ("entity.name.interface", Token(Type)),
    ("entity.name.label", Token(Parameter)),
    ("entity.name.macro", Token(Macro)),
    ("entity.name.section", Token(Heading)),
    ("entity.name.struct", Token(Type)),
    ("entity.name.tag", Token(Tag)),
    ("entity.name.trait", Token(Type)),
    ("entity.name.type", Token(Type)),
    ("entity.name.union", Token(Type)),
    ("entity.other.attribute-name", Token(Property)),
    ("entity.other.inherited-class", Token(Type)),
    ("keyword", Token(Keyword)),
    ("keyword.operator", Plain),
    ("keyword.operator.expression", Token(Keyword)),
    ("keyword.operator.logical.python", Token(Keyword)),
    ("keyword.operator.new", Token(Keyword)),
    ("keyword.operator.word", Token(Keyword)),
    ("keyword.other.unit", Token(Number)),
    ("markup.deleted", Whole(Deleted)),
    ("markup.heading", Whole(Heading)),
    ("markup.inserted", Whole(Inserted)),
    ("markup.quote", Token(Comment)),
    ("markup.raw", Token(String)),
    ("meta.annotation", Token(Macro)),
    ("meta.attribute", Token(Macro)),
    ("meta.decorator", Token(Macro)),
    ("meta.diff.header", Whole(Heading)),
    ("meta.diff.range", Whole(Heading)),
    ("meta.embedded", Plain),
    ("meta.interpolation", Plain),
    ("meta.mapping.key", Whole(Property)),
    ("meta.preprocessor", Token(Macro)),
    ("meta.template.expression", Plain),
    ("source", Plain),
    ("storage", Token(Keyword)),
    ("storage.type.numeric", Token(Number)),
    ("string", Token(String)),
    ("support.class", Token(Type)),
    ("support.constant", Token(Number)),
    ("support.function", Token(Function)),
    ("support.macro", Token(Macro)),
    ("support.module", Token(Type)),
    ("support.type", Token(Type)),
    ("support.type.custom-property", Token(Property)),
    ("support.type.property-name", Token(Property)),
    ("support.type.vendored.property-name", Token(Property)),
    ("variable.annotation", Token(Macro)),
    ("variable.function", Token(Function)),
    ("variable.language", Token(Parameter)),
    ("variable.parameter", Token(Parameter)),
    // What single languages name in their own way.
    ("constant.other.haskell", Token(Type)),
    ("entity.name.enum.tag-digest", Token(Number)),
    ("entity.name.other.anchor.yaml", Token(Parameter)),
    ("entity.name.table.toml", Token(Heading)),
    ("entity.name.tag.toml", Token(Property)),
    ("entity.name.tag.yaml", Token(Property)),
    ("entity.section.ini", Token(Heading)),
    ("entity.type.function.swift", Token(Function)),
    ("keyword.name.ini", Token(Property)),
    ("keyword.operator.assignment.alias.sql", Token(Keyword)),
    ("keyword.operator.dockerfile", Token(Keyword)),
    ("keyword.operator.logical.sql", Token(Keyword)),
    ("keyword.other.double-colon.haskell", Plain),
    ("meta.group.expansion.command", Plain),
    ("meta.group.expansion.parameter", Token(Parameter)),
    ("storage.modifier.conversion.python", Plain),
    ("storage.modifier.list.graphql", Plain),
    ("storage.modifier.required.graphql", Plain),
    ("storage.type.buildin.kotlin", Token(Type)),
    ("storage.type.function.arrow", Plain),
    ("storage.type.go", Token(Type)),
    ("storage.type.haskell", Token(Type)),
    ("storage.type.proto", Token(Type)),
    ("storage.type.string.python", Token(String)),
    ("storage.type.zig", Token(Type)),
    ("support.function.test.begin.shell", Token(Keyword)),
    ("support.function.test.end.shell", Token(Keyword)),
    ("variable.language.star.sql", Plain),
    ("variable.other.php", Token(Parameter)),
    (
        "variable.other.readwrite.assignment.shell",
        Token(Parameter),
    ),
    ("variable.other.readwrite.powershell", Token(Parameter)),
    ("variable.other.readwrite.shell", Token(Parameter)),
    ("variable.type.graphql", Token(Type)),
];

/// The rules' names as scopes, which compare by a few machine words.
static SCOPES: LazyLock<Vec<(Scope, Paint)>> = LazyLock::new(|| {
    RULES
        .iter()
        .filter_map(|(name, paint)| Some((Scope::new(name).ok()?, *paint)))
        .collect()
});

thread_local! {
    /// What has been decided on this thread so far: code uses the same few hundred scopes over and over.
    static DECIDED: RefCell<HashMap<Scope, Paint>> = RefCell::new(HashMap::new());
}

/// What `scope` does to the text inside it.
pub(super) fn paint_of(scope: Scope) -> Paint {
    DECIDED.with_borrow_mut(|decided| *decided.entry(scope).or_insert_with(|| decide(scope)))
}

fn decide(scope: Scope) -> Paint {
    SCOPES
        .iter()
        .filter(|(rule, _)| rule.is_prefix_of(scope))
        .max_by_key(|(rule, _)| rule.len())
        .map_or(Inherit, |(_, paint)| *paint)
}

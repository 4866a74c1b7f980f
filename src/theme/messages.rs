//! What is wrong with a template, in words for its author.

use handlebars::{RenderError, RenderErrorReason, TemplateError, TemplateErrorReason};
use serde::Serialize;
use serde_json::Value;

/// Why a template does not parse.
pub(super) fn of_template(error: &TemplateError) -> String {
    match error.reason() {
        // The grammar's own words are the names of its rules.
        TemplateErrorReason::InvalidSyntax(_) => {
            "something is not written as Handlebars wants it: close every `{{` with `}}`, and every `{{#if …}}` with `{{/if}}`".into()
        }
        TemplateErrorReason::MismatchingClosedHelper(open, close) => {
            format!("`{{{{#{open}}}}}` is closed by `{{{{/{close}}}}}`: write `{{{{/{open}}}}}`")
        }
        reason => reason.to_string(),
    }
}

/// Why a template can't be rendered with its context.
pub(super) fn of_render(error: &RenderError, context: &impl Serialize) -> String {
    match error.reason() {
        RenderErrorReason::MissingVariable(Some(name)) => {
            let fields = fields_beside(name, &serde_json::to_value(context).unwrap_or_default());
            format!("there is no `{name}`: write one of {fields}")
        }
        RenderErrorReason::HelperNotFound(name) => {
            format!("there is no helper `{name}`: labbook adds `asset` to those of Handlebars")
        }
        RenderErrorReason::PartialNotFound(name) => {
            format!("there is no template `{name}`: add `templates/{name}.hbs`")
        }
        reason => reason.to_string(),
    }
}

/// The fields that stand where the missing one was looked for.
fn fields_beside(name: &str, context: &Value) -> String {
    let (table, _) = name.rsplit_once('.').unwrap_or(("", name));
    let found = table
        .split('.')
        .filter(|part| !part.is_empty())
        .try_fold(context, |value, part| value.get(part));
    let fields = found.unwrap_or(context).as_object();
    let fields: Vec<String> = fields
        .into_iter()
        .flat_map(|fields| fields.keys())
        .map(|field| format!("`{field}`"))
        .collect();
    fields.join(", ")
}

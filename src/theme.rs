//! The theme: templates, styles, scripts and fonts. The default one stands inside the binary; files of a book's own theme
//! folder replace those of the same name.

mod assets;
mod changes;
mod chosen;
mod colours;
mod messages;
mod splice;
mod tokens;
mod uses;

use std::collections::BTreeMap;
use std::path::Path;

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason,
};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_64;

use crate::figure::Fonts;
use crate::problem::Problem;
pub use assets::{Assets, FIGURE_SCRIPT};
pub use colours::{Colours, Palette, with_colours};
pub use splice::{CONTENT, Placed, SIDEBAR};
pub(crate) use tokens::{Scheme, Tokens, Unreadable};

static DEFAULT: Dir = include_dir!("$CARGO_MANIFEST_DIR/theme");

/// The folder of the site in which the theme's files lie.
pub const ASSETS: &str = "labbook";

/// The files of a theme by name: `templates/page.hbs`, `styles/30-text.css`, `fonts/inter.woff2`.
pub struct Theme {
    files: BTreeMap<String, Vec<u8>>,
    /// The folder whose files replace the default ones, for messages.
    folder: String,
    /// Names of the files that the folder has.
    authors: Vec<String>,
}

impl Theme {
    /// The default theme, with the files of `folder` in place of its own.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn load(folder: Option<&Path>) -> Result<Theme, Problem> {
        let mut files = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        let Some(folder) = folder else {
            return Ok(Theme {
                files,
                folder: "the default theme".into(),
                authors: Vec::new(),
            });
        };
        if !folder.is_dir() {
            return Err(Problem::in_file(
                folder,
                "is no folder: correct `theme` in [output.labbook] of book.toml",
            ));
        }
        let mut authors = Vec::new();
        for entry in WalkDir::new(folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
        {
            let name = entry
                .path()
                .strip_prefix(folder)
                .unwrap_or(entry.path())
                .to_string_lossy()
                .replace('\\', "/");
            let bytes = std::fs::read(entry.path()).map_err(|error| {
                Problem::in_file(entry.path(), format!("cannot be read: {error}"))
            })?;
            authors.push(name.clone());
            files.insert(name, bytes);
        }
        Ok(Theme {
            files,
            folder: folder.display().to_string(),
            authors,
        })
    }

    /// Puts a book's own icon (SVG) in place of the theme's.
    pub fn set_favicon(&mut self, icon: Vec<u8>) {
        self.files.insert("favicon.svg".into(), icon);
    }

    /// The fonts that figures' labels are measured with.
    ///
    /// # Errors
    /// When a font is missing or cannot be read.
    pub fn fonts(&self) -> Result<Fonts<'_>, Problem> {
        let font = |name: &str| {
            self.files
                .get(name)
                .map(Vec::as_slice)
                .ok_or_else(|| self.problem(name, "is missing from the theme"))
        };
        Fonts::new(font("fonts/inter.ttf")?, font("fonts/jetbrains-mono.ttf")?)
            .map_err(|error| self.problem("fonts", error.to_string()))
    }

    /// The templates, ready to render.
    ///
    /// # Errors
    /// A template that does not parse, with file and line.
    pub fn templates(&self, assets: &Assets) -> Result<Templates, Problem> {
        let mut engine = Handlebars::new();
        engine.set_strict_mode(true);
        for (path, bytes) in self
            .files
            .iter()
            .filter(|(name, _)| in_folder(name, "templates/", ".hbs"))
        {
            let name = path
                .rsplit('/')
                .next()
                .unwrap_or(path)
                .trim_end_matches(".hbs");
            let text = String::from_utf8_lossy(bytes);
            engine
                .register_template_string(name, text)
                .map_err(|error| {
                    self.problem(path, messages::of_template(&error))
                        .on_line(error.pos().map(|(line, _)| line))
                })?;
        }
        let names = assets.names.clone();
        let asset = move |helper: &Helper,
                          _: &Handlebars,
                          context: &Context,
                          _: &mut RenderContext,
                          out: &mut dyn Output|
              -> HelperResult {
            let name = helper
                .param(0)
                .and_then(|name| name.value().as_str())
                .unwrap_or_default();
            let path = names.get(name).ok_or_else(|| {
                RenderErrorReason::Other(format!("the theme has no asset `{name}`"))
            })?;
            let root = context
                .data()
                .pointer("/site/root")
                .and_then(|root| root.as_str())
                .unwrap_or_default();
            out.write(root)?;
            out.write(path)?;
            Ok(())
        };
        engine.register_helper("asset", Box::new(asset));
        Ok(Templates {
            engine,
            folder: self.folder.clone(),
        })
    }

    /// A digest of the fonts that figures are measured with: all of a theme that can change what a chapter is rendered to.
    pub fn fonts_digest(&self) -> u64 {
        let fonts = self.files.iter().filter(|(name, _)| name.ends_with(".ttf"));
        fonts.fold(0, |digest, (name, bytes)| {
            digest.rotate_left(5) ^ xxh3_64(name.as_bytes()) ^ xxh3_64(bytes)
        })
    }

    /// A file of the theme.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }
}

/// Whether a file of the theme lies in a folder and has an ending.
fn in_folder(name: &str, folder: &str, ending: &str) -> bool {
    name.starts_with(folder) && name.ends_with(ending)
}

fn collect(folder: &Dir, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        files.insert(
            file.path().to_string_lossy().replace('\\', "/"),
            file.contents().to_vec(),
        );
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Templates that render typed contexts.
pub struct Templates {
    engine: Handlebars<'static>,
    folder: String,
}

impl Templates {
    /// Renders one template, and puts HTML where its context has markers.
    ///
    /// # Errors
    /// A template that names what its context does not have, with file and line.
    pub fn page(
        &self,
        name: &str,
        context: &impl Serialize,
        placed: &[Placed],
    ) -> Result<String, Problem> {
        Ok(splice::splice(&self.render(name, context)?, placed))
    }

    /// Renders one template.
    ///
    /// # Errors
    /// A template that names what its context does not have, with file and line.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, Problem> {
        self.engine.render(name, context).map_err(|error| {
            let template = error
                .template_name
                .clone()
                .unwrap_or_else(|| name.to_string());
            let file = format!("{}/templates/{template}.hbs", self.folder);
            Problem::in_file(Path::new(&file), messages::of_render(&error, context))
                .on_line(error.line_no)
        })
    }
}

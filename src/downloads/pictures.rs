//! From SVG to PNG, with the theme's own fonts and no others: the same picture on every machine.

use std::sync::{Mutex, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use xxhash_rust::xxh3::xxh3_128;

use crate::output::PictureCache;
use crate::theme::Theme;

/// The fonts, as a theme calls them.
const FONTS: [&str; 2] = ["fonts/inter.ttf", "fonts/jetbrains-mono.ttf"];

/// Draws pictures, and remembers which.
pub(super) struct Pictures<'a> {
    theme: &'a Theme,
    cache: Option<&'a PictureCache>,
    /// With the fonts, read when the first picture is drawn.
    options: OnceLock<Options<'static>>,
    drawn: Mutex<Vec<u128>>,
}

impl<'a> Pictures<'a> {
    /// Draws every picture.
    pub(super) fn new(theme: &'a Theme) -> Pictures<'a> {
        Pictures {
            theme,
            cache: None,
            options: OnceLock::new(),
            drawn: Mutex::default(),
        }
    }

    /// Takes pictures that an earlier build drew, and keeps new ones.
    pub(super) fn cached(theme: &'a Theme, cache: &'a PictureCache) -> Pictures<'a> {
        Pictures {
            cache: Some(cache),
            ..Pictures::new(theme)
        }
    }

    /// The digests of all pictures asked for.
    pub(super) fn drawn(&self) -> Vec<u128> {
        let drawn = self.drawn.lock();
        drawn.map(|drawn| drawn.clone()).unwrap_or_default()
    }

    /// A drawing as PNG of this width and height in pixels; one of another shape stands in the middle.
    ///
    /// # Errors
    /// What is wrong with the drawing, in one line.
    pub(super) fn png(&self, svg: &str, size: (u32, u32)) -> Result<Vec<u8>, String> {
        let fonts = FONTS.map(|name| xxh3_128(self.theme.file(name).unwrap_or_default()));
        let digest = xxh3_128(format!("{size:?} {fonts:?} {svg}").as_bytes());
        if let Ok(mut drawn) = self.drawn.lock() {
            drawn.push(digest);
        }
        if let Some(png) = self.cache.and_then(|cache| cache.picture(digest)) {
            return Ok(png);
        }
        let png = self.draw(svg, size)?;
        if let Some(cache) = self.cache {
            cache.keep(digest, &png);
        }
        Ok(png)
    }

    fn draw(&self, svg: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
        // An icon mostly has no text: then nobody needs the fonts in memory.
        let plain = Options::default();
        let options = match svg.contains("<text") {
            true => self.options.get_or_init(|| options(self.theme)),
            false => &plain,
        };
        let tree = Tree::from_str(svg, options).map_err(|error| error.to_string())?;
        let room = (width as f32, height as f32);
        let size = tree.size();
        let scale = (room.0 / size.width()).min(room.1 / size.height());
        let place = Transform::from_scale(scale, scale).post_translate(
            (room.0 - size.width() * scale) / 2.0,
            (room.1 - size.height() * scale) / 2.0,
        );
        let mut pixels = Pixmap::new(width, height).ok_or("it has no size")?;
        resvg::render(&tree, place, &mut pixels.as_mut());
        pixels.encode_png().map_err(|error| error.to_string())
    }
}

fn options(theme: &Theme) -> Options<'static> {
    let mut options = Options::default();
    for name in FONTS {
        let font = theme.file(name).unwrap_or_default();
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    let families = options
        .fontdb
        .faces()
        .next()
        .map(|face| face.families.clone());
    if let Some((family, _)) = families.and_then(|families| families.into_iter().next()) {
        options.font_family = family.clone();
        options.fontdb_mut().set_sans_serif_family(family);
    }
    options
}
